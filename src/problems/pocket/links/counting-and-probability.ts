import { rational } from '../../../answers/numbers/rational.js';
import type { Link } from '../link.js';
import { count, few } from '../sizes.js';
import { type Amount, constant } from '../work.js';

const subject = 'Counting & Probability' as const;

/** The ways in which a pocket story of Counting & Probability can begin. */
export const countingAndProbability: readonly Link[] = [
  {
    id: 'outfits',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: [
      '{who} has {a} hats, {b} shirts and {c} scarves from {who2} and wears one of each.',
      'For an outfit {who} chooses with {who2} one of {a} hats, one of {b} shirts and one of {c} scarves.',
    ],
    asks: [
      ['How many different outfits are possible?', '{answer} different outfits are possible.'],
      ['In how many ways can {who} dress?', '{who} can dress in {answer} ways.'],
    ],
    draw: (random, level) => ({ a: few(random, level), b: count(random, level), c: few(random, level) }),
    solve: ({ given, work }) => {
      const two = work.multiply('Hats and shirts', given('a'), given('b'));
      return work.multiply('Outfits', two, given('c'));
    },
  },
  {
    id: 'orders',
    subject,
    gives: 'end',
    words: ['who', 'thing'],
    tells: ['{who} puts {a} different {things} in a row.', 'There are {a} different {things} that {who} lines up.'],
    asks: [
      ['How many orders are possible?', '{answer} orders are possible.'],
      ['In how many orders can they stand?', 'They can stand in {answer} orders.'],
    ],
    draw: (random, level) => ({ a: random.integer(2 + Math.floor(level / 2), 4 + level) }),
    solve: ({ given, work }) => {
      const size = Number(given('a').value.numerator);
      let orders: Amount = constant(1);
      for (let i = 2; i <= Math.min(size, 9); i++) orders = work.multiply(`${i} in a row`, orders, constant(i));
      return orders;
    },
  },
  {
    id: 'handshakes',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: [
      '{a} people meet at the party of {who} and {who2}. Every two of them shake hands once.',
      'When {who} and {who2} give a party, each of {a} people shakes hands once with each other person.',
    ],
    asks: [
      ['How many handshakes are there?', 'There are {answer} handshakes.'],
      ['What is the number of handshakes?', 'The number of handshakes is {answer}.'],
    ],
    draw: (random, level) => ({ a: 2 + count(random, level) }),
    solve: ({ given, work }) => {
      const others = work.subtract('Others', given('a'), constant(1));
      const twice = work.multiply('Counted twice', given('a'), others);
      return work.divide('Handshakes', twice, constant(2));
    },
  },
  {
    id: 'teams-of-three',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: [
      '{who} chooses a team of 3 from {a} players for {who2}.',
      'Out of {a} players, {who} picks 3 for a team against {who2}.',
    ],
    asks: [
      ['How many teams are possible?', '{answer} teams are possible.'],
      ['In how many ways can {who} choose?', '{who} can choose in {answer} ways.'],
    ],
    draw: (random, level) => ({ a: random.integer(4, [6, 8, 16, 45, 120][level - 1] as number) }),
    solve: ({ given, work }) => {
      const second = work.subtract('Second choices', given('a'), constant(1));
      const third = work.subtract('Third choices', given('a'), constant(2));
      const two = work.multiply('First two', given('a'), second);
      const three = work.multiply('All three', two, third);
      return work.divide('Teams', three, constant(6));
    },
  },
  {
    id: 'draw-one',
    subject,
    gives: 'end',
    fractions: true,
    words: ['who', 'thing', 'color'],
    tells: [
      'A bag of {who} holds {a} {color} {things} and {b} other {things}. One is drawn at random.',
      '{who} draws one of {a} {color} {things} and {b} other {things} from a bag without looking.',
    ],
    asks: [
      ['What is the probability that it is {color}?', 'The probability that it is {color} is {answer}.'],
      ['With which probability is it {color}?', 'It is {color} with probability {answer}.'],
    ],
    draw: (random, level) => ({ a: count(random, level), b: count(random, level) }),
    solve: ({ given, work }) => {
      const all = work.add('All', given('a'), given('b'));
      return work.divide('Probability', given('a'), all);
    },
  },
  {
    id: 'draw-two',
    subject,
    gives: 'end',
    fractions: true,
    words: ['who', 'thing', 'color'],
    tells: [
      'A bag of {who} holds {a} {color} {things} and {b} other {things}. Two are drawn, and none is put back.',
      '{who} draws two {things} one after the other from {a} {color} {things} and {b} other {things}.',
    ],
    asks: [
      ['What is the probability that both are {color}?', 'The probability that both are {color} is {answer}.'],
      ['With which probability are both {color}?', 'Both are {color} with probability {answer}.'],
    ],
    draw: (random, level) => ({ a: few(random, level), b: few(random, level) }),
    solve: ({ given, work }) => {
      const all = work.add('All', given('a'), given('b'));
      const first = work.divide('First', given('a'), all);
      const others = work.subtract(`Of that color left`, given('a'), constant(1));
      const rest = work.subtract('All left', all, constant(1));
      const second = work.divide('Second', others, rest);
      return work.multiply('Both', first, second);
    },
  },
  {
    id: 'two-rolls',
    subject,
    gives: 'end',
    fractions: true,
    words: ['who', 'who2'],
    tells: [
      '{who} rolls a die of {who2} with {a} sides, numbered from 1, two times.',
      'A die has {a} sides with the numbers from 1 on. {who} rolls it once and {who2} rolls it once.',
    ],
    asks: [
      [
        'What is the probability that both numbers are above {b}?',
        'The probability that both numbers are above {b} is {answer}.',
      ],
      [
        'With which probability do both rolls show more than {b}?',
        'Both rolls show more than {b} with probability {answer}.',
      ],
    ],
    draw: (random, level) => {
      const a = random.integer(4, [8, 10, 18, 45, 120][level - 1] as number);
      return { a, b: random.integer(1, a - 1) };
    },
    solve: ({ given, work }) => {
      const good = work.subtract('Good sides', given('a'), given('b'));
      const one = work.divide('One roll', good, given('a'));
      return work.multiply('Both rolls', one, one);
    },
  },
  {
    id: 'expected-hits',
    subject,
    gives: 'end',
    words: ['who', 'color'],
    tells: [
      'A wheel has {a} equal parts, and {b} of them are {color}. {who} spins it {n} times.',
      '{who} spins a wheel {n} times. It has {a} equal parts, {b} of them {color}.',
    ],
    asks: [
      ['How often is {color} expected?', 'The color {color} is expected {answer} times.'],
      ['How many times does {color} come up on average?', 'On average {color} comes up {answer} times.'],
    ],
    draw: (random, level) => {
      const a = random.integer(3, 5 + 3 * level);
      return { a, b: random.integer(1, a - 1), n: a * count(random, level) };
    },
    solve: ({ given, work }) => {
      const each = work.divide('For each part', given('n'), given('a'));
      return work.multiply('Expected', each, given('b'));
    },
  },
  {
    id: 'code-lock',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: [
      '{who} and {who2} have a lock. It has {k} wheels with {a} signs each.',
      '{who} buys a lock for {who2}. It has {k} wheels, and every wheel shows one of {a} signs.',
    ],
    asks: [
      ['How many codes are possible?', '{answer} codes are possible.'],
      ['What is the number of codes?', 'The number of codes is {answer}.'],
    ],
    draw: (random, level) => ({ k: random.integer(2, 2 + Math.ceil(level / 2)), a: few(random, level) + 1 }),
    solve: ({ given, work }) => {
      let codes: Amount = given('a');
      const wheels = Math.min(Number(given('k').value.numerator), 9);
      for (let i = 2; i <= wheels; i++) codes = work.multiply(`${i} wheels`, codes, given('a'));
      return codes;
    },
  },
  {
    id: 'at-least-one',
    subject,
    gives: 'end',
    fractions: true,
    words: ['who', 'who2'],
    tells: [
      '{who} and {who2} throw at a target once each, and each one hits with probability {f}.',
      '{who} throws twice for {who2}. Each of the two throws hits with probability {f}.',
    ],
    asks: [
      ['What is the probability of at least one hit?', 'The probability of at least one hit is {answer}.'],
      ['With which probability is there a hit?', 'There is a hit with probability {answer}.'],
    ],
    draw: (random, level) => {
      const bottom = random.integer(2, [5, 8, 15, 40, 90][level - 1] as number);
      return { f: rational(random.integer(1, bottom - 1), bottom) };
    },
    solve: ({ given, work }) => {
      const miss = work.subtract('Miss', constant(1), given('f'));
      const both = work.multiply('Two misses', miss, miss);
      return work.subtract('At least one hit', constant(1), both);
    },
  },
];
