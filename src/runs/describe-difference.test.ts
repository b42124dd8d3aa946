import { describe, expect, it } from 'vitest';
import { describeDifference } from './describe-difference.js';
import type { JsonValue } from './run-record.js';

describe('describeDifference()', () => {
  it.each<[string, JsonValue, JsonValue, string[]]>([
    [
      'nothing for equal objects in another key order',
      { a: 1, b: [1, { c: null }] },
      { b: [1, { c: null }], a: 1 },
      [],
    ],
    ['a changed field', { temperature: 0.7 }, { temperature: 1 }, ['temperature: 0.7 → 1']],
    ['fields that came and went', { a: 1 }, { b: 'x' }, ['a: 1 → absent', 'b: absent → "x"']],
    ['a nested field by its dotted name', { a: { b: true } }, { a: { b: false } }, ['a.b: true → false']],
    ['an element by its index', { a: [1, 2] }, { a: [1, 3] }, ['a[1]: 2 → 3']],
    ['arrays of other lengths as a whole', { a: [1] }, { a: [1, 2] }, ['a: [1] → [1,2]']],
    ['another type', { a: '1' }, { a: 1 }, ['a: "1" → 1']],
    ['long values cut', { a: 'x'.repeat(99) }, { a: 1 }, [`a: "${'x'.repeat(56)}… → 1`]],
  ])('shows %s', (_, was, now, differences) => {
    expect(describeDifference(was, now)).toEqual(differences);
  });
});
