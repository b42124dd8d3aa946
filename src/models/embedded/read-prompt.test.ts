import { describe, expect, it } from 'vitest';
import { sharedTokens } from './read-prompt.js';

/** A prompt of so many tokens, the first `common` of which are those of all. */
const prompt = (length: number, common: number, own: number): Uint32Array =>
  Uint32Array.from({ length }, (_, at) => (at < common ? 7 : own));

describe('sharedTokens(prompt, other)', () => {
  it.each([
    ['the same prompt', [700, 700], [700, 700], 699],
    ['the last token is read with the next step', [700, 699], [700, 699], 699],
    ['nothing of short beginnings', [700, 500], [700, 500], 0],
    ['whole stretches of long ones', [1700, 1100], [1800, 1100], 1024],
    ['as far as the shorter goes', [2000, 2000], [1300, 1300], 1024],
    // 514 tokens are read in 511, 2, and 1: no stretch of 512 begins it
    ['not where the one is cut otherwise', [514, 514], [2000, 2000], 0],
    ['nor the other', [2000, 2000], [514, 514], 0],
    ['but what stands in front of that', [1026, 1026], [2000, 2000], 512],
    ['one token', [1, 1], [1, 1], 0],
  ] as const)('%s', (_, [length, common], [otherLength, otherCommon], expected) => {
    expect(sharedTokens(prompt(length, common, 8), prompt(otherLength, otherCommon, 9))).toBe(expected);
  });
});
