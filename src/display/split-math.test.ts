import { describe, expect, it } from 'vitest';
import { splitMath } from './split-math.js';

const short = (text: string): string =>
  splitMath(text)
    .map(({ kind, source }) => ({ text: source, inline: `<${source}>`, display: `<<${source}>>` })[kind])
    .join('');

describe('splitMath(text)', () => {
  it.each([
    ['no formula', 'Tom has 3 pens.', 'Tom has 3 pens.'],
    ['dollar signs around a formula', 'so $x + 1$ is', 'so <x + 1> is'],
    ['two formulas', '$a$, $b$', '<a>, <b>'],
    ['a displayed formula', 'then $$x^2$$ holds', 'then <<x^2>> holds'],
    ['LaTeX parentheses and brackets', '\\(a\\) and \\[b\\]', '<a> and <<b>>'],
    ['money', 'It costs $5 or $6, not $7.', 'It costs $5 or $6, not $7.'],
    ['money in parentheses', '($5) and ($3)', '($5) and ($3)'],
    ['money before a formula', 'Pay $5 for $x$ pens', 'Pay $5 for <x> pens'],
    ['an escaped dollar sign', 'Pay \\$5 for $x$', 'Pay $5 for <x>'],
    ['a bare box', 'The answer is \\boxed{\\frac{1}{2}}.', 'The answer is <\\boxed{\\frac{1}{2}}>.'],
    [
      'a bare fraction and a bare root',
      'Add \\frac{1}{2} to \\sqrt[3]{8} now',
      'Add <\\frac{1}{2}> to <\\sqrt[3]{8}> now',
    ],
    ['an answer that is a formula', '3\\sqrt{2} + x^2', '<3\\sqrt{2} + x^2>'],
    ['an unclosed dollar sign', 'an $open end', 'an $open end'],
    ['an unclosed parenthesis', 'an \\(open end', 'an \\(open end'],
    ['an unclosed box', 'so \\boxed{1', 'so \\boxed{1'],
    ['a snake_case word', 'the file_name here', 'the file_name here'],
    ['formulas across an empty line', 'an $a\n\nb$ end', 'an $a\n\nb$ end'],
    ['the empty text', '', ''],
  ])('%s', (_, text, expected) => expect(short(text)).toBe(expected));

  it.each([['$'], ['$a '], ['\\('], ['\\boxed{'], ['{'], ['$$'], ['\\$'], ['$a$']])(
    '100,000 characters of %j lose none',
    (unit) => {
      const text = unit.repeat(Math.ceil(100_000 / unit.length));
      const kept = splitMath(text).reduce((count, { source }) => count + source.length, 0);
      expect(kept).toBeGreaterThanOrEqual(text.length / unit.length);
    },
  );
});
