import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packagePath } from '../../package-root.js';
import { createGrader } from '../create-grader.js';
import type { GradedRow } from '../graded-row.js';
import { accuracyAtBudget } from './accuracy-at-budget.js';
import { describeWriting } from './describe-writing.js';
import { type ExplainOptions, explainRun } from './explain-run.js';
import type { Cause } from './find-cause.js';

const grader = createGrader();
const row = (response: string, more: Partial<GradedRow> = {}): GradedRow => {
  const gold = more.gold ?? '12';
  const { correct, answer, rule } = grader.grade({ question: 'q', gold, response });
  return {
    problem: 'p',
    status: 'done',
    finishReason: 'stop',
    gold,
    response,
    correct,
    rule,
    ...(answer !== undefined && { answer }),
    ...more,
  };
};
const stops: ExplainOptions = { config: { stop: ['Question'] } };

const table: readonly { readonly cause: Cause; readonly of: GradedRow; readonly options?: ExplainOptions }[] = [
  { cause: 'failed', of: row('', { status: 'failed', failure: 'passing', reason: 'no answer in time' }) },
  { cause: 'refused', of: row("I'm sorry, but I can't help with that.") },
  { cause: 'refused', of: row('', { status: 'failed', failure: 'refusal' }) },
  { cause: 'refused', of: row('Well', { finishReason: 'content_filter' }) },
  { cause: 'open-thought', of: row('<think>\nSo 3 * 4', { finishReason: 'length' }) },
  {
    cause: 'open-thought',
    of: row('', { rule: 'none/no-answer', finishReason: 'stop', thinking: 'So 3 * 4 = 12. The answer is 12.' }),
  },
  { cause: 'open-thought', of: row('', { rule: 'none/cut-while-thinking', finishReason: 'length', thinking: 'So' }) },
  { cause: 'cut', of: row('We multiply 3 by', { finishReason: 'length' }) },
  { cause: 'template', of: row('It is 11.<|im_end|>\n<|im_start|>user\nNext?') },
  { cause: 'template', of: row('It is 11.\n### Instruction: Another one') },
  { cause: 'template', of: row(' ') },
  { cause: 'stop-word', of: row('We multiply 3 by 5 and get the', {}), options: stops },
  { cause: 'not-found', of: row('The answer is 12. Then we check: \\boxed{13}.') },
  {
    cause: 'not-found',
    of: row('Is it 12? Or is it 13? Nobody knows, and we leave it at that, as was said above by others already.'),
  },
  {
    cause: 'no-answer',
    of: row(
      'I would have to think about it.\nIt is not clear to me how this is meant, and I leave it at that, as one does.',
    ),
  },
  { cause: 'other-grader', of: row('So \\boxed{12}.', { correct: false }), options: { grader: 'strict' } },
  { cause: 'other-grader', of: row('So \\boxed{13}.', { upstream: true }) },
  { cause: 'wrong', of: row('So \\boxed{13}.') },
  // Another harness judged it, and its file holds no text
  { cause: 'wrong', of: { problem: 'p', status: 'done', correct: false, rule: 'upstream' } },
];

describe('explainRun(rows) finds', () => {
  it.each(table)('$cause: $of.response', ({ cause, of, options }) => {
    const { causes } = explainRun([of], options);
    expect(causes.map((found) => found.cause)).toEqual([cause]);
    expect(causes[0]).toMatchObject({ rows: 1, points: 100 });
    expect(causes[0]?.next).not.toBe('');
  });

  it('a gold answer that three of four samples contradict with one voice', () => {
    const samples = ['13', '13', '13', '14'].map((answer, sample) => row(`So \\boxed{${answer}}.`, { sample }));
    expect(explainRun(samples).causes.map(({ cause, rows }) => [cause, rows])).toEqual([['suspect-gold', 4]]);
    expect(explainRun(samples.slice(0, 2)).causes.map(({ cause }) => cause)).toEqual(['wrong']);
    expect(explainRun([...samples, row('\\boxed{12}', { sample: 4 })]).causes.map(({ cause }) => cause)).toEqual([
      'wrong',
    ]);
  });

  it('a limit that nobody told: many answers of exactly the largest number of tokens', () => {
    const bare = (completionTokens: number, index: number) =>
      ({ ...row('So we'), problem: `p${index}`, finishReason: undefined, completionTokens }) as unknown as GradedRow;
    expect(explainRun([256, 256, 256, 90].map(bare)).causes[0]).toMatchObject({ cause: 'cut', rows: 3 });
    expect(explainRun([256, 255, 254, 90].map(bare)).causes.map(({ cause }) => cause)).not.toContain('cut');
  });

  it('points that add up to 100 with the accuracy, the largest cause first', () => {
    const { causes, accuracy } = explainRun([
      ...table.slice(8, 12).map(({ of }) => of),
      row('\\boxed{12}'),
      row('\\boxed{13}'),
      row('\\boxed{14}'),
    ]);
    const points = causes.reduce((sum, each) => sum + each.points, 0);
    expect(points + 100 * accuracy.accuracy).toBeCloseTo(100, 9);
    expect(causes.map(({ rows }) => rows)).toEqual(
      [...causes.map(({ rows }) => rows)].sort((left, right) => right - left),
    );
  });

  it('the command that mends it, with what the run was asked', () => {
    const config = { model: 'pocket', data: 'test.jsonl', dataset: 'pocket', preset: 'mathpie', prompts: 'pocket@1' };
    const cut = row('We multiply', { finishReason: 'length', completionTokens: 300 });
    expect(explainRun([cut], { config, directory: 'runs/a' }).causes[0]?.next).toBe(
      'mathpie evaluate --model pocket --data test.jsonl --prompts pocket --max-tokens 1024 --run runs/a-1024',
    );
    // Where nobody told the tokens there is no number to name
    expect(explainRun([row('We multiply', { finishReason: 'length' })]).causes[0]?.next).toBe(
      'ask again with a larger limit of tokens in the harness that made these answers',
    );
    const imported = { files: [{ name: 'a.jsonl', sha256: '0' }], gold: 'g', response: 'r', grader: 'strict' };
    const other = explainRun([row('\\boxed{12}', { correct: false })], {
      grader: 'strict',
      imported,
      directory: 'runs/b',
    });
    expect(other.causes[0]?.next).toBe('mathpie import a.jsonl --gold g --response r --run runs/b-mathpie');
  });
});

describe('describeWriting(row)', () => {
  it.each([
    ['3,250', '3250', 'commas in numbers'],
    ['10{,}000', '10000', 'commas in numbers'],
    ['11111', '11,\\! 111', 'commas in numbers'],
    ['\\$18', '18', 'money signs'],
    ['90', '90^\\circ', 'degree signs'],
    ['\\frac{1}{2}', '1/2', 'fractions'],
    ['x = 5', '5', 'a name before the value'],
    ['5 \\text{ cm}', '5', 'words or units'],
    ['0.5', '\\frac{1}{2}', 'a fraction for a decimal number'],
  ])('%s for %s: %s', (gold, answer, said) => {
    expect(describeWriting({ gold, answer })).toBe(said);
  });
});

describe('accuracyAtBudget(rows)', () => {
  const rows = [10, 20, 40, 80, 160].map((completionTokens, index) => ({
    problem: `p${index}`,
    correct: index !== 1,
    completionTokens,
  }));

  it('counts an answer that is longer than the limit as wrong', () => {
    const found = accuracyAtBudget(rows) ?? [];
    expect(found.map(({ tokens, correct, ended }) => [tokens, correct, ended])).toEqual([
      [16, 1, 0.2],
      [32, 1, 0.4],
      [64, 2, 0.6],
      [128, 3, 0.8],
      [256, 4, 1],
    ]);
    expect(accuracyAtBudget(rows, [40])?.[0]).toMatchObject({ tokens: 40, correct: 2 });
    expect(accuracyAtBudget([{ problem: 'a', correct: true }])).toBeUndefined();
  });
});

// The answers of other people stay where they are
const answers = packagePath('..', 'shared', 'data', 'math', 'eight-answers-each.jsonl');
const elsewhere = packagePath('..', '..', 'shared', 'data', 'math', 'eight-answers-each.jsonl');
const file = [answers, elsewhere].find(existsSync);

describe.skipIf(file === undefined)('eight answers to each of 100 problems of MATH, with the Hendrycks preset', () => {
  it('names the commas in numbers: all 21 points that another grader gives back', () => {
    const hendrycks = createGrader({ preset: 'hendrycks' });
    const lines = readFileSync(file ?? '', 'utf8')
      .trim()
      .split('\n');
    const rows = lines.map((line, index): GradedRow => {
      const { question, gold, pred: response } = JSON.parse(line);
      const { correct, answer, rule } = hendrycks.grade({ question, gold, response });
      return {
        id: String(index),
        problem: question,
        status: 'done',
        question,
        gold,
        response,
        correct,
        rule,
        ...(answer !== undefined && { answer }),
      };
    });
    const { causes } = explainRun(rows, { grader: 'hendrycks' });
    expect(causes.find(({ cause }) => cause === 'other-grader')).toMatchObject({
      rows: 21,
      about: [{ what: 'commas in numbers, accepted by mathpie', rows: 21 }],
    });
  });
});
