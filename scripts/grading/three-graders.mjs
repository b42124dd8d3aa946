// node scripts/grading/three-graders.mjs CH03.py [--write]: where this grader, Math-Verify and the SymPy check of
// rasbt/reasoning-from-scratch (a checkout's reasoning_from_scratch/ch03.py) disagree on the labelled solutions of GSM8K and MATH.
// --write puts the tables into docs/grading.md. Needs `npm run build` and the shared data.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gradeResponse } from '../../dist/answers/grade/grade-response.js';
import { judgeWithMathVerify, mathVerifyPython, mathVerifyVersion } from './math-verify.mjs';
import { loadSuites } from './suites.mjs';

const [file] = process.argv.slice(2);
const names = ['Mathpie', `Math-Verify ${mathVerifyVersion}`, 'the SymPy check'];
const suites = loadSuites().filter(({ name }) => /^GSM8K|eight/.test(name));
const output = [];
for (const { name, rows } of suites) {
  const ours = rows.map(({ gold, text }) => gradeResponse({ gold, response: text }).equivalent);
  const theirs = judgeWithMathVerify(rows).map(({ equivalent }) => equivalent === true);
  const sympy = judgeWithSympy(rows).map(({ equivalent }) => equivalent === true);
  const all = [ours, theirs, sympy];
  output.push(`${name}: ${rows.length} rows, ${rows.filter(({ expect }) => expect).length} of them right.`, '');
  output.push('| grader | agrees with the label | false accepts | false rejects |', '|---|---|---|---|');
  all.forEach((verdicts, index) => {
    const accepts = rows.filter(({ expect }, row) => !expect && verdicts[row]).length;
    const rejects = rows.filter(({ expect }, row) => expect && !verdicts[row]).length;
    output.push(`| ${names[index]} | ${rows.length - accepts - rejects} | ${accepts} | ${rejects} |`);
  });
  const patterns = new Map();
  rows.forEach(({ expect }, row) => {
    const verdicts = all.map((list) => list[row]);
    if (verdicts.every((verdict) => verdict === verdicts[0])) return;
    const says = names.filter((_, index) => verdicts[index]).join(' and ');
    const key = `${says} | ${expect ? 'right' : 'wrong'}`;
    patterns.set(key, (patterns.get(key) ?? 0) + 1);
  });
  output.push('', `| accepted by | the label says | rows |`, '|---|---|---|');
  for (const [key, count] of [...patterns].sort((left, right) => right[1] - left[1]))
    output.push(`| ${key} | ${count} |`);
  output.push('');
}
console.log(output.join('\n'));
if (process.argv.includes('--write')) write();

function judgeWithSympy(rows) {
  const input = rows.map(({ gold, text, isBare }) => JSON.stringify({ gold, text, isBare })).join('\n');
  const script = join(import.meta.dirname, 'sympy_check_verdicts.py');
  const run = spawnSync(mathVerifyPython, [script, file], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(`Cannot run the SymPy check: ${run.stderr}`);
  return run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function write() {
  const document = resolve(import.meta.dirname, '../../docs/grading.md');
  const [head, , tail] = readFileSync(document, 'utf8').split(/<!-- \/?three graders -->/);
  writeFileSync(
    document,
    `${head}<!-- three graders -->\n\n${output.join('\n').trim()}\n\n<!-- /three graders -->${tail}`,
  );
}
