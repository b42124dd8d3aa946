// The rows that the grader is measured on: {id, gold, text, isBare, expect}.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { exampleAnswers } from '../../dist/answers/samples/example-answers.js';
import { harmlessRewritings } from '../../dist/answers/samples/rewrite-answers.js';

export const dataFolder = resolve(
  process.env.MATHPIE_SHARED_DATA ?? resolve(import.meta.dirname, '../../../shared/data'),
);
export const hasData = existsSync(join(dataFolder, 'grading/cases.jsonl'));

const read = (file) => readFileSync(join(dataFolder, file), 'utf8');
const lines = (file) =>
  read(file)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

export function loadGolds() {
  return JSON.parse(read('math/gold-answers.json'));
}

export function loadPolicyCases() {
  return lines('grading/policy-cases.jsonl').map(fromCase);
}

export function loadLatexValues() {
  return lines('grading/latex-values.jsonl');
}

function fromCase(row) {
  const isBare = row.response === undefined;
  return {
    id: row.id,
    gold: row.gold,
    text: row.response ?? row.answer ?? '',
    isBare,
    expect: row.expect,
    recorded: row.mathVerify,
  };
}

export function loadSuites() {
  const own = Object.values(exampleAnswers).flat();
  const suites = [
    {
      name: 'own table of cases',
      rows: own.map(([gold, text, expect], index) => ({ id: `own-${index}`, gold, text, isBare: true, expect })),
    },
  ];
  if (!hasData) return suites;
  const golds = loadGolds();
  suites.push(
    { name: 'collected grader cases', rows: lines('grading/cases.jsonl').map(fromCase) },
    { name: 'cases out of public reports', rows: lines('grading/cases-2.jsonl').map(fromCase) },
    {
      name: 'GSM8K, real solutions',
      rows: lines('gsm8k/model-solutions.jsonl').map(({ id, gold, pred, expect }) => ({
        id,
        gold,
        text: pred,
        isBare: false,
        expect,
      })),
    },
    {
      name: 'MATH, eight real answers each',
      rows: lines('math/eight-answers-each.jsonl').map(({ id, gold, pred, expect }) => ({
        id,
        gold,
        text: pred,
        isBare: false,
        expect,
      })),
    },
    {
      name: 'MATH-500, reference solutions',
      rows: lines('math/math500.jsonl').map(({ answer, solution }, index) => ({
        id: index,
        gold: answer,
        text: solution,
        isBare: false,
        expect: true,
      })),
    },
    {
      name: 'MATH golds against themselves',
      rows: golds.map((gold, index) => ({ id: index, gold, text: gold, isBare: true, expect: true })),
    },
    {
      name: 'MATH golds, ten harmless rewritings',
      rows: golds.flatMap((gold, index) =>
        harmlessRewritings.flatMap(({ name, rewrite }) => {
          const text = rewrite(gold);
          return text === undefined
            ? []
            : [{ id: `${index} ${name}`, gold, text, isBare: !text.startsWith('Adding'), expect: true }];
        }),
      ),
    },
    {
      name: 'MATH audit, clear cases',
      rows: lines('grading/metamath-math-audit.jsonl')
        .map((row, index) => ({
          id: index,
          gold: row.gold,
          text: row.answer,
          isBare: true,
          expect: row.right,
          arguable: row.arguable,
        }))
        .filter(({ arguable }) => !arguable),
    },
  );
  return suites;
}
