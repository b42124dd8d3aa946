import { rational } from '../../../answers/numbers/rational.js';
import type { Link } from '../link.js';
import { addend, count, each } from '../sizes.js';
import { type Amount, constant, type Work, writeNumber } from '../work.js';

const subject = 'Geometry' as const;

export const geometry: readonly Link[] = [
  {
    id: 'fence',
    subject,
    gives: 'meters',
    words: ['who'],
    tells: [
      '{who} has a rectangular garden that is {a} meters long and {b} meters wide. A fence goes around it.',
      'A fence goes around a rectangle of {a} by {b} meters that belongs to {who}.',
    ],
    asks: [
      ['How many meters long is the fence?', 'The fence is {answer} meters long.'],
      ['What is the length of the fence in meters?', 'The length of the fence is {answer} meters.'],
    ],
    draw: (random, level) => ({ a: addend(random, level), b: addend(random, level) }),
    solve: ({ given, work }) => {
      const half = work.add('Half of the fence', given('a'), given('b'));
      return work.multiply('Fence', half, constant(2));
    },
  },
  {
    id: 'floor',
    subject,
    gives: 'area',
    words: ['who'],
    tells: [
      'The floor in the room of {who} is {a} meters long and {b} meters wide.',
      '{who} measures a rectangular floor: {a} meters by {b} meters.',
    ],
    asks: [
      ['How many square meters is that?', 'That is {answer} square meters.'],
      ['What is the area in square meters?', 'The area is {answer} square meters.'],
    ],
    draw: (random, level) => ({ a: each(random, level), b: count(random, level) }),
    solve: ({ given, work }) => work.multiply('Area', given('a'), given('b')),
  },
  {
    id: 'sheet-with-hole',
    subject,
    gives: 'area',
    words: ['who'],
    tells: [
      '{who} cuts a piece of {c} by {d} meters out of a carpet of {a} by {b} meters.',
      'From a carpet of {a} by {b} meters, {who} cuts away a rectangle of {c} by {d} meters.',
    ],
    asks: [
      ['How many square meters of carpet are left?', '{answer} square meters of carpet are left.'],
      ['What is the area of the rest in square meters?', 'The area of the rest is {answer} square meters.'],
    ],
    draw: (random, level) => {
      const [c, d] = [count(random, level), count(random, level)];
      return { a: c + count(random, level), b: d + count(random, level), c, d };
    },
    solve: ({ given, work }) => {
      const whole = work.multiply('Whole carpet', given('a'), given('b'));
      const piece = work.multiply('Piece', given('c'), given('d'));
      return work.subtract('Rest', whole, piece);
    },
  },
  {
    id: 'triangle-area',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: [
      '{who} draws a triangle with a base of {a} centimeters and a height of {b} centimeters for {who2}.',
      '{who} and {who2} cut out a triangle. It is {b} centimeters high, and its base is {a} centimeters long.',
    ],
    asks: [
      ['What is its area in square centimeters?', 'Its area is {answer} square centimeters.'],
      ['How many square centimeters does it cover?', 'It covers {answer} square centimeters.'],
    ],
    draw: (random, level) => ({ a: each(random, level), b: count(random, level) }),
    solve: ({ given, work }) => {
      const rectangle = work.multiply('Rectangle', given('a'), given('b'));
      return work.divide('Triangle', rectangle, constant(2));
    },
  },
  {
    id: 'circle-area',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: [
      '{who} draws a circle with a radius of {a} centimeters for {who2}.',
      '{who} and {who2} have a round table with a radius of {a} centimeters.',
    ],
    asks: [
      ['What is the area in square centimeters, in terms of $\\pi$?', 'The area is ${answer}$ square centimeters.'],
    ],
    draw: (random, level) => ({ a: each(random, level) }),
    solve: ({ given, work }) => {
      const squared = work.multiply('Radius squared', given('a'), given('a'));
      return { latex: `${writeNumber(squared.value, false)}\\pi` };
    },
  },
  {
    id: 'circle-around',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: [
      '{who} runs with {who2} {b} times around a circle with a radius of {a} meters.',
      'A round path has a radius of {a} meters, and {who} and {who2} walk it {b} times together.',
    ],
    asks: [['How many meters is that, in terms of $\\pi$?', 'That is ${answer}$ meters.']],
    draw: (random, level) => ({ a: each(random, level), b: count(random, level) }),
    solve: ({ given, work }) => {
      const diameter = work.multiply('Diameter', given('a'), constant(2));
      const factor = work.multiply('Factor of $\\pi$', diameter, given('b'));
      return { latex: `${writeNumber(factor.value, false)}\\pi` };
    },
  },
  {
    id: 'right-triangle',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: [
      '{who} draws a right triangle for {who2} with legs of {a} and {b} centimeters.',
      '{who} and {who2} measure the legs of a right triangle: {a} centimeters and {b} centimeters.',
    ],
    asks: [
      ['How long is the longest side in centimeters?', 'The longest side is ${answer}$ centimeters long.'],
      [
        'What is the length of the hypotenuse in centimeters?',
        'The length of the hypotenuse is ${answer}$ centimeters.',
      ],
    ],
    draw: (random, level) => {
      const limit = [8, 12, 24, 60, 120][level - 1] as number;
      return { a: random.integer(2, limit), b: random.integer(2, limit) };
    },
    solve: ({ given, work }) => {
      const first = work.multiply('First square', given('a'), given('a'));
      const second = work.multiply('Second square', given('b'), given('b'));
      return squareRoot(work, work.add('Sum', first, second));
    },
  },
  {
    id: 'crate',
    subject,
    gives: 'end',
    words: ['who'],
    tells: [
      'A crate of {who} is {a} centimeters long, {b} centimeters wide and {c} centimeters high.',
      '{who} builds a crate of {a} by {b} by {c} centimeters.',
    ],
    asks: [
      ['What is its volume in cubic centimeters?', 'Its volume is {answer} cubic centimeters.'],
      ['How many cubic centimeters does it hold?', 'It holds {answer} cubic centimeters.'],
    ],
    draw: (random, level) => ({ a: count(random, level), b: count(random, level), c: count(random, level) }),
    solve: ({ given, work }) => {
      const floor = work.multiply('Floor', given('a'), given('b'));
      return work.multiply('Volume', floor, given('c'));
    },
  },
  {
    id: 'third-angle',
    subject,
    gives: 'end',
    words: ['who', 'who2'],
    tells: [
      '{who} and {who2} measure two angles of a triangle: {a} degrees and {b} degrees.',
      '{who} draws a triangle with angles of {a} and {b} degrees for {who2}.',
    ],
    asks: [
      ['How many degrees does the third angle measure?', 'The third angle measures {answer} degrees.'],
      ['What is the third angle in degrees?', 'The third angle is {answer} degrees.'],
    ],
    draw: (random, level) => {
      const grid = level === 1 ? 10 : level === 2 ? 5 : 1;
      return {
        a: grid * random.integer(Math.ceil(12 / grid), 80 / grid),
        b: grid * random.integer(Math.ceil(12 / grid), 90 / grid),
      };
    },
    solve: ({ given, work }) => {
      const both = work.add('Both angles', given('a'), given('b'));
      return work.subtract('Third angle', constant(180), both);
    },
  },
];

/** Notes `Square root: 5\sqrt{2}`; a perfect square becomes a whole number. */
function squareRoot(work: Work, { value }: Amount): Amount | { latex: string } {
  const inside = Number(value.numerator);
  let outside = 1;
  for (let root = Math.floor(Math.sqrt(inside)); root > 1; root--) {
    if (inside % (root * root) === 0) {
      outside = root;
      break;
    }
  }
  const rest = inside / (outside * outside);
  if (rest === 1) return work.note('Square root', `\\sqrt{${inside}} = ${outside}`, rational(outside));
  const latex = `${outside === 1 ? '' : outside}\\sqrt{${rest}}`;
  work.note('Square root', outside === 1 ? latex : `\\sqrt{${inside}} = ${latex}`);
  return { latex };
}
