import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { presetNames } from '../answers/presets/grade-with-preset.js';
import { grade } from './commands/grade.js';
import { describeGrades, gradeAnswers } from './grade-answers.js';
import { readAnswers } from './read-answers.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-grade-'));
const file = join(directory, 'answers.jsonl');
afterAll(() => rmSync(directory, { recursive: true }));

async function gradeRows(...rows: readonly object[]) {
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const { rows: read } = await readAnswers({ file, skipBad: false });
  return gradeAnswers(read, { preset: 'mathpie', now: () => 0 });
}

describe('gradeAnswers()', () => {
  it('grades bare answers and full responses in their order', async () => {
    const graded = await gradeRows(
      { id: 'a', gold: '0.5', answer: '\\frac{1}{2}' },
      { gold: 12, response: 'So 3 * 5 = 15. The answer is \\boxed{15}.', question: 'Q' },
      { id: 3, gold: '1', answer: null },
      { id: 4, gold: '1', response: '' },
    );
    expect(graded).toMatchObject([
      { id: 'a', equivalent: true, extracted: '\\frac{1}{2}', ms: 0 },
      { id: 2, equivalent: false, extracted: '15' },
      { id: 3, equivalent: false },
      { id: 4, equivalent: false, extracted: null },
    ]);
    expect(describeGrades(graded, { preset: 'mathpie', badCount: 2 })).toBe(
      '1 of 4 answers equal their gold by mathpie (1 without an answer, 2 lines skipped)',
    );
  });

  it.each([
    [{ answer: '1' }, 'lacks the field "gold"'],
    [{ gold: '1' }, 'lacks the field "answer" (or "response")'],
    [{ gold: ['1'], answer: '1' }, 'has a field "gold" that is neither text nor a number'],
    [{ gold: '1', response: {} }, 'has a field "response" that is neither text nor a number'],
  ])('refuses %j', async (row, reason) => {
    await expect(gradeRows(row)).rejects.toThrow(`answers.jsonl:1: ${reason}`);
  });
});

it('mathpie grade knows every preset', () => {
  expect(grade.options.preset?.valueName).toBe(presetNames.join('|'));
});
