import { describe, expect, it } from 'vitest';
import { createRowPieces } from './row-pieces.js';

const read = (rows: readonly (readonly string[])[], longest?: number): string[] => {
  const pieces = createRowPieces(longest === undefined ? {} : { longest });
  return rows.map((row) => {
    for (const piece of row) pieces.push(Buffer.from(piece));
    return pieces.take().toString();
  });
};

describe('createRowPieces()', () => {
  it('puts pieces together, a row after the other', () => {
    expect(read([['{"a":', '1}'], [], ['{}']])).toEqual(['{"a":1}', '', '{}']);
  });

  it('tells of a row that is too long how long it is, and reads those behind it', () => {
    const long = 'x'.repeat(2_000_000);
    expect(read([[long, long, '}'], ['{}'], [long]], 3_000_000)).toEqual([
      'a row of 4 MB, longer than 3 MB',
      '{}',
      long,
    ]);
  });
});
