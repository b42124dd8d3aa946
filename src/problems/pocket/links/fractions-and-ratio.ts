import { type Rational, rational } from '../../../answers/numbers/rational.js';
import type { Level, Link } from '../link.js';
import type { Random } from '../random.js';
import { count, each, few } from '../sizes.js';
import { constant } from '../work.js';

const subject = 'Fractions & Ratio' as const;

/** A proper fraction p/q in lowest terms, q up to the level's limit. */
function properFraction(random: Random, level: Level): Rational {
  const bottom = random.integer(2, [4, 6, 12, 25, 60][level - 1] as number);
  return rational(random.integer(1, bottom - 1), bottom);
}

export const fractionsAndRatio: readonly Link[] = [
  {
    id: 'fraction-given-away',
    subject,
    gives: 'things',
    words: ['who', 'thing'],
    tells: [
      '{who} has {a} {things} and gives {f} of them to a friend.',
      'From a collection of {a} {things}, {who} gives away {f}.',
      '{who} collects {a} {things}. A friend gets {f} of them.',
    ],
    asks: [
      ['How many {things} does {who} keep?', '{who} keeps {answer} {things}.'],
      ['How many {things} are left?', 'There are {answer} {things} left.'],
    ],
    draw: (random, level) => {
      const f = properFraction(random, level);
      return { a: Number(f.denominator) * each(random, level), f };
    },
    solve: ({ given, words, work }) => {
      const away = work.multiply('Given away', given('a'), given('f'));
      return work.subtract(`Number of ${words.things}`, given('a'), away);
    },
  },
  {
    id: 'ratio-share',
    subject,
    gives: 'dollars',
    words: ['who', 'who2'],
    tells: [
      '{who} and {who2} share ${n} in the ratio {a} to {b}.',
      'A prize of ${n} goes to {who} and {who2} in the ratio {a}:{b}.',
    ],
    asks: [
      ['How many dollars does {who} get?', '{who} gets {answer} dollars.'],
      ['What is the share of {who} in dollars?', 'The share of {who} is {answer} dollars.'],
    ],
    draw: (random, level) => {
      const [a, b] = [few(random, level), few(random, level)];
      return { a, b, n: (a + b) * each(random, level) };
    },
    solve: ({ given, words, work }) => {
      const parts = work.add('Parts', given('a'), given('b'));
      const one = work.divide('One part', given('n'), parts);
      return work.multiply(`Share of ${words.who}`, one, given('a'));
    },
  },
  {
    id: 'ratio-of-things',
    subject,
    gives: 'things',
    words: ['who', 'thing', 'thing2'],
    tells: [
      'For every {a} {things}, {who} has {b} {things2}. There are {n} {things2}.',
      '{who} has {n} {things2}. The ratio of {things} to {things2} is {a} to {b}.',
    ],
    asks: [
      ['How many {things} does {who} have?', '{who} has {answer} {things}.'],
      ['What is the number of {things}?', 'The number of {things} is {answer}.'],
    ],
    draw: (random, level) => {
      const b = few(random, level);
      return { a: few(random, level), b, n: b * each(random, level) };
    },
    solve: ({ given, words, work }) => {
      const groups = work.divide('Groups', given('n'), given('b'));
      return work.multiply(`Number of ${words.things}`, groups, given('a'));
    },
  },
  {
    id: 'recipe',
    subject,
    gives: 'end',
    fractions: true,
    words: ['who', 'food'],
    tells: [
      'A recipe for {a} people needs {f} cups of {food}. {who} cooks for {b} people.',
      '{who} cooks for {b} people with a recipe that takes {f} cups of {food} for {a} people.',
    ],
    asks: [
      ['How many cups of {food} does {who} need?', '{who} needs {answer} cups of {food}.'],
      ['How much {food} in cups is needed?', '{answer} cups of {food} are needed.'],
    ],
    draw: (random, level) => ({ a: few(random, level), f: properFraction(random, level), b: count(random, level) }),
    solve: ({ given, words, work }) => {
      const one = work.divide('For one person', given('f'), given('a'));
      return work.multiply(`Cups of ${words.food}`, one, given('b'));
    },
  },
  {
    id: 'book-left',
    subject,
    gives: 'end',
    fractions: true,
    words: ['who', 'who2'],
    tells: [
      '{who} reads {f} of a book of {who2} on Monday and {g} of it on Tuesday.',
      '{who} has a book from {who2} and reads {f} of it on Monday and another {g} on Tuesday.',
    ],
    asks: [
      ['What fraction of the book is left?', 'The fraction {answer} of the book is left.'],
      ['Which part of the book does {who} still have to read?', '{who} still has to read {answer} of the book.'],
    ],
    draw: (random, level) => ({ f: properFraction(random, level), g: properFraction(random, level) }),
    solve: ({ given, work }) => {
      const read = work.add('Read', given('f'), given('g'));
      return work.subtract('Left', constant(1), read);
    },
  },
  {
    id: 'juice',
    subject,
    gives: 'end',
    fractions: true,
    words: ['who', 'who2'],
    tells: [
      '{who} pours {f} liters of juice and {g} liters of water into a jug, and {who2} drinks {h} liters.',
      'A jug gets {f} liters of juice from {who} and {g} liters of water from {who2}, who then drinks {h} liters of it.',
    ],
    asks: [
      ['How many liters are in the jug now?', 'There are {answer} liters in the jug now.'],
      ['How much is left in liters?', '{answer} liters are left.'],
    ],
    draw: (random, level) => ({
      f: properFraction(random, level),
      g: properFraction(random, level),
      h: properFraction(random, level),
    }),
    solve: ({ given, work }) => {
      const mixed = work.add('Mixed', given('f'), given('g'));
      return work.subtract('Left', mixed, given('h'));
    },
  },
  {
    id: 'garden-part',
    subject,
    gives: 'end',
    fractions: true,
    words: ['who', 'who2'],
    tells: [
      '{who} and {who2} plant {f} of a garden with vegetables. Tomatoes take {g} of that part.',
      'Vegetables of {who} cover {f} of the garden of {who2}, and {g} of the vegetables are tomatoes.',
    ],
    asks: [
      ['What fraction of the garden has tomatoes?', 'The fraction {answer} of the garden has tomatoes.'],
      ['Which part of the whole garden do tomatoes cover?', 'Tomatoes cover {answer} of the whole garden.'],
    ],
    draw: (random, level) => ({ f: properFraction(random, level), g: properFraction(random, level) }),
    solve: ({ given, work }) => work.multiply('Tomatoes', given('f'), given('g')),
  },
  {
    id: 'tank',
    subject,
    gives: 'liters',
    words: ['who', 'who2'],
    tells: [
      'A tank of {who} and {who2} holds {a} liters and is {f} full.',
      '{who} has a tank for {a} liters. {who2} fills it to {f}.',
    ],
    asks: [
      ['How many liters are in the tank?', 'There are {answer} liters in the tank.'],
      ['What amount is in the tank in liters?', 'The amount in the tank is {answer} liters.'],
    ],
    draw: (random, level) => {
      const f = properFraction(random, level);
      return { a: Number(f.denominator) * each(random, level), f };
    },
    solve: ({ given, work }) => work.multiply('Liters in the tank', given('a'), given('f')),
  },
];
