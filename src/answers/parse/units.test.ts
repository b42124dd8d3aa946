import { describe, expect, it } from 'vitest';
import { toDecimalString } from '../numbers/rational.js';
import { isEmptyUnit, isUnitWord, parseUnit } from './units.js';

describe('parseUnit()', () => {
  it.each([
    ['cm', 'length^1', '0.01'],
    ['square feet', 'length^2', '0.09290304'],
    ['ft^2', 'length^2', '0.09290304'],
    ['km/h', 'length^1 time^-1', undefined],
    ['miles per hour', 'length^1 time^-1', '0.44704'],
    ['mph', 'length^1 time^-1', '0.44704'],
    ['m/s^2', 'length^1 time^-2', '1'],
    ['cents', 'dollar^1', '0.01'],
  ])('%s is of dimension %s, %s base units', (text, dimension, factor) => {
    const unit = parseUnit(text);
    expect(unit?.dimension).toBe(dimension);
    expect(unit && toDecimalString(unit.factor)).toBe(factor);
  });

  it.each(['apples', 'ways', '', 'or 5', 'cm^{999}'])('%j is no unit', (text) => {
    expect(parseUnit(text)).toBeUndefined();
  });

  it('knows words that say no size', () => {
    expect(['units', 'square units', 'units^2', 'cm'].map(isEmptyUnit)).toEqual([true, true, true, false]);
  });
});

it.each([
  ['miles', true],
  ['Hours', true],
  ['apples', false],
  ['constructor', false],
])('isUnitWord(%j) is %j', (word, expected) => {
  expect(isUnitWord(word)).toBe(expected);
});
