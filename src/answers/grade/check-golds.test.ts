import { describe, expect, it } from 'vitest';
import { checkGolds } from './check-golds.js';

describe('checkGolds()', () => {
  it('names golds that no answer can match, and those that only words match', () => {
    const report = checkGolds([
      { id: 'a', gold: '12' },
      { id: 'b', gold: 'Half of 30.\n#### 15' },
      { id: 'c', gold: '' },
      { gold: '$$' },
      { id: 'e', gold: '\\text{even}' },
    ]);
    expect(report.count).toBe(5);
    expect(report.broken.map(({ id, problem }) => [id, problem])).toEqual([
      ['c', 'empty'],
      ['4', 'empty'],
    ]);
    expect(report.textual.map(({ id }) => id)).toEqual(['e']);
  });

  it.each([
    ['\\text{Room 20}', 'textual'],
    ['Monday', 'textual'],
    ['\\text{even, odd}', 'textual'],
    ['\\frac{1}{', 'unparsed'],
    ['3 + * / 4', 'unparsed'],
  ] as const)('lists %s as %s', (gold, kind) => {
    const report = checkGolds([{ gold }]);
    expect(report.broken).toEqual([]);
    expect(report[kind]).toMatchObject([{ id: '1', gold }]);
  });
});
