import { describe, expect, it } from 'vitest';
import { sharedTokens } from './read-prompt.js';

/** A prompt of so many tokens, the first `common` of which are those of all. */
const prompt = (length: number, common: number, own: number): Uint32Array =>
  Uint32Array.from({ length }, (_, at) => (at < common ? 7 : own));

describe('sharedTokens(prompt, other)', () => {
  it.each([
    ['the same prompt', [700, 700], [700, 700], 699],
    ['the last token is read with the next step', [700, 699], [700, 699], 699],
    ['of others tiles of 64', [700, 500], [700, 500], 448],
    ['as many as leave a tile', [300, 290], [400, 290], 192],
    ['also of an odd beginning', [200, 71], [200, 71], 64],
    ['nothing of less', [200, 63], [200, 63], 0],
    ['nor where no tile is left', [128, 100], [128, 100], 0],
    ['whole stretches of long ones, and tiles', [1700, 1100], [1800, 1100], 1088],
    ['as far as the shorter goes', [2000, 2000], [1300, 1299], 1280],
    ['where the last stretch of the shorter is too short for a tile', [2000, 2000], [1060, 1059], 1024],
    // 514 tokens are read in 511, 2, and 1
    ['where the one is cut otherwise', [514, 514], [2000, 2000], 384],
    ['or the other', [2000, 2000], [514, 514], 448],
    ['and behind a stretch', [1026, 1026], [2000, 2000], 896],
    ['one token', [1, 1], [1, 1], 0],
  ] as const)('%s', (_, [length, common], [otherLength, otherCommon], expected) => {
    expect(sharedTokens(prompt(length, common, 8), prompt(otherLength, otherCommon, 9))).toBe(expected);
  });
});
