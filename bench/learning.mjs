// Does training teach anything? A student that saw few documents is fine-tuned on a teacher's graded answers, then on pairs of
// its own right and wrong answers; accuracy is measured on held-out problems before, between and after.
//   node bench/learning.mjs prepare  --work DIR                  problems, and the teacher's answers, graded (CPU)
//   node bench/learning.mjs train    --work DIR --python PYTHON  student, SFT, samples, DPO: one GPU, about 5 minutes
//                                    [--sampler transformers]    where vLLM is not installed
//                                    [--data own]                SFT on the student's own right answers instead
//   node bench/learning.mjs evaluate --work DIR --python PYTHON  GGUF files, accuracy and paired comparison
// A step whose output is there is not done again. The documents of the student are made by
//   npx mathpie problems documents --count 240000 --seed 11 --out DIR/documents.jsonl
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gradeResponse } from '../dist/answers/grade-response.js';
import { pocketProblems } from '../dist/problems/pocket/generate.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    work: { type: 'string', default: 'runs/learning' },
    python: { type: 'string', default: 'python3' },
    problems: { type: 'string', default: '6000' },
    samples: { type: 'string', default: '4' },
    test: { type: 'string', default: '2000' },
    steps: { type: 'string', default: '700' },
    sampler: { type: 'string', default: 'vllm' },
    data: { type: 'string', default: 'teacher' },
    teacher: { type: 'string', default: 'pocket' },
    settings: { type: 'string', multiple: true, default: [] },
  },
});
const place = (name) => join(options.work, name);
const models = { base: place('base'), sft: place('sft/model'), dpo: place('dpo/model') };

const stages = { prepare, train, evaluate };
const stage = stages[positionals[0] ?? ''];
if (stage === undefined) {
  console.error(`Cannot start: name a stage, one of ${Object.keys(stages).join(', ')}`);
  process.exit(2);
}
mkdirSync(options.work, { recursive: true });
stage();

function prepare() {
  const problems = pocketProblems({ count: Number(options.problems), seed: 21, split: 'train' });
  const test = pocketProblems({ count: Number(options.test), seed: 31, split: 'test' });
  const held = pocketProblems({ count: 400, seed: 41, split: 'test' });
  writeLines('problems.jsonl', problems);
  writeLines('test.jsonl', test);
  writeLines('held-out.jsonl', held.map(toRow));
  writeLines(
    'requests.jsonl',
    problems.map(({ id, question }) => ({
      id,
      messages: [{ role: 'user', content: question }],
      samples: Number(options.samples),
      sampling: { temperature: 0.8, maxTokens: 300 },
    })),
  );
  if (options.data === 'own') return;
  const teach = ['--technique', 'answers', '--model', options.teacher, '--data', place('problems.jsonl')];
  mathpie('augment', ...teach, '--prompts', 'pocket', '--repeat', '1', '--run', place('teacher'));
  mathpie('export', 'sft', '--run', place('teacher'), '--out', place('teacher.jsonl'));
}

function train() {
  step('base/model.safetensors', 'train_pocket.py', [
    ...['--documents', place('documents.jsonl'), '--out', models.base],
    ...['--steps', options.steps, '--warmup-steps', '100'],
  ]);
  const shared = {
    maxLength: 512,
    logEvery: 5,
    saveWeights: 'float32',
    ...Object.fromEntries(options.settings.map(setting)),
  };
  if (options.data === 'own') sample(models.base);
  run('sft', 'train_sft.py', {
    ...{
      model: models.base,
      data: place(`${options.data}.jsonl`),
      evaluationData: place('held-out.jsonl'),
      evaluateEvery: 50,
    },
    ...{ epochs: 3, learningRate: 3e-4, ...shared },
  });
  if (options.data !== 'own') sample(models.sft);
  run('dpo', 'train_dpo.py', {
    ...{ model: models.sft, data: place('pairs.jsonl'), learningRate: 1e-5, chosenLossWeight: 0.2 },
    ...{ epochs: 1, pairsPerStep: 64, ...shared },
  });
}

function sample(model) {
  if (options.sampler === 'vllm') {
    run('samples', 'generate.py', { model, requests: place('requests.jsonl'), maxModelLength: 512 });
  } else {
    mkdirSync(place('samples'), { recursive: true });
    const words = [model, place('requests.jsonl'), place('samples/completions.jsonl')];
    step('samples/completions.jsonl', join('..', 'bench', 'sample_with_transformers.py'), words);
  }
  sortSamples();
}

/** The student's right samples, the same text once a problem; the first right and the first wrong one of a problem as a pair. */
function sortSamples() {
  const problems = new Map(readLines('problems.jsonl').map((problem) => [problem.id, problem]));
  const groups = groupBy(readLines('samples/completions.jsonl'), ({ requestId }) => requestId);
  const [rows, pairs, counts] = [[], [], { samples: 0, right: 0 }];
  for (const [id, completions] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { question, answer } = problems.get(id);
    const finished = completions
      .filter(({ finishReason }) => finishReason === 'stop')
      .sort((a, b) => a.sample - b.sample);
    const isRight = finished.map(({ text }) => gradeResponse({ gold: answer, response: text }).equivalent);
    const right = finished.filter((_, index) => isRight[index]).map(({ text }) => text);
    const wrong = finished.filter((_, index) => !isRight[index]).map(({ text }) => text);
    counts.samples += completions.length;
    counts.right += right.length;
    for (const response of new Set(right)) rows.push({ query: question, response });
    if (right.length > 0 && wrong.length > 0) pairs.push({ prompt: question, chosen: right[0], rejected: wrong[0] });
  }
  writeLines('own.jsonl', rows);
  writeLines('pairs.jsonl', pairs);
  console.log(JSON.stringify({ ...counts, rightRows: rows.length, pairs: pairs.length }));
}

function evaluate() {
  for (const [name, checkpoint] of Object.entries(models)) {
    const gguf = place(`${name}.gguf`);
    step(`${name}.gguf`, 'export_gguf.py', [
      '--checkpoint',
      checkpoint,
      '--out',
      gguf,
      '--type',
      'q8_0',
      '--name',
      name,
    ]);
    mathpie(
      'evaluate',
      '--model',
      `gguf:${gguf}`,
      '--data',
      place('test.jsonl'),
      '--prompts',
      'pocket',
      '--run',
      place(`evaluate-${name}`),
    );
  }
  mathpie('compare', place('evaluate-base'), place('evaluate-sft'));
  mathpie('compare', place('evaluate-sft'), place('evaluate-dpo'));
}

function run(folder, script, config) {
  writeFileSync(place(`${folder}.json`), `${JSON.stringify(config, null, 1)}\n`);
  step(`${folder}/manifest.json`, script, [place(`${folder}.json`), '--run', place(folder)]);
}

function step(output, script, words) {
  if (existsSync(place(output))) return;
  const began = Date.now();
  command(options.python, [join('python-gpu', script), ...words]);
  console.log(JSON.stringify({ script, seconds: Math.round((Date.now() - began) / 1000) }));
}

function mathpie(...words) {
  command(process.execPath, [join('dist', 'cli', 'main.js'), ...words]);
}

function command(program, words) {
  const { status } = spawnSync(program, words, { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`Cannot go on: ${[program, ...words].join(' ')} ended with ${status}`);
    process.exit(1);
  }
}

function setting(text) {
  const [key = '', value = ''] = text.split('=');
  return [key, JSON.parse(value)];
}

function toRow({ question, solution }) {
  return { query: question, response: solution };
}

function groupBy(items, key) {
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

function readLines(name) {
  return readFileSync(place(name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function writeLines(name, rows) {
  writeFileSync(place(name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}
