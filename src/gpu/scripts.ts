import { packagePath } from '../package-root.js';
import type { Needs } from './find-python.js';

export type ScriptName = 'generate' | 'score-rewards' | 'embed' | 'train-sft' | 'train-dpo';

/** What a script calls the file that it reads, the packages it imports, and where they may be installed. */
const scripts: {
  readonly [Name in ScriptName]: Omit<Needs, 'script' | 'requirements'> & { readonly dataKey: string };
} = {
  generate: { dataKey: 'requests', modules: ['vllm'], environments: ['.venv-engines', '.venv-gpu'] },
  'score-rewards': {
    dataKey: 'input',
    modules: ['torch', 'transformers'],
    environments: ['.venv-gpu', '.venv-engines'],
  },
  embed: { dataKey: 'input', modules: ['sentence_transformers'], environments: ['.venv-gpu', '.venv-engines'] },
  'train-sft': { dataKey: 'data', modules: ['torch', 'transformers'], environments: ['.venv-gpu', '.venv-engines'] },
  'train-dpo': { dataKey: 'data', modules: ['torch', 'transformers'], environments: ['.venv-gpu', '.venv-engines'] },
};

export const dataKey = (script: ScriptName): string => scripts[script].dataKey;

/** What `findPython` looks for. */
export function scriptNeeds(script: ScriptName): Needs {
  const { modules, environments } = scripts[script];
  return {
    script: `${script}.py`.replace('-', '_'),
    modules,
    environments,
    requirements: packagePath('python-gpu', 'requirements-cpu.txt'),
  };
}
