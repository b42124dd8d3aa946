import { expect, it } from 'vitest';
import { agreeInNumber } from './agree-in-number.js';

it.each([
  ['Wrote 1 rows to a.jsonl, and their card to README.md', 'Wrote 1 row to a.jsonl, and their card to README.md'],
  ['1 problems of 1 drawn', '1 problem of 1 drawn'],
  ['1 steps, last loss 0.300', '1 step, last loss 0.300'],
  ['1 rows are in a test set', '1 row is in a test set'],
  ['1 new checked rows from 1 problems', '1 new checked row from 1 problem'],
  ['1 batches, 1 entries, 1 ties, 1 processes', '1 batch, 1 entry, 1 tie, 1 process'],
  ['lost 1 more rows', 'lost 1 more row'],
  ['1 policies, 1 GPUs, 1 ids, 1 checkpoints', '1 policy, 1 GPU, 1 id, 1 checkpoint'],
  ['1 of 1 questions have a number', '1 of 1 question has a number'],
  ['1 of the rows are longer than 8 tokens', '1 of the rows is longer than 8 tokens'],
  ['1 of 4 graded rows differ, 11 of 12 rows differ', '1 of 4 graded rows differs, 11 of 12 rows differ'],
  // and what is not one
  ['11 rows, 1,001 rows, 0.1 points, 2.1 points, -1 points', '11 rows, 1,001 rows, 0.1 points, 2.1 points, -1 points'],
  ['1 of 4 rows kept', '1 of 4 rows kept'],
  ['level 1 problems', 'level 1 problems'],
  ['1 tokens/s', '1 tokens/s'],
  ['the answer "1 apples and 1 rows" of 1 rows', 'the answer "1 apples and 1 rows" of 1 row'],
  ['1 rowsofwords', '1 rowsofwords'],
  ['Cannot read 1 rows.jsonl', 'Cannot read 1 rows.jsonl'],
  ['Wrote 1 rows.', 'Wrote 1 row.'],
  ['', ''],
])('%j is said as %j', (line, expected) => expect(agreeInNumber(line)).toBe(expected));

it('does not grow slow with a long line', () => {
  const startedAt = performance.now();
  for (const piece of ['1 new ', '"1 ', '1 rows "', '1 ']) agreeInNumber(piece.repeat(100_000));
  expect(performance.now() - startedAt).toBeLessThan(2000);
});
