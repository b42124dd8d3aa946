import type { Link } from '../link.js';
import { addend, count, each, few, portion, roundSum } from '../sizes.js';

const subject = 'Arithmetic' as const;

/** The ways in which a pocket story of Arithmetic can begin: what it tells, asks and computes. */
export const arithmetic: readonly Link[] = [
  {
    id: 'collect',
    subject,
    gives: 'things',
    words: ['who', 'thing'],
    tells: [
      '{who} has {a} {things} and buys {b} more.',
      '{who} owns {a} {things}. A friend brings {b} more.',
      "There are {a} {things} in {who}'s room. {who} finds another {b}.",
    ],
    asks: [
      ['How many {things} does {who} have?', '{who} has {answer} {things}.'],
      ['What is the total number of {things}?', 'The total number of {things} is {answer}.'],
    ],
    draw: (random, level) => ({ a: addend(random, level), b: addend(random, level) }),
    solve: ({ given, words, work }) => work.add(`Number of ${words.things}`, given('a'), given('b')),
  },
  {
    id: 'boxes',
    subject,
    gives: 'things',
    words: ['who', 'thing'],
    tells: [
      '{who} has {a} boxes with {b} {things} in each.',
      '{who} fills {a} boxes and puts {b} {things} into every one.',
      'Each of the {a} boxes that {who} keeps holds {b} {things}.',
    ],
    asks: [
      ['How many {things} are there?', 'There are {answer} {things}.'],
      ['How many {things} does {who} have in all?', '{who} has {answer} {things} in all.'],
    ],
    draw: (random, level) => ({ a: count(random, level), b: each(random, level) }),
    solve: ({ given, words, work }) => work.multiply(`Number of ${words.things}`, given('a'), given('b')),
  },
  {
    id: 'boxes-and-loose',
    subject,
    gives: 'things',
    words: ['who', 'thing'],
    tells: [
      '{who} has {a} full boxes of {b} {things} and {c} loose {things}.',
      '{who} packs {b} {things} into each of {a} boxes and has {c} {things} over.',
      'Besides {c} loose {things}, {who} has {a} boxes of {b} {things} each.',
    ],
    asks: [
      ['How many {things} are there altogether?', 'There are {answer} {things} altogether.'],
      ['How many {things} does {who} own?', '{who} owns {answer} {things}.'],
    ],
    draw: (random, level) => ({ a: count(random, level), b: each(random, level), c: addend(random, level) }),
    solve: ({ given, words, work }) => {
      const boxed = work.multiply(`${capital(words.things)} in boxes`, given('a'), given('b'));
      return work.add(`All ${words.things}`, boxed, given('c'));
    },
  },
  {
    id: 'two-shelves',
    subject,
    gives: 'things',
    words: ['who', 'thing'],
    tells: [
      '{who} keeps {a} {things} on one shelf and {b} more than that on another.',
      "The first of {who}'s two shelves holds {a} {things}, the second {b} more than the first.",
    ],
    asks: [
      ['How many {things} are on both shelves?', 'There are {answer} {things} on both shelves.'],
      ['How many {things} does {who} keep?', '{who} keeps {answer} {things}.'],
    ],
    draw: (random, level) => ({ a: addend(random, level), b: addend(random, level) }),
    solve: ({ given, words, work }) => {
      const second = work.add('Second shelf', given('a'), given('b'));
      return work.add(`All ${words.things}`, given('a'), second);
    },
  },
  {
    id: 'bake-and-sell',
    subject,
    gives: 'things',
    words: ['who', 'thing'],
    tells: [
      '{who} makes {a} {things} a day for {b} days and sells {c} of them.',
      'For {b} days {who} makes {a} {things} every day. Then {c} of them are sold.',
    ],
    asks: [
      ['How many {things} are left?', 'There are {answer} {things} left.'],
      ['How many {things} does {who} still have?', '{who} still has {answer} {things}.'],
    ],
    draw: (random, level) => {
      const [a, b] = [each(random, level), count(random, level)];
      return { a, b, c: portion(random, a * b) };
    },
    solve: ({ given, words, work }) => {
      const made = work.multiply(`${capital(words.things)} made`, given('a'), given('b'));
      return work.subtract(`${capital(words.things)} left`, made, given('c'));
    },
  },
  {
    id: 'share-out',
    subject,
    gives: 'end',
    words: ['who', 'thing'],
    tells: [
      '{who} shares {a} packs of {b} {things} equally among {c} children.',
      '{a} packs hold {b} {things} each. {who} gives them to {c} children in equal parts.',
    ],
    asks: [
      ['How many {things} does each child get?', 'Each child gets {answer} {things}.'],
      ['What is the number of {things} for each child?', 'The number of {things} for each child is {answer}.'],
    ],
    draw: (random, level) => {
      const [c, a] = [few(random, level), count(random, level)];
      return { a, b: each(random, level) * c, c };
    },
    solve: ({ given, words, work }) => {
      const all = work.multiply(`All ${words.things}`, given('a'), given('b'));
      return work.divide('Each child', all, given('c'));
    },
  },
  {
    id: 'shopping',
    subject,
    gives: 'price',
    words: ['who', 'thing', 'thing2'],
    tells: [
      '{who} buys {a} {things} at ${b} each and {c} {things2} at ${d} each.',
      'One {thing} costs ${b} and one {thing2} costs ${d}. {who} takes {a} {things} and {c} {things2}.',
    ],
    asks: [
      ['How many dollars does {who} pay?', '{who} pays {answer} dollars.'],
      ['What is the total price in dollars?', 'The total price is {answer} dollars.'],
    ],
    draw: (random, level) => ({
      a: count(random, level),
      b: each(random, level),
      c: count(random, level),
      d: each(random, level),
    }),
    solve: ({ given, words, work }) => {
      const first = work.multiply(`Price of the ${words.things}`, given('a'), given('b'));
      const second = work.multiply(`Price of the ${words.things2}`, given('c'), given('d'));
      return work.add('Total price', first, second);
    },
  },
  {
    id: 'saving',
    subject,
    gives: 'dollars',
    words: ['who'],
    tells: [
      '{who} has ${a} and saves ${b} every week for {c} weeks.',
      'At first {who} owns ${a}. Each week for {c} weeks {who} puts ${b} aside.',
    ],
    asks: [
      ['How many dollars does {who} have then?', '{who} then has {answer} dollars.'],
      ['How much money in dollars does {who} own?', '{who} owns {answer} dollars.'],
    ],
    draw: (random, level) => ({ a: addend(random, level), b: each(random, level), c: count(random, level) }),
    solve: ({ given, work }) => {
      const saved = work.multiply('Saved', given('b'), given('c'));
      return work.add('Money', given('a'), saved);
    },
  },
  {
    id: 'change',
    subject,
    gives: 'dollars',
    words: ['who', 'thing'],
    tells: [
      '{who} goes to the market with ${c} and buys {a} {things} at ${b} each.',
      'With ${c} in the pocket, {who} pays for {a} {things} that cost ${b} each.',
    ],
    asks: [
      ['How many dollars does {who} have left?', '{who} has {answer} dollars left.'],
      ['How many dollars remain?', '{answer} dollars remain.'],
    ],
    draw: (random, level) => {
      const [a, b] = [count(random, level), each(random, level)];
      return { a, b, c: roundSum(random, a * b) };
    },
    solve: ({ given, words, work }) => {
      const cost = work.multiply(`Price of the ${words.things}`, given('a'), given('b'));
      return work.subtract('Money left', given('c'), cost);
    },
  },
];

export function capital(text = ''): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
