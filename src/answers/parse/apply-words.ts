import { call, type Expression, number } from '../numbers/expression.js';
import { type Rational, rational } from '../numbers/rational.js';

const parts = 'halves thirds fourths fifths sixths sevenths eighths ninths tenths elevenths twelfths'.split(' ');
const factors = new Map<string, Rational>([
  ...[
    ['tens', 10n],
    ['dozen', 12n],
    ['gross', 144n],
    ['hundred', 100n],
    ['thousand', 1000n],
    ['million', 10n ** 6n],
    ['billion', 10n ** 9n],
    ['trillion', 10n ** 12n],
  ].map(([word, size]) => [word, rational(size as bigint)] as [string, Rational]),
  ...parts.map((word, index) => [word, rational(1n, BigInt(index + 2))] as [string, Rational]),
  ['half', rational(1n, 2n)],
  ['quarters', rational(1n, 4n)],
  ['hundredths', rational(1n, 100n)],
  ['thousandths', rational(1n, 1000n)],
]);

/** Takes off the words behind a value that change it: 12 dozen, 3 million dollars, 5 halves, 4 squared, 6 factorial. */
export function applyWords(value: Expression, words: string): { readonly operand: Expression; readonly unit: string } {
  let operand = value;
  let rest = words;
  for (let turn = 0; turn < 4; turn++) {
    const word = /^[a-z]+/i.exec(rest)?.[0] ?? '';
    const changed = apply(operand, word.toLowerCase());
    if (!changed) break;
    operand = changed;
    rest = rest.slice(word.length).trim();
  }
  return { operand, unit: rest };
}

function apply(operand: Expression, word: string): Expression | undefined {
  const factor = factors.get(word.replace(/(?<=[dn])s$/, '')) ?? factors.get(word);
  if (factor) return { kind: 'product', factors: [operand, number(factor)] };
  if (word === 'squared' || word === 'cubed')
    return { kind: 'power', base: operand, exponent: number(word === 'squared' ? 2 : 3) };
  return word === 'factorial' ? call('factorial', operand) : undefined;
}
