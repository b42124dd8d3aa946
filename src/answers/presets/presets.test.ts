import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gradeResponse } from '../grade/grade-with-preset.js';
import { extractMetamathGsm8k } from '../grade/metamath-gsm8k.js';
import { extractMetamathMath, isMetamathEquivalent } from '../grade/metamath-math.js';

describe('extractMetamathGsm8k()', () => {
  it.each([
    ['The answer is: 42', 42],
    ['The answer is: 3,500', 3500],
    ['The answer is: 2,750,000', 2750],
    ['The answer is: 6.5', 6],
    ['The answer is: 7.5', 8],
    ['The answer is: 9/2', 4],
    ['The answer is: 9/0', 9],
    ['The answer is: 11:45', 11],
    ['The answer is 42', undefined],
    ['#### 42', undefined],
    ['The answer is: none', undefined],
  ])('reads %j as %s', (response, expected) => {
    expect(extractMetamathGsm8k(response)).toBe(expected);
  });
});

describe('isMetamathEquivalent()', () => {
  it.each([
    ['\\dfrac{2}{5}', '\\frac25', true],
    ['2/5', '\\frac{2}{5}', true],
    ['0.4', '\\frac{2}{5}', false],
    ['7\\text{ m}', '7\\text{ km}', true],
    ['y/3', '\\frac{y}{3}', false],
    ['x=11', '11', true],
    ['3,000', '3000', false],
    ['$8$', '8', false],
    ['\\sqrt7', '\\sqrt{7}', true],
  ])('%j against %j is %s, as published', (answer, gold, expected) => {
    expect(isMetamathEquivalent(answer, gold)).toBe(expected);
  });
});

describe('extractMetamathMath()', () => {
  it.each([
    ['So x = 2. The answer is: 2.', '2'],
    ['The answer is: 2.\nDone', '2'],
    ['The answer is: 2\nDone', '2\nDone'],
    ['\\boxed{2}', undefined],
  ])('takes from %j the answer %j', (response, expected) => {
    expect(extractMetamathMath(response)).toBe(expected);
  });
});

describe('gradeResponse({ preset })', () => {
  it.each([
    ['hendrycks', 'so \\boxed{\\dfrac12}', '\\frac{1}{2}', true],
    ['hendrycks', 'so \\boxed{0.25}', '\\frac{1}{4}', false],
    ['strict', 'so \\boxed{\\dfrac12}', '\\frac{1}{2}', false],
    ['strict', 'so \\boxed{12}', '12', true],
    ['metamath-math', 'The answer is: 12', 'We get \\boxed{12}.', true],
    ['metamath-gsm8k', 'The answer is: 12', 'Two dozen halves.\n#### 12', true],
  ] as const)('%s on %j against %j: %s', (preset, text, gold, equivalent) => {
    expect(gradeResponse({ gold, response: text, preset }).equivalent).toBe(equivalent);
  });
});

describe('metamath-math on a response to a problem whose gold is 7, as eval_math.py was seen to do', () => {
  it.each([
    ...['The answer is: 7', 'The answer is: 7.', 'The answer is: 7 .', 'The answer is: 7.\nSo', 'The answer is:  7'],
    'The answer is: 7\\text{ pens}',
  ])('accepts %j', (text) => {
    expect(gradeResponse({ gold: '7', response: text, preset: 'metamath-math' }).equivalent).toBe(true);
  });

  it.each([
    ...['The answer is: 7\nSo', 'The answer is: $7$', 'The answer is: \\boxed{7}', 'The answer is 7', '\\boxed{7}'],
    ...['The answer is:\n7', 'The answer is: 7..', 'The answer is: 7</s>', 'The answer is: 7 pens'],
  ])('refuses %j, though it is right', (text) => {
    expect(gradeResponse({ gold: '7', response: text, preset: 'metamath-math' }).equivalent).toBe(false);
  });
});

const audits = join(import.meta.dirname, '../../../../shared/data/grading');

describe.skipIf(!existsSync(audits))('the recorded verdicts of the originals', () => {
  const read = (file: string): Record<string, unknown>[] =>
    readFileSync(join(audits, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  it('metamath-gsm8k reproduces all 60', () => {
    const rows = read('metamath-gsm8k-audit.jsonl');
    // Five rows record no verdict: they ask for the extraction alone, or for a number past what JSON holds.
    const judged = rows.filter((row) => row.metamath !== null);
    const differing = judged.filter(
      ({ response, gold, metamath }) =>
        gradeResponse({ gold: String(gold), response: String(response), preset: 'metamath-gsm8k' }).equivalent !==
        metamath,
    );
    expect(differing).toEqual([]);
    const extracted = judged.filter(
      ({ response, metamathExtracted }) => (extractMetamathGsm8k(String(response)) ?? null) !== metamathExtracted,
    );
    expect(extracted).toEqual([]);
  });

  it('metamath-math reproduces all 148', () => {
    const rows = read('metamath-math-audit.jsonl');
    expect(rows.length).toBe(148);
    const differing = rows.filter(
      ({ answer, gold, metamath }) =>
        gradeResponse({ gold: String(gold), answer: String(answer), preset: 'metamath-math' }).equivalent !== metamath,
    );
    expect(differing).toEqual([]);
  });
});
