import { existsSync } from 'node:fs';
import type { Needs } from './find-python.js';

export type ScriptName = 'generate' | 'score-rewards' | 'embed' | 'train-sft' | 'train-dpo';

type Script = {
  /** The setting that names the file which the script reads. */
  readonly dataKey: string;
  /** Packages that it imports. */
  readonly modules: readonly string[];
  /** What installs them on a machine without a GPU. */
  readonly onCpu: 'cpu' | 'engines';
};

const scripts: { readonly [Name in ScriptName]: Script } = {
  generate: { dataKey: 'requests', modules: ['vllm'], onCpu: 'engines' },
  'score-rewards': { dataKey: 'input', modules: ['torch', 'transformers'], onCpu: 'cpu' },
  embed: { dataKey: 'input', modules: ['sentence_transformers'], onCpu: 'engines' },
  'train-sft': { dataKey: 'data', modules: ['torch', 'transformers'], onCpu: 'cpu' },
  'train-dpo': { dataKey: 'data', modules: ['torch', 'transformers'], onCpu: 'cpu' },
};

/** `npm test` makes .venv-gpu anew from the file for CPUs, so that what is for GPUs has a place of its own. */
const environmentOf = { cuda: '.venv-cuda', cpu: '.venv-gpu', engines: '.venv-engines' };

export const dataKey = (script: ScriptName): string => scripts[script].dataKey;

/** Settings that name files which scripts read. */
export const dataKeys: ReadonlySet<string> = new Set([
  ...Object.values(scripts).map(({ dataKey }) => dataKey),
  'evaluationData',
]);

export const hasNvidiaGpu = (): boolean => existsSync('/proc/driver/nvidia') || existsSync('/dev/nvidia0');

/** What a script of python-gpu needs, for `findPython` to look for. */
export function scriptNeeds(script: ScriptName, hasGpu = hasNvidiaGpu()): Needs {
  const { modules, onCpu } = scripts[script];
  const platform = hasGpu ? 'cuda' : onCpu;
  const environments = new Set([
    environmentOf[platform],
    '.venv-cuda',
    environmentOf[onCpu],
    '.venv-gpu',
    '.venv-engines',
  ]);
  return { script: `${script.replace('-', '_')}.py`, modules, platform, environments: [...environments] };
}
