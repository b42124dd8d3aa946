// npm run bench:grading [-- --sweep] [--no-math-verify] [--write]: accuracy and speed of the grader on every suite at
// hand, beside Math-Verify on the same rows in the same run. --write puts the tables into docs/grading.md.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isEquivalent } from '../dist/answers/compare/is-equivalent.js';
import { gradeResponse } from '../dist/answers/grade/grade-response.js';
import { gradeRows } from '../dist/answers/grade/grade-rows.js';
import { evaluateNumerically } from '../dist/answers/numbers/evaluate-numerically.js';
import { evaluateExactly } from '../dist/answers/numbers/exact-number.js';
import { toNumber } from '../dist/answers/numbers/rational.js';
import { parseAnswer } from '../dist/answers/parse/parse-answer.js';
import { makeHostileAnswer } from '../dist/answers/samples/hostile-formulas.js';
import { judgeWithMathVerify, mathVerifyVersion } from './grading/math-verify.mjs';
import { hasData, loadGolds, loadLatexValues, loadPolicyCases, loadSuites } from './grading/suites.mjs';

const flags = new Set(process.argv.slice(2));
const output = [];
const print = (line = '') => {
  output.push(line);
  console.log(line);
};

function judge(rows) {
  return rows.map(({ gold, text, isBare }) => {
    const start = performance.now();
    const { equivalent, rule } = gradeResponse(isBare ? { gold, answer: text } : { gold, response: text });
    return { equivalent, rule, ms: performance.now() - start };
  });
}

function score(rows, verdicts) {
  const result = { right: 0, falseAccepts: 0, falseRejects: 0, wrong: [] };
  rows.forEach((row, index) => {
    const { equivalent } = verdicts[index];
    if (equivalent === row.expect) result.right++;
    else {
      if (equivalent) result.falseAccepts++;
      else result.falseRejects++;
      result.wrong.push({ ...row, ...verdicts[index] });
    }
  });
  const times = verdicts.map(({ ms }) => ms).sort((left, right) => left - right);
  const total = times.reduce((sum, ms) => sum + ms, 0);
  return {
    ...result,
    median: times[times.length >> 1],
    mean: total / times.length,
    max: times[times.length - 1],
    total,
  };
}

const cell = ({ right, falseAccepts, falseRejects }) => `${right} | ${falseAccepts} | ${falseRejects}`;
const micro = (ms) => (ms * 1000).toFixed(ms < 0.01 ? 1 : 0);

if (!hasData) print("The shared data folder is absent: only the project's own cases are measured.\n");
const suites = loadSuites();
judge(suites.flatMap(({ rows }) => rows).slice(0, 3000));

print(
  `| rows | n | right | false accepts | false rejects | µs, median | µs, mean | ms, slowest | Math-Verify ${mathVerifyVersion}: right | false accepts | false rejects | µs, median |`,
);
print('|---|---|---|---|---|---|---|---|---|---|---|---|');
const details = [];
let speed;
for (const { name, rows } of suites) {
  const ours = score(rows, judge(rows));
  const verdicts = flags.has('--no-math-verify') ? undefined : judgeWithMathVerify(rows);
  const theirs = verdicts && score(rows, verdicts);
  print(
    `| ${name} | ${rows.length} | ${cell(ours)} | ${micro(ours.median)} | ${micro(ours.mean)} | ${ours.max.toFixed(1)} | ` +
      (theirs ? `${cell(theirs)} | ${micro(theirs.median)} |` : '– | – | – | – |'),
  );
  details.push(
    ...ours.wrong.map((row) => `${name}: ${row.equivalent ? 'false accept' : 'false reject'} ${row.id} by ${row.rule}`),
  );
  if (name.startsWith('MATH, eight') && theirs) speed = { ours, theirs };
}
print();
if (speed)
  print(
    `On the real MATH answers ours grades ${(speed.theirs.total / speed.ours.total).toFixed(0)} times as many pairs a second (medians: ${(speed.theirs.median / speed.ours.median).toFixed(0)} times).`,
  );
if (hasData) {
  print(measureValues());
  print(measurePolicies());
  print(await measureStream(395_000));
  print(measurePython());
  if (flags.has('--sweep')) print(sweep());
}
print(measureHostile());
for (const line of details) console.log(line);
if (flags.has('--write')) writeTable();

/** LaTeX with known values: parsed, evaluated, compared. Integrals, derivatives and \char are no answers. */
function measureValues() {
  const canonical = (name) => name.replace(/[{}\\\s]/g, '').replace(/^bar/, 'bar ');
  const rows = loadLatexValues().filter(
    ({ kind, samples, latex }) => kind !== 'must_not_parse' && samples?.length && !/\\int|frac\{d\}|\\char/.test(latex),
  );
  const right = rows.filter(({ latex, samples }) =>
    parseAnswer(latex).readings.some((reading) => {
      const value = reading.kind === 'quantity' ? reading.operand : reading;
      return samples.every(({ at, re, im }) => {
        if (value.kind === 'text') return at[value.text] === re;
        const exact = Object.keys(at).length === 0 ? evaluateExactly(value) : undefined;
        const values = new Map(
          Object.entries(at).map(([name, number]) => [canonical(name), { re: number, im: 0, noise: 0 }]),
        );
        const found = exact ? { re: toNumber(exact), im: 0 } : evaluateNumerically(value, values);
        return (
          found !== undefined &&
          Math.hypot(found.re - re, found.im - im) <= 1e-9 * Math.hypot(re, im) + (re === 0 && im === 0 ? 1e-12 : 0)
        );
      });
    }),
  ).length;
  const refused = loadLatexValues().filter(({ kind }) => kind === 'must_not_parse');
  const kept = refused.filter(({ latex }) => !parseAnswer(latex).isMathematics).length;
  return `LaTeX with known values: ${right} of ${rows.length} (${((100 * right) / rows.length).toFixed(1)} %) right; of ${refused.length} that must not parse, ${kept} do not.`;
}

/** Rows on which suites disagree: how many the default satisfies, and how many some single option does. */
function measurePolicies() {
  const options = [
    { percent: 'number' },
    { percent: 'fraction' },
    { listOrder: 'kept' },
    { unreducedFractions: 'reject' },
    { relativeTolerance: 0.001 },
    { roundedDecimalPlaces: 0 },
    { roundedDecimalPlaces: 4 },
    { roundedDecimalPlaces: 1 },
    { missingUnits: 'reject' },
    { boxes: 'all' },
    { boxes: 'last' },
    { thinking: 'fallback' },
  ];
  const rows = loadPolicyCases();
  const fits =
    (policy) =>
    ({ gold, text, isBare, expect }) =>
      gradeResponse({ gold, ...(isBare ? { answer: text } : { response: text }), policy }).equivalent === expect;
  const byDefault = rows.filter(fits({})).length;
  const byAny = rows.filter((row) => fits({})(row) || options.some((policy) => fits(policy)(row))).length;
  return `Policy cases (${rows.length}, contradictory by nature): ${byDefault} as collected under the default policy, ${byAny} under it or one named option; the rest need the question, are marked unclear, or ask for a fault.`;
}

/** Real rows, repeated, through the streaming grader as the CLI runs it. */
async function measureStream(count) {
  const rows = suites.filter(({ name }) => /GSM8K|eight/.test(name)).flatMap((suite) => suite.rows);
  const lines = rows.map(({ gold, text }) => JSON.stringify({ gold, response: text }));
  function* repeat() {
    for (let index = 0; index < count; index++) yield lines[index % lines.length];
  }
  const start = performance.now();
  let correct = 0;
  for await (const row of gradeRows(repeat())) if (row.equivalent) correct++;
  const seconds = (performance.now() - start) / 1000;
  const memory = process.memoryUsage().rss / 1e6;
  return `Streaming ${count.toLocaleString('en')} rows: ${seconds.toFixed(1)} s on one core (${((1000 * seconds) / count).toFixed(3)} ms a row), ${memory.toFixed(0)} MB, ${correct.toLocaleString('en')} accepted.`;
}

/** Labelled responses through the Python door, in one process. */
function measurePython() {
  const rows = suites.filter(({ name }) => /GSM8K|eight/.test(name)).flatMap((suite) => suite.rows);
  const input = rows.map(({ gold, text }) => JSON.stringify({ gold, response: text })).join('\n');
  const script = [
    'import json, sys, time; from mathpie_grader import Grader',
    'rows = [json.loads(line) for line in sys.stdin] * 4',
    'with Grader() as grader:',
    '    grader.grade(rows)',
    '    start = time.perf_counter(); grader.grade(rows)',
    '    print(len(rows) / (time.perf_counter() - start))',
  ].join('\n');
  const cwd = resolve(import.meta.dirname, '../python-gpu');
  const run = spawnSync('python3', ['-c', script], { input, encoding: 'utf8', cwd, maxBuffer: 1 << 26 });
  if (run.status !== 0) return 'From Python: not measured, python3 is not there.';
  return `From Python (mathpie_grader.py, one grader): ${Math.round(Number(run.stdout)).toLocaleString('en')} responses a second.`;
}

/** Answers made to be as much work as their length allows: CPU, not the clock. */
function measureHostile(count = 1000) {
  const golds = ['12', 'x+1', '\\sum_{k=1}^{n} \\sqrt{k}', '|x-3|+\\lfloor x\\rfloor', '1, 2, 3', '(0,1)\\cup(2,3)'];
  let worst = 0;
  for (let seed = 0; seed < count; seed++) {
    const answer = makeHostileAnswer(seed);
    for (const [gold, other] of [
      [golds[seed % 6], answer],
      [answer, `${answer}+1`],
    ]) {
      const before = process.cpuUsage();
      isEquivalent(gold, other);
      const { user, system } = process.cpuUsage(before);
      worst = Math.max(worst, (user + system) / 1000);
    }
  }
  return `${(2 * count).toLocaleString('en')} pairs with hostile answers of up to 3,900 characters: ${worst.toFixed(0)} ms of CPU at worst.`;
}

/** Every pair of different golds. Under the strict policy only equal values may be equal. */
function sweep() {
  const golds = [...new Set(loadGolds().map((gold) => gold.trim()))];
  const policy = { percent: 'fraction', missingUnits: 'reject', degreesAsRadians: 'reject' };
  const counts = new Map();
  let pairs = 0;
  const start = performance.now();
  for (const gold of golds) {
    for (const answer of golds) {
      if (gold === answer) continue;
      pairs++;
      const { equivalent, rule } = isEquivalent(gold, answer, { policy });
      if (!equivalent) continue;
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
      if (gold < answer) console.log(`equal by ${rule}: ${gold} | ${answer}`);
    }
  }
  const rules = [...counts].map(([rule, count]) => `${rule} ${count}`).join(', ');
  return `Sweep of ${pairs.toLocaleString('en')} ordered pairs of different golds: ${((performance.now() - start) / 1000).toFixed(0)} s; taken as equal with units kept: ${rules}.`;
}

function writeTable() {
  const file = resolve(import.meta.dirname, '../docs/grading.md');
  const [head, , tail] = readFileSync(file, 'utf8').split(/<!-- \/?measured -->/);
  writeFileSync(file, `${head}<!-- measured -->\n\n${output.join('\n').trim()}\n\n<!-- /measured -->${tail}`);
}
