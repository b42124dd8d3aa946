import { describe, expect, it } from 'vitest';
import { measureAccuracy } from './measure-accuracy.js';
import { createAccuracyTally } from './tally-accuracy.js';

describe('createAccuracyTally', () => {
  it.each([
    ['nothing', []],
    ['one sample a question', ['a+', 'b-', 'c+']],
    ['several samples', ['a+', 'a-', 'b-', 'b-', 'c+', 'c+']],
    ['several samples, all right', ['a+', 'a+', 'b+']],
    ['one question alone', ['a+', 'a-', 'a+']],
  ])('counts as measureAccuracy does: %s', (_, verdicts) => {
    const rows = verdicts.map((word) => ({ problem: word[0] ?? '', correct: word.endsWith('+') }));
    const tally = createAccuracyTally();
    rows.forEach(tally.add);
    expect(tally.measure()).toEqual(measureAccuracy(rows));
  });
});
