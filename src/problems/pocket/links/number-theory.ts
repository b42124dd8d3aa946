import { rational } from '../../../answers/numbers/rational.js';
import type { Link } from '../link.js';
import { addend, count, each, few } from '../sizes.js';
import { type Amount, type Work, writeNumber } from '../work.js';
import { inClass } from './in-class.js';

const subject = 'Number Theory' as const;

export const numberTheory: readonly Link[] = [
  {
    id: 'greatest-common-divisor',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: inClass,
    asks: [
      [
        'What is the greatest common divisor of {a} and {b}?',
        'The greatest common divisor of {a} and {b} is {answer}.',
      ],
      [
        'Which is the largest number that divides both {a} and {b}?',
        'The largest number that divides both {a} and {b} is {answer}.',
      ],
    ],
    draw: (random, level) => {
      const [divisor, first, second] = [few(random, level), count(random, level), count(random, level)];
      return first === second
        ? undefined
        : { a: divisor * Math.max(first, second), b: divisor * Math.min(first, second) };
    },
    solve: ({ given, work }) => commonDivisor(work, given('a'), given('b')),
  },
  {
    id: 'least-common-multiple',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: [
      'The bell of {who} rings every {a} minutes and the bell of {who2} every {b} minutes. Now they ring together.',
      '{who} and {who2} ring their bells together, then {who} every {a} minutes and {who2} every {b} minutes.',
    ],
    asks: [
      ['After how many minutes do they ring together again?', 'They ring together again after {answer} minutes.'],
      ['How many minutes pass until they next ring together?', '{answer} minutes pass until they next ring together.'],
    ],
    draw: (random, level) => {
      const [divisor, first, second] = [few(random, level), few(random, level), few(random, level)];
      return first === second
        ? undefined
        : { a: divisor * Math.max(first, second), b: divisor * Math.min(first, second) };
    },
    solve: ({ given, work }) => {
      const divisor = commonDivisor(work, given('a'), given('b'));
      const product = work.multiply('Product', given('a'), given('b'));
      return work.divide('Together', product, divisor);
    },
  },
  {
    id: 'remainder',
    subject,
    gives: 'end',
    words: ['who', 'thing'],
    tells: [
      '{who} packs {a} {things} into boxes of {b} until no further box can be filled.',
      'Boxes take exactly {b} {things} each, and {who} fills as many as possible with {a} {things}.',
    ],
    asks: [
      ['How many {things} are left over?', '{answer} {things} are left over.'],
      ['What is the remainder?', 'The remainder is {answer}.'],
    ],
    draw: (random, level) => {
      const b = count(random, level) + 1;
      return { a: b * each(random, level) + random.integer(0, b - 1), b };
    },
    solve: ({ given, work }) => {
      const [a, b] = [given('a').value.numerator, given('b').value.numerator];
      const full = work.note('Full boxes', `${a / b}`, rational(a / b));
      const packed = work.multiply('Packed', full, given('b'));
      return work.subtract('Left over', given('a'), packed);
    },
  },
  {
    id: 'multiples',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: inClass,
    asks: [
      ['How many multiples of {a} are there from {b} to {c}?', 'There are {answer} multiples of {a} from {b} to {c}.'],
      [
        'How many of the whole numbers from {b} to {c} can be divided by {a}?',
        '{answer} of the whole numbers from {b} to {c} can be divided by {a}.',
      ],
    ],
    draw: (random, level) => {
      const [a, b] = [few(random, level), addend(random, level)];
      return { a, b, c: b + addend(random, level) };
    },
    solve: ({ given, work }) => {
      const [a, b, c] = ['a', 'b', 'c'].map((slot) => given(slot).value.numerator) as [bigint, bigint, bigint];
      const upTo = work.note(`Up to ${c}`, `${c / a}`, rational(c / a));
      const before = work.note(`Below ${b}`, `${(b - 1n) / a}`, rational((b - 1n) / a));
      return work.subtract('Multiples', upTo, before);
    },
  },
  {
    id: 'power',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: inClass,
    asks: [
      ['What is ${a}^{k}$?', '${a}^{k}$ is {answer}.'],
      ['Compute ${a}^{k}$.', 'The value of ${a}^{k}$ is {answer}.'],
    ],
    draw: (random, level) => ({ a: few(random, level) + 1, k: random.integer(2, 2 + level) }),
    solve: ({ given, work }) => {
      let power: Amount = given('a');
      const exponent = Math.min(Number(given('k').value.numerator), 9);
      for (let i = 2; i <= exponent; i++) power = work.multiply(`Power ${i}`, power, given('a'));
      return power;
    },
  },
  {
    id: 'digit-sum',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: inClass,
    asks: [
      ['What is the sum of the digits of ${a} \\cdot {b}$?', 'The sum of the digits of ${a} \\cdot {b}$ is {answer}.'],
      [
        'Add the digits of the product ${a} \\cdot {b}$.',
        'The digits of the product ${a} \\cdot {b}$ add up to {answer}.',
      ],
    ],
    draw: (random, level) => ({ a: each(random, level), b: count(random, level) }),
    solve: ({ given, work }) => {
      const product = work.multiply('Product', given('a'), given('b'));
      const digits = [...writeNumber(product.value, false)].map(Number);
      const sum = digits.reduce((total, digit) => total + digit, 0);
      return work.note('Digits', digits.length === 1 ? `${sum}` : `${digits.join(' + ')} = ${sum}`, rational(sum));
    },
  },
];

/** Euclid's algorithm, a remainder a line. */
function commonDivisor(work: Work, first: Amount, second: Amount): Amount {
  let [larger, smaller] = [first.value.numerator, second.value.numerator];
  let last = work.note('Remainder', `${larger} mod ${smaller} = ${larger % smaller}`, rational(smaller));
  while (larger % smaller !== 0n) {
    [larger, smaller] = [smaller, larger % smaller];
    last = work.note('Remainder', `${larger} mod ${smaller} = ${larger % smaller}`, rational(smaller));
  }
  return last;
}
