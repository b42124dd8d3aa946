import { describe, expect, it } from 'vitest';
import { readVerdict, yesProbability } from './yes-probability.js';

const tokens = (probabilities: Readonly<Record<string, number>>) =>
  Object.entries(probabilities).map(([token, probability]) => ({ token, logProbability: Math.log(probability) }));

describe('yesProbability(firstToken)', () => {
  it.each([
    [{ yes: 0.6, no: 0.2 }, 0.75],
    [{ ' Yes': 0.3, YES: 0.1, '▁no': 0.1, Ġyes: 0.1, maybe: 0.4 }, 0.833333],
    [{ no: 0.9 }, 0],
    [{ yesterday: 0.5, not: 0.5 }, undefined],
    [{}, undefined],
  ])('of %j is %s', (probabilities, expected) => {
    expect(yesProbability(tokens(probabilities))).toBe(expected);
  });
});

describe('readVerdict(text)', () => {
  it.each([
    ['Yes, it is.', 'yes'],
    [' **no**', 'no'],
    ['nothing', undefined],
    ['I think yes', undefined],
    ['', undefined],
  ])('of %j is %s', (text, expected) => {
    expect(readVerdict(text)).toBe(expected);
  });
});
