import type { Link } from '../link.js';
import { addend, count, each, few, roundSum } from '../sizes.js';
import { constant } from '../work.js';

const subject = 'Rates & Units' as const;

/** The ways in which a pocket story of Rates & Units can begin. */
export const ratesAndUnits: readonly Link[] = [
  {
    id: 'distance',
    subject,
    gives: 'kilometers',
    words: ['who'],
    tells: [
      '{who} rides {a} kilometers an hour for {b} hours.',
      'For {b} hours {who} travels at {a} kilometers an hour.',
      'At a speed of {a} kilometers an hour, {who} is on the road for {b} hours.',
    ],
    asks: [
      ['How many kilometers does {who} travel?', '{who} travels {answer} kilometers.'],
      ['What is the distance in kilometers?', 'The distance is {answer} kilometers.'],
    ],
    draw: (random, level) => ({ a: each(random, level), b: count(random, level) }),
    solve: ({ given, work }) => work.multiply('Distance', given('a'), given('b')),
  },
  {
    id: 'two-legs',
    subject,
    gives: 'kilometers',
    words: ['who'],
    tells: [
      '{who} drives {a} hours at {b} kilometers an hour and then {c} hours at {d} kilometers an hour.',
      'First {who} drives at {b} kilometers an hour for {a} hours, then at {d} kilometers an hour for {c} hours.',
    ],
    asks: [
      ['How many kilometers does {who} drive?', '{who} drives {answer} kilometers.'],
      ['How long is the whole way in kilometers?', 'The whole way is {answer} kilometers long.'],
    ],
    draw: (random, level) => ({
      a: count(random, level),
      b: each(random, level),
      c: count(random, level),
      d: each(random, level),
    }),
    solve: ({ given, work }) => {
      const first = work.multiply('First part', given('b'), given('a'));
      const second = work.multiply('Second part', given('d'), given('c'));
      return work.add('Distance', first, second);
    },
  },
  {
    id: 'pay',
    subject,
    gives: 'dollars',
    words: ['who'],
    tells: [
      '{who} earns ${a} an hour and works {b} hours a day for {c} days.',
      'For {c} days {who} works {b} hours each day at ${a} an hour.',
    ],
    asks: [
      ['How many dollars does {who} earn?', '{who} earns {answer} dollars.'],
      ['What is the pay in dollars?', 'The pay is {answer} dollars.'],
    ],
    draw: (random, level) => ({ a: each(random, level), b: random.integer(2, 4 + level), c: count(random, level) }),
    solve: ({ given, work }) => {
      const daily = work.multiply('Pay a day', given('a'), given('b'));
      return work.multiply('Pay', daily, given('c'));
    },
  },
  {
    id: 'hours-and-minutes',
    subject,
    gives: 'minutes',
    words: ['who', 'who2'],
    tells: [
      '{who} practices with {who2} for {a} hours and {b} minutes.',
      '{who} gives {who2} a lesson of {a} hours and {b} minutes.',
    ],
    asks: [
      ['How many minutes is that?', 'That is {answer} minutes.'],
      ['What is the time in minutes?', 'The time is {answer} minutes.'],
    ],
    draw: (random, level) => ({ a: count(random, level), b: random.integer(2, 59) }),
    solve: ({ given, work }) => {
      const hours = work.multiply('Minutes in the hours', given('a'), constant(60));
      return work.add('Minutes', hours, given('b'));
    },
  },
  {
    id: 'machines',
    subject,
    gives: 'things',
    words: ['who', 'thing'],
    tells: [
      '{who} runs {a} machines, and each makes {b} {things} an hour. All of them run for {c} hours.',
      'In {c} hours, each of the {a} machines of {who} makes {b} {things} every hour.',
    ],
    asks: [
      ['How many {things} do they make?', 'They make {answer} {things}.'],
      ['How many {things} are made?', '{answer} {things} are made.'],
    ],
    draw: (random, level) => ({ a: few(random, level), b: each(random, level), c: few(random, level) }),
    solve: ({ given, work }) => {
      const hourly = work.multiply('In one hour', given('a'), given('b'));
      return work.multiply('In all hours', hourly, given('c'));
    },
  },
  {
    id: 'pool',
    subject,
    gives: 'minutes',
    words: ['who'],
    tells: [
      'A pool of {who} takes {a} liters. A pump brings {b} liters a minute, and a leak loses {c} liters a minute.',
      '{who} fills a pool of {a} liters at {b} liters a minute while {c} liters a minute leak away.',
    ],
    asks: [
      ['How many minutes does it take to fill the pool?', 'It takes {answer} minutes to fill the pool.'],
      ['After how many minutes is the pool full?', 'The pool is full after {answer} minutes.'],
    ],
    draw: (random, level) => {
      const [net, c] = [each(random, level), few(random, level)];
      return { a: net * addend(random, Math.min(level, 4) as typeof level), b: net + c, c };
    },
    solve: ({ given, work }) => {
      const net = work.subtract('Liters a minute', given('b'), given('c'));
      return work.divide('Minutes', given('a'), net);
    },
  },
  {
    id: 'average-speed',
    subject,
    gives: 'end',
    words: ['who'],
    tells: [
      '{who} drives {a} kilometers in {b} hours and then {c} kilometers in {d} hours.',
      'A trip of {who} has two parts: {a} kilometers in {b} hours and {c} kilometers in {d} hours.',
    ],
    asks: [
      ['What is the average speed in kilometers an hour?', 'The average speed is {answer} kilometers an hour.'],
      ['How many kilometers an hour is that on average?', 'That is {answer} kilometers an hour on average.'],
    ],
    draw: (random, level) => {
      const [b, d] = [random.integer(2, 4 + level), random.integer(2, 4 + level)];
      return { a: b * each(random, level), b, c: d * each(random, level) + random.integer(0, 1), d };
    },
    solve: ({ given, work }) => {
      const way = work.add('Distance', given('a'), given('c'));
      const time = work.add('Time', given('b'), given('d'));
      return work.divide('Average speed', way, time);
    },
  },
  {
    id: 'unit-price',
    subject,
    gives: 'price',
    words: ['who', 'thing'],
    tells: [
      '{a} {things} cost ${b}. {who} buys {c} {things}.',
      '{who} wants {c} {things}. The price of {a} {things} is ${b}.',
    ],
    asks: [
      ['How many dollars does {who} pay?', '{who} pays {answer} dollars.'],
      ['How much is that in dollars?', 'That is {answer} dollars.'],
    ],
    draw: (random, level) => {
      const a = few(random, level);
      return { a, b: a * each(random, level), c: count(random, level) };
    },
    solve: ({ given, words, work }) => {
      const one = work.divide('Price of one', given('b'), given('a'));
      return work.multiply(`Price of the ${words.things}`, one, given('c'));
    },
  },
  {
    id: 'pages-left',
    subject,
    gives: 'end',
    words: ['who'],
    tells: [
      '{who} reads {a} pages a day for {c} days. The book has {n} pages.',
      'A book has {n} pages. For {c} days {who} reads {a} pages a day.',
    ],
    asks: [
      ['How many pages are left?', '{answer} pages are left.'],
      ['How many pages does {who} still have to read?', '{who} still has to read {answer} pages.'],
    ],
    draw: (random, level) => {
      const [a, c] = [each(random, level), count(random, level)];
      return { a, c, n: roundSum(random, a * c) };
    },
    solve: ({ given, work }) => {
      const read = work.multiply('Pages read', given('a'), given('c'));
      return work.subtract('Pages left', given('n'), read);
    },
  },
];
