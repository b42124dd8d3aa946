import { type Complex, complex } from './complex.js';
import { childrenOf, type Expression } from './expression.js';
import * as is from './is.js';
import { abs, floor, max, round } from './math.js';
import { toNumber } from './rational.js';
import { type Domain, domainsOf } from './variable-domains.js';
import { spendSteps } from './work.js';

type Point = ReadonlyMap<string, Complex>;

const GENERIC_COUNT = 14;
/** Constants of both sides around which a sampled function may change. */
const MAX_CONSTANTS = 6;

/**
 * Values for the variables of a comparison, the same for the same expressions: generic ones first (they tell most formulas apart),
 * then what shows a bend, a step or a tail: whole numbers, 0, large, tiny and negative ones, and both sides of every constant.
 */
export const samplePoints = (names: ReadonlySet<string>, expressions: readonly Expression[]): Point[] => {
  const domains = domainsOf(names, expressions);
  const sorted = [...names].sort();
  const constants = constantsOf(expressions);
  const points: Point[] = [];
  for (let index = 0; index < GENERIC_COUNT; index++) {
    const random = seededRandom(index * 7919 + 20240);
    points.push(new Map(sorted.map((name) => [name, draw(domains.get(name) ?? 'real', index, random)])));
  }
  if (sorted.length === 0) return points;
  const specials = new Map(sorted.map((name) => [name, specialsOf(domains.get(name) ?? 'real', constants)]));
  const length = max(...[...specials.values()].map((values) => values.length));
  // Each variable walks through its special values at its own pace, so that they meet in many combinations.
  for (let index = 0; index < length; index++) {
    points.push(
      new Map(
        sorted.map((name, place) => {
          const values = specials.get(name) ?? [];
          return [name, values[(index * (2 * place + 1) + 5 * place) % values.length] ?? complex(1)];
        }),
      ),
    );
  }
  return points;
};

const draw = (domain: Domain, index: number, random: () => number): Complex => {
  const share = random();
  if (domain === 'counting') return complex(2 + floor(share * 9));
  if (domain === 'integer') return complex(index % 3 === 2 ? -1 - floor(share * 9) : 1 + floor(share * 12));
  if (domain === 'complex' && index % 3 !== 2) return complex(0.3 + 2 * share, (random() - 0.5) * 5);
  if (index < 5) return complex(0.3 + share * 2.4);
  if (index < 9) return complex(3 + share * 9);
  return complex(-0.4 - share * (index < 12 ? 2.5 : 8));
};

const specialsOf = (domain: Domain, constants: readonly number[]): Complex[] => {
  const values: number[] = [];
  const isCounting = domain === 'counting';
  if (isCounting || domain === 'integer') {
    values.push(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 25, 30, 31, 0);
    if (!isCounting) values.push(-1, -2, -3, -5, -8, 64, 99, 100, 101);
    for (const constant of constants) {
      const whole = round(abs(constant));
      if (whole < (isCounting ? 60 : 1e7))
        values.push(whole - 1, whole, whole + 1, whole + 2, 2 * whole + 1, 3 * whole);
      if (!isCounting && whole < 1e7) values.push(-whole, -whole - 1);
    }
    const least = isCounting ? 0 : Number.NEGATIVE_INFINITY;
    return [...new Set(values)].filter((value) => value >= least).map((value) => complex(value));
  }
  values.push(0.5, 0, 1, 2, 3, 1.5, 0.01, 1e-5, 40.5, 1234.5, -0.5, -1, -1.5, -3, -0.01, -40.5, -1234.5, 0.1, 0.04);
  for (const constant of constants) {
    const size = max(abs(constant), 1);
    values.push(constant, -constant, constant - 0.3, constant + 0.3, -constant - 0.3, -constant + 0.3);
    values.push(constant * 1.5 + 0.1, -constant * 1.5 - 0.1, constant + size * 3.1, constant - size * 3.1);
  }
  const reals = [...new Set(values)].map((value) => complex(value));
  return domain === 'real'
    ? reals
    : [...reals, complex(1, 1), complex(-2, 0.5), complex(0, 3), complex(-0.7, -1.9), complex(4, -3)];
};

/** The numbers written in the expressions, those first that are neither tiny nor everywhere. */
const constantsOf = (expressions: readonly Expression[]): number[] => {
  const found = new Set<number>();
  for (const expression of expressions) collectConstants(expression, found);
  // In an order of their own, so that gold and answer may change places.
  return [...found]
    .filter((value) => Number.isFinite(value) && abs(value) > 1)
    .sort((left, right) => abs(left) - abs(right) || left - right)
    .slice(0, MAX_CONSTANTS);
};

const collectConstants = (expression: Expression, found: Set<number>): void => {
  if (found.size > 40) return;
  spendSteps(2);
  if (is.number(expression)) found.add(toNumber(expression.value));
  // x/3 - 10 bends at 30, 2x - 10 at 5.
  if (is.sum(expression) || is.call(expression)) {
    const [first, second, ...more] = new Set(numbersNear(expression, 3));
    if (more.length === 0 && first !== undefined && second !== undefined && first !== 0 && second !== 0)
      for (const value of [first * second, first / second, second / first]) found.add(value);
  }
  for (const child of childrenOf(expression)) collectConstants(child, found);
};

/** The numbers in an expression down to a depth. */
const numbersNear = (expression: Expression, depth: number): number[] => {
  if (is.number(expression)) return [toNumber(expression.value)];
  return depth === 0
    ? []
    : childrenOf(expression)
        .slice(0, 4)
        .flatMap((child) => numbersNear(child, depth - 1));
};

/** Mulberry32: small, seeded, the same on every platform. */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};
