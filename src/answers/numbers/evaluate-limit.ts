import { type Complex, complex, distance, modulus } from './complex.js';
import type { Expression } from './expression.js';
import * as is from './is.js';
import { abs, max, round } from './math.js';

type Evaluate = (part: Expression, values: ReadonlyMap<string, Complex>) => Complex | undefined;

/**
 * A limit [variable, point, body, side]: the value at the point where there is one, else what the values near it (or far out) tend to,
 * by Richardson's extrapolation; its noise is how far the last two estimates lie apart. Undefined where nothing settles.
 */
export const evaluateLimit = (
  [variable, point, body, side]: readonly Expression[],
  values: ReadonlyMap<string, Complex>,
  evaluate: Evaluate,
): Complex | undefined => {
  if (!is.symbol(variable) || !point || !body) return undefined;
  const at = (value: number): Complex | undefined =>
    evaluate(body, new Map([...values, [variable.name, complex(value)]]));
  const direction = signOfInfinity(point);
  if (direction !== 0) return farOut((step) => at(direction * step));
  const target = evaluate(point, values);
  if (target?.im !== 0) return undefined;
  const there = at(target.re);
  if (there) return there;
  const sides = is.text(side) ? [side.text === '-' ? -1 : 1] : [1, -1];
  const estimates = sides.map((sign) => extrapolate((step) => at(target.re + sign * step), 0.06));
  const [first, second = first] = estimates;
  if (!first || !second) return undefined;
  const gap = distance(first, second);
  return ifSharp(1e-6, { ...first, noise: max(first.noise, second.noise) + gap });
};

/** 1 for ∞, -1 for -∞, 0 for anything else. */
export const signOfInfinity = (expression: Expression): number => {
  if (is.negative(expression)) return -signOfInfinity(expression.operand);
  return is.constant(expression, 'infinity') ? 1 : 0;
};

const farOut = (at: (step: number) => Complex | undefined): Complex | undefined => {
  const near = at(1e13);
  const far = at(1e14);
  const isSharp = near && far && max(near.noise, far.noise) <= 1e-10 * max(1, modulus(far));
  if (isSharp && distance(near, far) <= 1e-11 * max(1, modulus(far))) return modulus(far) < 1e-11 ? complex(0) : far;
  return ifSharp(
    1e-6,
    extrapolate((step) => at(1 / step), 1 / 16),
  );
};

const ifSharp = (tolerance: number, value: Complex | undefined): Complex | undefined =>
  value && value.noise <= tolerance * max(1, modulus(value)) ? value : undefined;

/** The value at step 0 of a function that is smooth in the step, from steps that halve. */
const extrapolate = (at: (step: number) => Complex | undefined, first: number, turns = 9): Complex | undefined => {
  const rows: number[][] = [];
  let best: { value: number; noise: number } | undefined;
  for (let turn = 0; turn < turns; turn++) {
    const value = at(first / 2 ** turn);
    if (!value || abs(value.im) > 1e-9 * abs(value.re) + 1e-12) return undefined;
    const row = [value.re];
    const above = rows[turn - 1];
    for (let order = 1; above && order <= turn; order++) {
      const left = row[order - 1] ?? 0;
      const right = above[order - 1] ?? 0;
      row.push(left + (left - right) / (2 ** order - 1));
    }
    rows.push(row);
    const last = row.at(-1) ?? 0;
    const previous = above?.at(-1);
    if (previous === undefined) continue;
    const noise = abs(last - previous);
    if (!best || noise < best.noise) best = { value: last, noise };
  }
  return best && complex(best.value, 0, best.noise + 1e-13 * abs(best.value));
};

/** The sum of a series without end from its partial sums, where they settle smoothly in 1/n; its noise says how well. */
export const sumWithoutEnd = (term: (index: number) => Complex | undefined, from: number): Complex | undefined => {
  let total = 0;
  let next = from;
  const sums: number[] = [];
  for (let turn = 0; turn < 8; turn++) {
    for (; next < from + 4 * 2 ** turn; next++) {
      const value = term(next);
      if (!value || abs(value.im) > 1e-12 * abs(value.re)) return undefined;
      total += value.re;
    }
    sums.push(total);
  }
  const sumAt = (step: number): Complex => complex(sums[round(Math.log2(0.25 / step))] ?? Number.NaN);
  return ifSharp(1e-8, extrapolate(sumAt, 0.25, sums.length));
};
