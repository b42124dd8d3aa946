import { describe, expect, it } from 'vitest';
import { InputError } from '../../errors.js';
import { type GradedRow, type GradeRowsOptions, type GradeSummary, gradeRows } from './grade-rows.js';

async function gradeAll(lines: readonly string[], options: GradeRowsOptions = {}) {
  let summary: GradeSummary | undefined;
  const rows: GradedRow[] = [];
  const keep = (value: GradeSummary): void => {
    summary = value;
  };
  for await (const row of gradeRows(lines, { ...options, onSummary: keep }, () => 0)) rows.push(row);
  return { rows, summary };
}

describe('gradeRows()', () => {
  it('grades bare answers and responses in order, with the rule', async () => {
    const { rows, summary } = await gradeAll([
      '{"id": "a", "gold": 12, "answer": "12.0"}',
      '',
      '{"gold": "\\\\frac{1}{2}", "response": "It is \\\\boxed{0.5}."}',
      '{"id": 7, "gold": "3", "answer": null}',
    ]);
    expect(rows).toEqual([
      {
        id: 'a',
        gold: 12,
        answer: '12.0',
        equivalent: true,
        extracted: '12.0',
        rule: 'given/exact-number',
        strength: 'proved',
        ms: 0,
      },
      {
        id: 3,
        gold: '\\frac{1}{2}',
        response: 'It is \\boxed{0.5}.',
        equivalent: true,
        extracted: '0.5',
        rule: 'boxed/exact-number',
        strength: 'proved',
        ms: 0,
      },
      {
        id: 7,
        gold: '3',
        answer: null,
        equivalent: false,
        extracted: '',
        rule: 'given/no-answer',
        strength: 'policy',
        ms: 0,
      },
    ]);
    expect(summary).toMatchObject({ count: 3, correctCount: 2, noAnswerCount: 1, badCount: 0 });
  });

  it.each([
    ['{', 'it is not JSON'],
    ['[1]', 'it is not a JSON object'],
    ['{"answer": "1"}', 'field "gold" is missing'],
    ['{"gold": "", "answer": "1"}', 'field "gold" is empty'],
    ['{"gold": " ", "response": "1"}', 'field "gold" is empty'],
    ['{"id": [], "gold": "1", "answer": "1"}', 'field "id" is no string or number'],
    ['{"gold": "1"}', 'it has neither "answer" nor "response"'],
    ['{"gold": {}, "answer": "1"}', 'field "gold" is no string or number'],
    ['{"gold": null, "answer": "1"}', 'field "gold" is null'],
    ['{"id": null, "gold": "1", "answer": "1"}', 'field "id" is null'],
    ['{"gold": "1", "response": 5}', 'field "response" is not a string'],
  ])('names the bad line %s: %s', async (line, reason) => {
    const good = '{"gold": "1", "answer": "1"}';
    const failure = gradeAll([good, line], { file: 'rows.jsonl' });
    await expect(failure).rejects.toThrow(InputError);
    await expect(failure).rejects.toThrow(`Cannot grade rows.jsonl line 2: ${reason}`);
    const { rows, summary } = await gradeAll([good, line, good], { skipBad: true });
    expect(rows.length).toBe(2);
    expect(summary?.badCount).toBe(1);
  });

  it.each([
    ['{"gold": 12345678901234567891, "answer": "12345678901234567891"}', true],
    ['{"gold": 12345678901234567891, "answer": "12345678901234567000"}', false],
    ['{"x": {"gold": 1}, "gold": 0.12345678901234567891, "answer": 0.12345678901234567891, "y": [3]}', true],
    ['{"gold": 0.12345678901234567891, "answer": 0.12345678901234567892}', false],
    ['{"gold": 1e400, "answer": "10^{400}"}', true],
    ['{"gold": 0.10000000000000000001, "answer": 0.1}', false],
    ['{"gold": 1E-400, "answer": 0}', false],
    ['{"gold": 1e21, "answer": 1000000000000000000000}', true],
    ['{"note": "\\"gold\\": 5", "gold": 1234567890123456, "answer": "1234567890123456"}', true],
  ])('takes the numbers of %s as they are written', async (line, equivalent) => {
    expect((await gradeAll([line])).rows[0]?.equivalent).toBe(equivalent);
  });

  it('takes a row that its caller refuses for a bad line', async () => {
    const refuse = ({ id }: { readonly id: string | number }) => (id === 'b' ? 'b is not wanted' : undefined);
    const lines = ['a', 'b', 'c'].map((id) => JSON.stringify({ id, gold: '1', answer: '1' }));
    await expect(gradeAll(lines, { refuse })).rejects.toThrow('Cannot grade input line 2: b is not wanted;');
    const { rows, summary } = await gradeAll(lines, { refuse, skipBad: true });
    expect([rows.length, summary?.badCount]).toEqual([2, 1]);
  });

  it('grades by preset and policy', async () => {
    const line = '{"gold": "40%", "answer": "0.4"}';
    expect((await gradeAll([line], { policy: { percent: 'number' } })).rows[0]?.equivalent).toBe(false);
    expect((await gradeAll([line], { preset: 'strict' })).rows[0]?.rule).toBe('preset/strict');
  });
});
