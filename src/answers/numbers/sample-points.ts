import { type Complex, complex } from './complex.js';
import { childrenOf, type Expression } from './expression.js';

const POINT_COUNT = 12;

/**
 * Values for the variables of a comparison: the same for the same names, spread over positive, larger and negative
 * reals. Variables that count (bounds of sums, arguments of factorials) take whole numbers.
 */
export function samplePoints(
  names: ReadonlySet<string>,
  expressions: readonly Expression[],
): ReadonlyMap<string, Complex>[] {
  const counting = new Set<string>();
  for (const expression of expressions) collectCounting(expression, counting, false);
  const sorted = [...names].sort();
  return Array.from({ length: POINT_COUNT }, (_, index) => {
    const random = seededRandom(index * 7919 + 20240);
    return new Map(
      sorted.map((name) => [
        name,
        complex(counting.has(name) ? 2 + Math.floor(random() * 7) : drawReal(index, random())),
      ]),
    );
  });
}

function drawReal(index: number, share: number): number {
  if (index < 5) return 0.3 + share * 2.4;
  if (index < 8) return 3 + share * 9;
  return -0.4 - share * (index < 11 ? 2.5 : 8);
}

function collectCounting(expression: Expression, names: Set<string>, isCounting: boolean): void {
  if (expression.kind === 'symbol' && isCounting) names.add(expression.name);
  if (expression.kind === 'series') {
    collectCounting(expression.from, names, true);
    collectCounting(expression.to, names, true);
    collectCounting(expression.body, names, isCounting);
    return;
  }
  const counts = expression.kind === 'call' && /^(?:factorial2?|binom|apply .*_)$/.test(expression.name);
  for (const child of childrenOf(expression)) collectCounting(child, names, isCounting || counts);
}

/** Mulberry32: small, seeded, the same on every platform. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
