import { describe, expect, it } from 'vitest';
import { parsePolicy, policyValues } from './parse-policy.js';
import { defaultPolicy } from './policies.js';

describe('parsePolicy()', () => {
  it('reads words and numbers', () => {
    expect(parsePolicy(['percent=number', 'relativeTolerance=0.001'])).toEqual({
      percent: 'number',
      relativeTolerance: 0.001,
    });
    expect(parsePolicy([])).toEqual({});
  });

  it.each([
    ['percent', 'write NAME=VALUE'],
    ['colour=red', 'write NAME=VALUE'],
    ['percent=half', 'it takes either, number, fraction'],
    ['relativeTolerance=', 'a number from 0 to 1'],
    ['toString=red', 'write NAME=VALUE'],
    ['roundedDecimalPlaces=99', 'a whole number from 0 to 14'],
    ['roundedDecimalPlaces=2.5', 'a whole number from 0 to 14'],
  ])('refuses %s: %s', (assignment, message) => {
    expect(() => parsePolicy([assignment])).toThrow(message);
  });

  it('knows every policy', () => {
    expect(Object.keys(policyValues).sort()).toEqual(Object.keys(defaultPolicy).sort());
  });
});
