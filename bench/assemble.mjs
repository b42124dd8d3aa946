// npm run bench:assemble [-- --rows 395000 --seed 1 --rounds 1 --keep DIR --no-semhash]
//
// 1. End to end: `mathpie assemble --recipe metamathqa-395k` over that many synthetic rows of real length in eight run
//    directories, beside two test sets: seconds and the peak of memory of the whole process. Two runs must give the same bytes.
// 2. Near-duplicates by themselves: rows a second, beside SemHash on the same rows in the same run where it is installed.
// 3. Recall and precision against exact Jaccard over all pairs, on 5,000 rows with planted near-duplicates.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createNearDuplicateIndex } from '../dist/selection/near-duplicates.js';
import { quantitySignature } from '../dist/selection/quantity-signature.js';
import { createWordList, scanWords } from '../dist/selection/scan-words.js';
import { createShingleSet, jaccard } from '../dist/selection/shingle-set.js';
import { writeJsonl } from '../dist/storage/write-jsonl.js';
import { runMeasured } from './measured-command.mjs';
import { createWriter, mix, rowsOfType, writeQuestions } from './synthetic-rows.mjs';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '395000' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '2' },
    keep: { type: 'string' },
    'no-semhash': { type: 'boolean', default: false },
  },
});
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'mathpie-assemble-'));
const total = Number(values.rows);
const load = () => `load ${loadavg()[0].toFixed(2)}`;

await main();

async function main() {
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} processors, Node ${process.versions.node}, ${load()}`,
  );
  try {
    await writeInputs();
    await measureEndToEnd();
    const sample = readSample(60_000);
    measureNearDuplicates(sample);
    if (!values['no-semhash']) measureSemHash();
    for (const quantities of ['must-match', 'ignored'])
      for (const threshold of [0.7, 0.8, 0.9]) measureRecall({ threshold, quantities });
  } finally {
    if (values.keep === undefined) rmSync(folder, { recursive: true });
  }
}

async function writeInputs() {
  if (existsSync(join(folder, 'test-math.jsonl'))) return;
  const seed = values.seed;
  const gsm = {
    questions: writeQuestions({ count: 7473, median: 42, seed: `gsm-${seed}` }),
    tests: writeQuestions({ count: 1319, median: 42, seed: `gsm-test-${seed}` }),
  };
  const math = {
    questions: writeQuestions({ count: 7500, median: 28, seed: `math-${seed}` }),
    tests: writeQuestions({ count: 5000, median: 28, seed: `math-test-${seed}` }),
  };
  for (const [type, count] of Object.entries(mix)) {
    const { questions, tests } = type.startsWith('GSM') ? gsm : math;
    mkdirSync(join(folder, type), { recursive: true });
    const rows = rowsOfType(type, { count: Math.round((count * total) / 395_000), questions, tests, seed });
    await writeJsonl({ file: join(folder, type, 'graded.jsonl'), rows });
  }
  const asItems = (texts) => texts.map((question, index) => ({ id: `t${index}`, question }));
  await writeJsonl({ file: join(folder, 'test-gsm.jsonl'), rows: asItems(gsm.tests) });
  await writeJsonl({ file: join(folder, 'test-math.jsonl'), rows: asItems(math.tests) });
}

async function measureEndToEnd() {
  const out = join(folder, 'out.jsonl');
  const words = ['assemble', '--recipe', 'metamathqa-395k', '--out', out];
  for (const type of Object.keys(mix)) words.push('--run', join(folder, type));
  words.push('--test', join(folder, 'test-gsm.jsonl'), '--test', join(folder, 'test-math.jsonl'));
  const bytes = Object.keys(mix).reduce((sum, type) => sum + statSync(join(folder, type, 'graded.jsonl')).size, 0);
  console.log(
    `\nEnd to end: ${total.toLocaleString('en-US')} rows, ${Math.round(bytes / 1e6)} MB in eight run directories`,
  );
  const hashes = new Set();
  for (let round = 1; round <= Number(values.rounds); round++) {
    const before = load();
    const { seconds, peakMiB, userSeconds, stderr } = await runMeasured(words);
    const content = readFileSync(out);
    hashes.add(createHash('sha256').update(content).digest('hex'));
    if (round === 1) console.log(stderr.replace(/^(check|write), MB.*\n/gm, '').trimEnd());
    const perRow = Math.round(
      content.length / Math.max(1, JSON.parse(readFileSync(`${out}.report.json`, 'utf8')).written),
    );
    console.log(
      `round ${round}: ${seconds.toFixed(1)} s (${userSeconds.toFixed(1)} s of CPU), ${Math.round(total / seconds).toLocaleString('en-US')} rows/s, peak ${peakMiB} MiB, ${perRow} bytes a row written, ${before}`,
    );
  }
  console.log(hashes.size === 1 ? 'the same bytes in every round' : 'DIFFERENT bytes');
}

/** Rows spread over all types. */
function readSample(count) {
  return Object.keys(mix).flatMap((type) => {
    const lines = readFileSync(join(folder, type, 'graded.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    return lines.slice(0, Math.round((count * mix[type]) / 395_000)).map((line) => JSON.parse(line));
  });
}

function measureNearDuplicates(rows) {
  console.log(`\nNear-duplicates of ${rows.length.toLocaleString('en-US')} rows, query and response`);
  for (const quantities of ['must-match', 'ignored']) {
    const index = createNearDuplicateIndex({ quantities });
    const [started, cpuStarted] = [performance.now(), process.cpuUsage()];
    let found = 0;
    for (const { query, response, gold } of rows) {
      const answer = quantities === 'must-match' ? gold : undefined;
      if (index.add({ query, response, answer }) !== undefined) found += 1;
    }
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(cpuStarted);
    const perCpuSecond = Math.round((rows.length * 1e6) / (user + system)).toLocaleString('en-US');
    console.log(
      `quantities ${quantities}: ${Math.round(rows.length / seconds).toLocaleString('en-US')} rows/s, ${perCpuSecond} rows a second of CPU, ${found} found, ${load()}`,
    );
  }
}

/** SemHash (embeddings and approximate neighbours) on the same texts, with a model of random vectors: its speed, not its judgement. */
function measureSemHash() {
  const python = join(root, '.cache', 'semhash', 'bin', 'python');
  if (!existsSync(python)) {
    console.log('SemHash: not installed; python3 -m venv .cache/semhash && .cache/semhash/bin/pip install semhash');
    return;
  }
  const result = spawnSync(python, [join(root, 'bench', 'semhash_rows.py'), folder, '60000'], { encoding: 'utf8' });
  console.log(
    result.status === 0
      ? `SemHash: ${result.stdout.trim()}, ${load()}`
      : `SemHash: failed: ${result.stderr.trim().split('\n').at(-1)}`,
  );
}

/** The same rule (first come, first kept) with all pairs compared. */
function measureRecall({ threshold, quantities }) {
  const texts = plantSample(5000);
  const set = createShingleSet();
  const list = createWordList();
  const kept = [];
  const exact = texts.map((query) => {
    set.clear();
    set.add(scanWords(query, list), 3);
    const gate = quantities === 'ignored' ? '' : Object.values(quantitySignature(list)).join();
    const isDuplicate = kept.some((one) => one.gate === gate && jaccard(set, one.members) >= threshold);
    if (!isDuplicate) kept.push({ gate, members: set.members.slice(0, set.size) });
    return isDuplicate;
  });
  const index = createNearDuplicateIndex({ threshold, quantities });
  const found = texts.map((query) => index.add({ query }) !== undefined);
  const hits = found.filter((isFound, row) => isFound && exact[row]).length;
  const count = (flags) => flags.filter(Boolean).length;
  console.log(
    `threshold ${threshold}, quantities ${quantities}: ${count(exact)} of 5,000 rows repeat an earlier one; recall ${(hits / count(exact)).toFixed(4)}, precision ${(hits / count(found)).toFixed(4)}`,
  );
}

/** Half of the rows are copies of earlier ones with one word in 3 to 40 changed, in a quarter of them a number too. */
function plantSample(count) {
  const { random, text, length, vary } = createWriter(`sample-${values.seed}`);
  const texts = [];
  for (let index = 0; index < count; index++) {
    if (index === 0 || random.chance(0.5)) texts.push(text(length(115, 0.5)));
    else {
      const copy = vary(random.pick(texts), random.integer(3, 40));
      texts.push(random.chance(0.25) ? copy.replace(/\d+/, () => String(random.integer(2, 400))) : copy);
    }
  }
  return texts;
}
