// Does training teach anything? A student that saw few documents is fine-tuned on a teacher's answers, kept where the grader found
// them right, then on pairs of its own right and wrong answers; accuracy is measured on held-out problems before, between and after.
//   node bench/learning.mjs prepare  --work DIR                  problems, documents of the student, requests (CPU, a minute)
//   node bench/learning.mjs train    --work DIR --python PYTHON  student, teacher's answers, SFT, samples, DPO (one GPU, minutes)
//                                    [--sampler transformers]    where vLLM is not installed
//                                    [--data own]                SFT on the student's own right answers instead
//   node bench/learning.mjs export   --work DIR --python PYTHON  GGUF files
//   node bench/learning.mjs evaluate --work DIR                  accuracy and paired comparison (CPU)
// A step whose output is there is not done again. SFT is done at each of --learning-rates; the one with the lowest loss on held-out
// solutions of the grammar goes on, so that the test problems choose nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { gradeResponse } from '../dist/answers/grade/grade-response.js';
import { pocketDocuments } from '../dist/problems/pocket/documents.js';
import { pocketProblems } from '../dist/problems/pocket/generate.js';
import { renderPrompt } from '../dist/prompts/render-prompt.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    work: { type: 'string', default: 'runs/learning' },
    python: { type: 'string', default: 'python3' },
    documents: { type: 'string', default: '240000' },
    lessons: { type: 'string', default: '40000' },
    problems: { type: 'string', default: '6000' },
    samples: { type: 'string', default: '4' },
    test: { type: 'string', default: '2000' },
    steps: { type: 'string', default: '700' },
    'learning-rates': { type: 'string', default: '3e-4,1e-3' },
    sampler: { type: 'string', default: 'vllm' },
    data: { type: 'string', default: 'teacher' },
    teacher: { type: 'string', default: join('data', 'pocket', 'pocket.gguf') },
    settings: { type: 'string', multiple: true, default: [] },
  },
});
const place = (name) => join(options.work, name);
const rates = options['learning-rates'].split(',');

const stages = { prepare, train, export: exportModels, evaluate };
const stage = stages[positionals[0] ?? ''];
if (stage === undefined) {
  console.error(`Cannot start: name a stage, one of ${Object.keys(stages).join(', ')}`);
  process.exit(2);
}
mkdirSync(options.work, { recursive: true });
stage();

function prepare() {
  const problems = pocketProblems({ count: Number(options.problems), seed: 21, split: 'train' });
  const lessons = pocketProblems({ count: Number(options.lessons), seed: 51, split: 'train' });
  const held = pocketProblems({ count: 400, seed: 41, split: 'test' });
  writeLines('problems.jsonl', [...problems, ...lessons]);
  writeLines('test.jsonl', pocketProblems({ count: Number(options.test), seed: 31, split: 'test' }));
  writeLines('held-out.jsonl', held.map(toRow));
  writeLines('requests.jsonl', problems.map(toRequest(Number(options.samples))));
  writeLines('teacher-requests.jsonl', lessons.map(toRequest(1)));
  const prompts = JSON.parse(readFileSync(join('configs', 'prompts', 'pocket.json'), 'utf8'));
  const prompt = (task, values) => renderPrompt(prompts[task], { name: task, values });
  writeLines('documents.jsonl', [...pocketDocuments({ count: Number(options.documents), seed: 11, prompt })]);
}

function train() {
  step('base/model.safetensors', 'train_pocket.py', [
    ...['--documents', place('documents.jsonl'), '--out', place('base')],
    ...['--steps', options.steps, '--warmup-steps', '100'],
  ]);
  const shared = {
    maxLength: 512,
    logEvery: 5,
    saveWeights: 'float32',
    ...Object.fromEntries(options.settings.map(setting)),
  };
  if (options.data === 'own') {
    sample(place('base'), 'requests.jsonl', 'samples');
    sortSamples('samples', 'own.jsonl');
  } else {
    step('teacher/model.safetensors', 'import_gguf.py', ['--gguf', options.teacher, '--out', place('teacher')]);
    sample(place('teacher'), 'teacher-requests.jsonl', 'teacher-samples');
    sortSamples('teacher-samples', 'teacher.jsonl');
  }
  for (const rate of rates) {
    run(`sft-${rate}`, 'train_sft.py', {
      ...{ model: place('base'), data: place(`${options.data}.jsonl`), evaluationData: place('held-out.jsonl') },
      ...{ evaluateEvery: 100, epochs: 3, learningRate: Number(rate), ...shared },
    });
  }
  const sft = place(`sft-${bestRate()}/model`);
  sample(sft, 'requests.jsonl', 'sft-samples');
  sortSamples('sft-samples', 'own-after.jsonl', 'pairs.jsonl');
  run('dpo', 'train_dpo.py', {
    ...{ model: sft, data: place('pairs.jsonl'), learningRate: 1e-5, chosenLossWeight: 0.2 },
    ...{ epochs: 1, pairsPerStep: 64, ...shared },
  });
}

/** That of the SFT run whose last loss on the held-out solutions is the lowest. */
function bestRate() {
  const losses = rates.map((rate) => [
    readLines(`sft-${rate}/events.jsonl`).findLast(({ event }) => event === 'evaluation-end').loss,
    rate,
  ]);
  const [[, best]] = losses.sort(([a], [b]) => a - b);
  console.log(JSON.stringify({ heldOutLoss: Object.fromEntries(losses.map(([loss, rate]) => [rate, loss])), best }));
  return best;
}

function sample(model, requests, folder) {
  if (options.sampler === 'vllm') {
    run(folder, 'generate.py', { model, requests: place(requests), maxModelLength: 512 });
  } else {
    mkdirSync(place(folder), { recursive: true });
    const words = [model, place(requests), place(`${folder}/completions.jsonl`)];
    step(`${folder}/completions.jsonl`, join('..', 'bench', 'sample_with_transformers.py'), words);
  }
}

/** The right samples, the same text once a problem; the first right and the first wrong one of a problem as a pair. */
function sortSamples(folder, rightName, pairsName) {
  const problems = new Map(readLines('problems.jsonl').map((problem) => [problem.id, problem]));
  const groups = groupBy(readLines(`${folder}/completions.jsonl`), ({ requestId }) => requestId);
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
  writeLines(rightName, rows);
  if (pairsName) writeLines(pairsName, pairs);
  console.log(JSON.stringify({ folder, ...counts, rightRows: rows.length, pairs: pairs.length }));
}

function exportModels() {
  const models = { base: place('base'), sft: place(`sft-${bestRate()}/model`), dpo: place('dpo/model') };
  for (const [name, checkpoint] of Object.entries(models)) {
    const words = ['--checkpoint', checkpoint, '--out', place(`${name}.gguf`), '--type', 'q8_0', '--name', name];
    step(`${name}.gguf`, 'export_gguf.py', words);
  }
}

function evaluate() {
  for (const name of ['base', 'sft', 'dpo']) {
    const words = ['--data', place('test.jsonl'), '--prompts', 'pocket', '--run', place(`evaluate-${name}`)];
    mathpie('evaluate', '--model', `gguf:${place(`${name}.gguf`)}`, ...words);
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

function toRequest(samples) {
  return ({ id, question }) => ({
    id,
    messages: [{ role: 'user', content: question }],
    samples,
    sampling: { temperature: 0.8, maxTokens: 300 },
  });
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
  mkdirSync(dirname(place(name)), { recursive: true });
  writeFileSync(place(name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}
