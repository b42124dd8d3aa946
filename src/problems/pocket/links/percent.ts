import type { Link } from '../link.js';
import { addend, count, each, fivefold, percentage } from '../sizes.js';
import { constant } from '../work.js';
import { capital } from './arithmetic.js';

const subject = 'Percent' as const;

/** The ways in which a pocket story of Percent can begin. */
export const percent: readonly Link[] = [
  {
    id: 'discount',
    subject,
    gives: 'price',
    words: ['who'],
    tells: [
      'A coat costs ${a}. {who} gets a discount of {p}%.',
      '{who} buys a coat of ${a} at {p}% off.',
      'In the sale {who} pays {p}% less for a coat that was ${a}.',
    ],
    asks: [
      ['How many dollars does {who} pay?', '{who} pays {answer} dollars.'],
      ['What is the new price in dollars?', 'The new price is {answer} dollars.'],
    ],
    draw: (random, level) => ({ a: 10 * each(random, level), p: percentage(random, level) }),
    solve: ({ given, work }) => {
      const discount = work.percent('Discount', given('a'), given('p'));
      return work.subtract('New price', given('a'), discount);
    },
  },
  {
    id: 'tip',
    subject,
    gives: 'price',
    words: ['who'],
    tells: [
      'The meal of {who} costs ${a}, and {who} adds a tip of {p}%.',
      '{who} eats for ${a} and leaves a tip of {p}% on top.',
    ],
    asks: [
      ['How many dollars does {who} pay in all?', '{who} pays {answer} dollars in all.'],
      ['What does the meal cost with the tip, in dollars?', 'With the tip the meal costs {answer} dollars.'],
    ],
    draw: (random, level) => ({ a: 4 * each(random, level), p: percentage(random, level) }),
    solve: ({ given, work }) => {
      const tip = work.percent('Tip', given('a'), given('p'));
      return work.add('With tip', given('a'), tip);
    },
  },
  {
    id: 'percent-colored',
    subject,
    gives: 'end',
    words: ['who', 'thing', 'color'],
    tells: [
      '{who} has {a} {things}, and {p}% of them are {color}.',
      'Of the {a} {things} that {who} owns, {p}% are {color}.',
    ],
    asks: [
      ['How many {color} {things} does {who} have?', '{who} has {answer} {color} {things}.'],
      ['What is the number of {color} {things}?', 'The number of {color} {things} is {answer}.'],
    ],
    draw: (random, level) => ({ a: 20 * count(random, level), p: fivefold(random, level) }),
    solve: ({ given, words, work }) => work.percent(`${capital(words.color)} ${words.things}`, given('a'), given('p')),
  },
  {
    id: 'percent-sold',
    subject,
    gives: 'things',
    words: ['who', 'thing'],
    tells: [
      '{who} has {a} {things} and sells {p}% of them.',
      'Out of {a} {things}, {who} sells {p}%.',
      '{p}% of the {a} {things} of {who} are sold.',
    ],
    asks: [
      ['How many {things} are left?', 'There are {answer} {things} left.'],
      ['How many {things} does {who} keep?', '{who} keeps {answer} {things}.'],
    ],
    draw: (random, level) => ({ a: 20 * count(random, level), p: fivefold(random, level) }),
    solve: ({ given, words, work }) => {
      const sold = work.percent('Sold', given('a'), given('p'));
      return work.subtract(`${capital(words.things)} left`, given('a'), sold);
    },
  },
  {
    id: 'town-growth',
    subject,
    gives: 'people',
    words: ['who'],
    tells: [
      'The town of {who} has {a} people and grows by {p}% in a year.',
      '{who} lives in a town of {a} people. Within a year it grows by {p}%.',
    ],
    asks: [
      ['How many people live there then?', '{answer} people live there then.'],
      ['What is the number of people after that?', 'The number of people after that is {answer}.'],
    ],
    draw: (random, level) => ({ a: 100 * each(random, level), p: percentage(random, level) }),
    solve: ({ given, work }) => {
      const growth = work.percent('Growth', given('a'), given('p'));
      return work.add('People', given('a'), growth);
    },
  },
  {
    id: 'simple-interest',
    subject,
    gives: 'dollars',
    words: ['who'],
    tells: [
      '{who} puts ${a} in a bank at {p}% simple interest a year for {t} years.',
      'A bank pays {who} {p}% simple interest a year on ${a}. The money stays there for {t} years.',
    ],
    asks: [
      ['How many dollars does {who} have in the end?', '{who} has {answer} dollars in the end.'],
      ['What is the money worth then, in dollars?', 'The money is then worth {answer} dollars.'],
    ],
    draw: (random, level) => ({
      a: 100 * each(random, level),
      p: random.integer(2, level + 5),
      t: random.integer(2, 3 + 2 * level),
    }),
    solve: ({ given, work }) => {
      const yearly = work.percent('Interest a year', given('a'), given('p'));
      const interest = work.multiply('Interest', yearly, given('t'));
      return work.add('Money', given('a'), interest);
    },
  },
  {
    id: 'score',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: [
      '{who} answers {b} of {a} questions of {who2} right.',
      'A test of {who2} has {a} questions, and {who} gets {b} of them right.',
    ],
    asks: [
      [
        'What percent of the questions does {who} answer right?',
        '{who} answers {answer} percent of the questions right.',
      ],
      ['How many percent is that?', 'That is {answer} percent.'],
    ],
    draw: (random, level) => {
      const a = random.pick(level <= 2 ? [10, 20, 25, 50] : [40, 80, 125, 160, 200, 250, 400]);
      return { a, b: random.integer(1, a - 1) };
    },
    solve: ({ given, work }) => {
      const hundredfold = work.multiply('Hundredfold', given('b'), constant(100));
      return work.divide('Percent', hundredfold, given('a'));
    },
  },
  {
    id: 'price-before',
    subject,
    gives: 'end',
    words: ['who'],
    tells: [
      'After a discount of {p}%, {who} pays ${b} for a bike.',
      '{who} pays ${b} for a bike. That is the price after {p}% off.',
    ],
    asks: [
      ['What was the price before, in dollars?', 'The price before was {answer} dollars.'],
      ['How many dollars did the bike cost at first?', 'At first the bike cost {answer} dollars.'],
    ],
    draw: (random, level) => {
      const p = random.pick([10, 20, 25, 30, 40, 50, 60, 75]);
      return { p, b: ((100 - p) / 5) * addend(random, Math.min(level, 3) as typeof level) };
    },
    solve: ({ given, work }) => {
      const left = work.subtract('Percent left', constant(100), given('p'));
      const hundredfold = work.multiply('Hundredfold', given('b'), constant(100));
      return work.divide('Price before', hundredfold, left);
    },
  },
];
