import { describe, expect, it } from 'vitest';
import { valueChangers } from './change-value.js';
import { checkProperties } from './check-properties.js';
import { valueKeepers } from './keep-value.js';
import { mathGolds } from './math-golds.js';

/** Golds of our own, one of each form that data sets have. */
const ownGolds = [
  ...[
    '17',
    '-4',
    '2048',
    '0.75',
    '12.5',
    '\\frac{3}{8}',
    '-\\frac{5}{12}',
    '2\\frac{1}{3}',
    '3\\sqrt{5}',
    '4\\pi',
    '2+3i',
  ],
  ...[
    'x^2-3x+2',
    '\\frac{x+1}{x-4}',
    '\\sin x',
    '2^{15}',
    '\\binom{9}{3}',
    'y = 3x - 7',
    'x \\le 9',
    '-2 < x < 5',
    '45^\\circ',
  ],
  ...[
    '(3, -8)',
    '[2, 6)',
    '(-\\infty, 4) \\cup (7, \\infty)',
    '2, 9, 14',
    '\\{3, 8\\}',
    '\\pm 6',
    '35\\%',
    '\\$4.75',
    '3:8',
  ],
  ...[
    '18 \\text{ cm}^2',
    '\\text{Friday}',
    '\\text{(C)}',
    '\\begin{pmatrix} 2 \\\\ -7 \\end{pmatrix}',
    '213_5',
    '\\emptyset',
  ],
];

describe('checkProperties()', () => {
  it('applies at least 20 rewritings and 20 mutations to every gold', () => {
    const { leastKept, leastChanged } = checkProperties(ownGolds);
    expect([leastKept >= 20, leastChanged >= 20]).toEqual([true, true]);
    for (const list of [valueKeepers, valueChangers])
      expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
  });

  it('finds no false accept and no false reject in golds of our own', () => {
    const { falseAccepts, falseRejects } = checkProperties(ownGolds);
    expect({ falseAccepts, falseRejects }).toEqual({ falseAccepts: [], falseRejects: [] });
  });

  it.skipIf(mathGolds === undefined)('nor in every fortieth gold of MATH', () => {
    const { falseAccepts, falseRejects } = checkProperties((mathGolds ?? []).filter((_, index) => index % 40 === 7));
    expect({ falseAccepts, falseRejects }).toEqual({ falseAccepts: [], falseRejects: [] });
  });
});
