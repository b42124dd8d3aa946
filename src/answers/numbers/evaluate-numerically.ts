import type { Complex } from './complex.js';
import * as z from './complex.js';
import { evaluateLimit, sumWithoutEnd } from './evaluate-limit.js';
import { evaluatePiecewise } from './evaluate-piecewise.js';
import { evaluateExactly } from './exact-number.js';
import { expandGcd } from './expand-gcd.js';
import type { Expression } from './expression.js';
import { evaluateAll, foldParts } from './fold-parts.js';
import * as is from './is.js';
import { abs, max, PI } from './math.js';
import { applyNumerically } from './numeric-functions.js';
import { gcdOfDoubles, toNumber } from './rational.js';
import { spendSteps } from './work.js';

export type Values = ReadonlyMap<string, Complex>;

const noValues: Values = new Map();

/** Counts the work of one evaluation; nested sums multiply, so the count is shared. `isReal` leaves complex steps undefined. */
export type NumericBudget = { stepsLeft: number; readonly isReal?: boolean };

/**
 * The complex value of an expression at given values of its variables, in doubles. Undefined where it has none: an
 * unbound variable, a pole, an overflow, a structure that is no number, or too much work.
 */
export const evaluateNumerically = (
  expression: Expression,
  values: Values = noValues,
  budget: NumericBudget = { stepsLeft: 12_000 },
): Complex | undefined => {
  if (--budget.stepsLeft < 0) return undefined;
  spendSteps(1);
  const result = evaluate(expression, values, budget);
  if (!result || !Number.isFinite(result.re) || !Number.isFinite(result.im)) return undefined;
  return budget.isReal && !z.isReal(result) ? undefined : result;
};

const evaluate = (expression: Expression, values: Values, budget: NumericBudget): Complex | undefined => {
  const inner = (part: Expression): Complex | undefined => evaluateNumerically(part, values, budget);
  switch (expression.kind) {
    case 'number':
      return z.complex(toNumber(expression.value));
    case 'symbol':
      return values.get(expression.name);
    case 'constant':
      return constants[expression.name];
    case 'negative': {
      const operand = inner(expression.operand);
      return operand && z.negate(operand);
    }
    case 'sum':
      return foldParts(expression.terms, inner, z.add);
    case 'product':
      return foldParts(expression.factors, inner, z.multiply);
    case 'quotient': {
      const top = inner(expression.top);
      const bottom = top && inner(expression.bottom);
      return bottom && z.divide(top, bottom);
    }
    case 'power': {
      if (is.constant(expression.base, 'e')) {
        const exponent = inner(expression.exponent);
        return exponent && z.exponential(exponent);
      }
      const base = inner(expression.base);
      const exponent = base && inner(expression.exponent);
      return exponent && z.raise(base, exponent);
    }
    case 'root': {
      const radicand = inner(expression.radicand);
      const index = radicand && inner(expression.index);
      return index && z.root(radicand, index);
    }
    case 'percent':
      return scale(inner(expression.operand), 0.01);
    case 'degrees':
      return scale(inner(expression.operand), PI / 180);
    case 'series':
      return evaluateSeries(expression, values, budget);
    case 'call': {
      if (expression.name === 'limit')
        return evaluateLimit(expression.operands, values, (part, at) => evaluateNumerically(part, at, budget));
      if (expression.name === 'gcd' || expression.name === 'lcm') return evaluateGcd(expression, values, budget);
      const operands = evaluateAll(expression.operands, inner);
      return operands && applyNumerically(expression.name, operands);
    }
    case 'piecewise':
      return evaluatePiecewise(expression, values, inner);
    default:
      return undefined;
  }
};

/** Divisors are a matter of exact numbers and monomials, not of the values of variables. */
const evaluateGcd = (
  expression: Extract<Expression, { kind: 'call' }>,
  values: Values,
  budget: NumericBudget,
): Complex | undefined => {
  const value = evaluateExactly(expression);
  if (value) return z.complex(toNumber(value));
  const wholes = evaluateAll(expression.operands, (operand) => {
    const part = evaluateNumerically(operand, values, budget);
    return part?.im === 0 && Number.isSafeInteger(part.re) ? abs(part.re) : undefined;
  });
  if (wholes) return z.complex(gcdOfWholes(expression.name, wholes));
  const monomial = expandGcd(expression.name as 'gcd' | 'lcm', expression.operands);
  return monomial && evaluateNumerically(monomial, values, budget);
};

const gcdOfWholes = (name: string, numbers: readonly number[]): number => {
  const lcm = (left: number, right: number): number => (left === 0 ? 0 : (left / gcdOfDoubles(left, right)) * right);
  return numbers.reduce(name === 'gcd' ? gcdOfDoubles : lcm);
};

const constants: Readonly<Record<string, Complex>> = {
  pi: z.complex(PI),
  e: z.complex(Math.E),
  i: z.complex(0, 1, 0),
};

const scale = (value: Complex | undefined, factor: number): Complex | undefined =>
  value && z.multiply(value, z.complex(factor));

const evaluateSeries = (
  { name, variable, from, to, body }: Extract<Expression, { kind: 'series' }>,
  values: Values,
  budget: NumericBudget,
): Complex | undefined => {
  const low = evaluateNumerically(from, values, budget);
  // A convergent infinite sum is cut where its terms no longer change it.
  const isInfinite = is.constant(to, 'infinity');
  const high = isInfinite ? z.complex((low?.re ?? 0) + 400) : evaluateNumerically(to, values, budget);
  if (!low || !high || !Number.isInteger(low.re) || high.re - low.re > 2000) return undefined;
  const isSum = name === 'sum';
  let total = z.complex(isSum ? 0 : 1);
  const at = (index: number): Complex | undefined =>
    evaluateNumerically(body, new Map([...values, [variable, z.complex(index)]]), budget);
  let wasSmall = false;
  for (let index = low.re; index <= high.re + 1e-9; index++) {
    const term = at(index);
    if (!term) return undefined;
    total = (isSum ? z.add : z.multiply)(total, term);
    const last = isSum ? z.modulus(term) : abs(z.modulus(term) - 1);
    // Two terms in a row below the last digit: the sum has settled.
    const isSmall = last <= 1e-18 * max(z.modulus(total), 1e-300);
    if (isInfinite && isSmall && wasSmall) return total;
    wasSmall = isSmall;
  }
  if (!isInfinite) return total;
  return isSum ? sumWithoutEnd(at, low.re) : undefined;
};
