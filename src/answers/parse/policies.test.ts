import { describe, expect, it } from 'vitest';
import { isEquivalent } from '../compare/is-equivalent.js';
import type { AnswerPolicy } from './policies.js';

/** Policy, gold, answer, verdict under it. */
const rows: readonly (readonly [Partial<AnswerPolicy>, string, string, boolean])[] = [
  [{ percent: 'either' }, '40\\%', '40', true],
  [{ percent: 'either' }, '40\\%', '0.4', true],
  [{ percent: 'number' }, '40\\%', '40', true],
  [{ percent: 'number' }, '40\\%', '0.4', false],
  [{ percent: 'fraction' }, '40\\%', '40', false],
  [{ percent: 'fraction' }, '40\\%', '\\frac25', true],
  [{ listOrder: 'free' }, '1, 2', '2, 1', true],
  [{ listOrder: 'kept' }, '1, 2', '2, 1', false],
  [{ listOrder: 'kept' }, '\\{1, 2\\}', '\\{2, 1\\}', true],
  [{ unreducedFractions: 'accept' }, '\\frac12', '\\frac24', true],
  [{ unreducedFractions: 'reject' }, '\\frac12', '\\frac24', false],
  [{ unreducedFractions: 'reject' }, '\\frac12', '-\\frac{-1}{2}', true],
  [{ relativeTolerance: 0 }, '3.1416', '3.14159', false],
  [{ relativeTolerance: 0.001 }, '3.1416', '3.14159', true],
  [{ relativeTolerance: 0.001 }, '100', '101', false],
  [{ roundedDecimalPlaces: 4 }, '\\frac13', '0.3333', true],
  [{ roundedDecimalPlaces: 6 }, '\\frac13', '0.3333', false],
  [{ roundedDecimalPlaces: 0 }, '\\frac13', '0.3333333333', false],
  [{ roundedDecimalPlaces: 4 }, '\\sqrt2', '1.4142', true],
  [{ missingUnits: 'accept' }, '5\\text{ cm}', '5', true],
  [{ missingUnits: 'reject' }, '5\\text{ cm}', '5', false],
  [{ missingUnits: 'reject' }, '5\\text{ cm}', '5 cm', true],
  [{ missingBase: 'reject' }, '52_8', '52', false],
  [{ missingBase: 'accept' }, '52_8', '52', true],
  [{ missingBase: 'accept' }, '52_8', '42', false],
  [{ degreesAsRadians: 'accept' }, '180^\\circ', '\\pi', true],
  [{ degreesAsRadians: 'reject' }, '180^\\circ', '\\pi', false],
];

describe('a policy', () => {
  it.each(rows)('%j: gold %s, answer %s: %s', (policy, gold, answer, expected) => {
    expect(isEquivalent(gold, answer, { policy }).equivalent).toBe(expected);
  });
});
