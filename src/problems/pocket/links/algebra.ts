import type { Link } from '../link.js';
import { addend, count, each, few } from '../sizes.js';
import { constant, writeNumber } from '../work.js';
import { inClass } from './in-class.js';

const subject = 'Algebra' as const;

/** The ways in which a pocket story of Algebra can begin. Equations use y: x is the unknown of the backward tasks. */
export const algebra: readonly Link[] = [
  {
    id: 'linear',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: inClass,
    asks: [
      ['Solve ${a}y + {b} = {c}$ for $y$.', 'The solution of ${a}y + {b} = {c}$ is {answer}.'],
      ['For which $y$ is ${a}y + {b} = {c}$?', '${a}y + {b} = {c}$ holds for $y = {answer}$.'],
    ],
    draw: (random, level) => {
      const [a, b] = [few(random, level), addend(random, level)];
      return { a, b, c: a * each(random, level) + b };
    },
    solve: ({ given, work }) => {
      const multiple = work.subtract(`${writeNumber(given('a').value, false)}y`, given('c'), given('b'));
      return work.divide('y', multiple, given('a'));
    },
  },
  {
    id: 'two-sides',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: inClass,
    asks: [
      ['Solve ${a}y + {b} = {c}y + {d}$ for $y$.', 'The solution of ${a}y + {b} = {c}y + {d}$ is {answer}.'],
      [
        'Which $y$ makes ${a}y + {b}$ equal to ${c}y + {d}$?',
        '$y = {answer}$ makes ${a}y + {b}$ equal to ${c}y + {d}$.',
      ],
    ],
    draw: (random, level) => {
      const [c, more, b] = [few(random, level), few(random, level), addend(random, level)];
      return { a: c + more, b, c, d: more * each(random, level) + b };
    },
    solve: ({ given, work }) => {
      const factor = work.subtract('Factor of y', given('a'), given('c'));
      const rest = work.subtract('Other side', given('d'), given('b'));
      return work.divide('y', rest, factor);
    },
  },
  {
    id: 'sum-and-difference',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: [
      '{who} tells {who2} that the sum of two numbers is {s} and their difference is {d}.',
      '{who} gives {who2} two numbers that add up to {s} and differ by {d}.',
    ],
    asks: [
      ['What is the larger number?', 'The larger number is {answer}.'],
      ['Find the larger one.', 'The larger one is {answer}.'],
    ],
    draw: (random, level) => {
      const [small, d] = [addend(random, level), addend(random, level)];
      return { s: small + small + d, d };
    },
    solve: ({ given, work }) => {
      const twice = work.add('Twice the larger number', given('s'), given('d'));
      return work.divide('Larger number', twice, constant(2));
    },
  },
  {
    id: 'consecutive',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: [
      '{who} tells {who2} that the sum of three consecutive whole numbers is {s}.',
      '{who} gives {who2} three consecutive whole numbers that add up to {s}.',
    ],
    asks: [
      ['What is the smallest of them?', 'The smallest of them is {answer}.'],
      ['Find the smallest one.', 'The smallest one is {answer}.'],
    ],
    draw: (random, level) => ({ s: 3 * addend(random, level) }),
    solve: ({ given, work }) => {
      const middle = work.divide('Middle number', given('s'), constant(3));
      return work.subtract('Smallest number', middle, constant(1));
    },
  },
  {
    id: 'ages',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: [
      '{who} is {a} times as old as {who2}. Together they are {s} years old.',
      'The ages of {who} and {who2} add up to {s}. {who} is {a} times as old as {who2}.',
    ],
    asks: [
      ['How old is {who2}?', '{who2} is {answer} years old.'],
      ['What is the age of {who2}?', 'The age of {who2} is {answer}.'],
    ],
    draw: (random, level) => {
      const a = few(random, level);
      return { a, s: (a + 1) * each(random, level) };
    },
    solve: ({ given, words, work }) => {
      const parts = work.add('Parts', given('a'), constant(1));
      return work.divide(`Age of ${words.who2}`, given('s'), parts);
    },
  },
  {
    id: 'riddle',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: [
      '{who} thinks of a number, multiplies it by {a} and adds {b}. {who2} hears that the result is {c}.',
      'When {who} multiplies a secret number of {who2} by {a} and then adds {b}, the result is {c}.',
    ],
    asks: [
      ['What is the number?', 'The number is {answer}.'],
      ['Which number is it?', 'It is the number {answer}.'],
    ],
    draw: (random, level) => {
      const [a, b] = [few(random, level), addend(random, level)];
      return { a, b, c: a * addend(random, level) + b };
    },
    solve: ({ given, work }) => {
      const multiple = work.subtract('Before adding', given('c'), given('b'));
      return work.divide('Number', multiple, given('a'));
    },
  },
  {
    id: 'tickets',
    subject,
    gives: 'end',
    words: ['who'],
    tells: [
      'A ticket costs ${a} for adults and ${b} for children. {who} sells {n} tickets for ${s}.',
      '{who} sells {n} tickets, ${a} each for adults and ${b} each for children, and takes ${s}.',
    ],
    asks: [
      ['How many tickets for adults does {who} sell?', '{who} sells {answer} tickets for adults.'],
      ['How many adults buy a ticket?', '{answer} adults buy a ticket.'],
    ],
    draw: (random, level) => {
      const [b, more, adults, children] = [
        few(random, level),
        few(random, level),
        count(random, level),
        count(random, level),
      ];
      return { a: b + more, b, n: adults + children, s: (b + more) * adults + b * children };
    },
    solve: ({ given, work }) => {
      const children = work.multiply('All as children', given('n'), given('b'));
      const extra = work.subtract('Extra money', given('s'), children);
      const difference = work.subtract('Extra for an adult', given('a'), given('b'));
      return work.divide('Adults', extra, difference);
    },
  },
  {
    id: 'expand',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: inClass,
    asks: [
      ['Expand $({a}y + {b})({c}y + {d})$.', 'Expanding $({a}y + {b})({c}y + {d})$ gives ${answer}$.'],
      [
        'Write $({a}y + {b})({c}y + {d})$ without brackets.',
        'Without brackets, $({a}y + {b})({c}y + {d})$ is ${answer}$.',
      ],
    ],
    draw: (random, level) => ({
      a: few(random, level),
      b: count(random, level),
      c: few(random, level),
      d: count(random, level),
    }),
    solve: ({ given, work }) => {
      const square = work.multiply('Factor of y^2', given('a'), given('c'));
      const outer = work.multiply('Outer', given('a'), given('d'));
      const inner = work.multiply('Inner', given('b'), given('c'));
      const middle = work.add('Factor of y', outer, inner);
      const last = work.multiply('Last', given('b'), given('d'));
      const [s, m, l] = [square, middle, last].map(({ value }) => writeNumber(value, false));
      return { latex: `${s}y^2 + ${m}y + ${l}` };
    },
  },
  {
    id: 'evaluate',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: inClass,
    asks: [
      [
        'What is the value of ${a}y^2 + {b}y + {c}$ at $y = {d}$?',
        'At $y = {d}$ the value of ${a}y^2 + {b}y + {c}$ is {answer}.',
      ],
      [
        'Put $y = {d}$ into ${a}y^2 + {b}y + {c}$ and give the value.',
        'With $y = {d}$, ${a}y^2 + {b}y + {c}$ is {answer}.',
      ],
    ],
    draw: (random, level) => ({
      a: few(random, level),
      b: few(random, level),
      c: addend(random, level),
      d: few(random, level) + level,
    }),
    solve: ({ given, work }) => {
      const square = work.multiply('y^2', given('d'), given('d'));
      const first = work.multiply('First term', given('a'), square);
      const second = work.multiply('Second term', given('b'), given('d'));
      const sum = work.add('Both', first, second);
      return work.add('Value', sum, given('c'));
    },
  },
  {
    id: 'sequence',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: [
      '{who} and {who2} write an arithmetic sequence that starts with {a} and grows by {d} with each term.',
      '{who} shows {who2} a sequence. Its first term is {a}, and every next term is {d} larger.',
    ],
    asks: [
      ['What is term number {n}?', 'Term number {n} is {answer}.'],
      ['Find term number {n}.', 'The sequence has {answer} as term number {n}.'],
    ],
    draw: (random, level) => ({ a: addend(random, level), d: each(random, level), n: count(random, level) + 2 }),
    solve: ({ given, work }) => {
      const jumps = work.subtract('Jumps', given('n'), constant(1));
      const growth = work.multiply('Growth', jumps, given('d'));
      return work.add('Term', given('a'), growth);
    },
  },
];
