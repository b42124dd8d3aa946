import { call, type Expression, number } from '../numbers/expression.js';
import * as make from '../numbers/make.js';
import { rational } from '../numbers/rational.js';
import { partNames } from './number-words.js';
import { readPairs } from './read-pairs.js';

const sizes = new Map(
  [
    ...readPairs(
      'tens:10 dozen:12 gross:144 hundred:100 thousand:1e3 million:1e6 billion:1e9 trillion:1e12 half:1/2 quarters:1/4 hundredths:1/100 thousandths:1/1000',
    ),
  ].map(([word, size]) => {
    const [top, bottom = 1] = size.split('/').map(Number);
    return [word, rational(top ?? 1, bottom)] as const;
  }),
);
partNames.forEach((name, index) => {
  sizes.set(`${name}s`, rational(1, index + 2));
});

/** Takes off the words behind a value that change it: 12 dozen, 3 million dollars, 5 halves, 4 squared, 6 factorial. */
export const applyWords = (
  value: Expression,
  words: string,
): { readonly operand: Expression; readonly unit: string } => {
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
};

const apply = (operand: Expression, word: string): Expression | undefined => {
  const factor = sizes.get(word.replace(/(?<=[dn])s$/, '')) ?? sizes.get(word);
  if (factor) return make.product([operand, number(factor)]);
  if (word === 'squared' || word === 'cubed') return make.power(operand, number(word === 'squared' ? 2 : 3));
  return word === 'factorial' ? call('factorial', operand) : undefined;
};
