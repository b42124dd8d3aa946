import type { BigFloat } from './big-float.js';
import * as big from './big-float.js';
import { evaluateExactly } from './exact-number.js';
import type { Expression } from './expression.js';
import { foldParts } from './fold-parts.js';
import { max } from './math.js';
import { absolute, isNegative, rational } from './rational.js';
import { spendSteps } from './work.js';

/**
 * The real value of an expression without variables to about 70 digits, however large or small. Undefined for complex
 * values and for functions that doubles must do for.
 */
export const evaluatePrecisely = (expression: Expression): BigFloat | undefined => {
  const budget = { stepsLeft: 400 };
  return evaluate(expression, budget);
};

/**
 * Whether two such values agree: to 180 bits of the larger, or to 200 bits below the largest part of a sum that cancelled.
 */
export const agreePrecisely = (left: BigFloat, right: BigFloat): boolean => {
  const difference = big.add(left, big.negate(right));
  return big.magnitude(difference) <= max(big.magnitude(left), big.magnitude(right)) - 180;
};

const evaluate = (expression: Expression, budget: { stepsLeft: number }): BigFloat | undefined => {
  if (--budget.stepsLeft < 0) return undefined;
  spendSteps(40);
  const inner = (part: Expression): BigFloat | undefined => evaluate(part, budget);
  switch (expression.kind) {
    case 'number':
      return big.fromRational(expression.value);
    case 'constant':
      return expression.name === 'pi' ? big.pi : expression.name === 'e' ? big.exponential(whole(1)) : undefined;
    case 'negative': {
      const operand = inner(expression.operand);
      return operand && big.negate(operand);
    }
    case 'sum':
      return foldParts(expression.terms, inner, big.add);
    case 'product':
      return foldParts(expression.factors, inner, big.multiply);
    case 'quotient': {
      const top = inner(expression.top);
      const bottom = top && inner(expression.bottom);
      return bottom && big.divide(top, bottom);
    }
    case 'percent':
      return over(inner(expression.operand), whole(100));
    case 'degrees':
      return over(times(inner(expression.operand), big.pi), whole(180));
    case 'root': {
      const index = evaluateExactly(expression.index);
      const radicand = index?.denominator === 1n ? inner(expression.radicand) : undefined;
      return radicand && index && big.root(radicand, Number(index.numerator));
    }
    case 'power':
      return raise(expression, inner);
    case 'call':
      return apply(expression, inner);
    default: {
      const exact = evaluateExactly(expression);
      return exact && big.fromRational(exact);
    }
  }
};

const whole = (value: number): BigFloat => big.fromRational(rational(value));
const over = (top: BigFloat | undefined, bottom: BigFloat | undefined): BigFloat | undefined =>
  top && bottom && big.divide(top, bottom);
const times = (left: BigFloat | undefined, right: BigFloat | undefined): BigFloat | undefined =>
  left && right && big.multiply(left, right);

const raise = (
  { base, exponent }: Extract<Expression, { kind: 'power' }>,
  inner: (part: Expression) => BigFloat | undefined,
): BigFloat | undefined => {
  const value = inner(base);
  if (!value) return undefined;
  const count = evaluateExactly(exponent);
  if (count?.denominator === 1n && count.numerator > -200n && count.numerator < 200n) {
    let product = whole(1);
    for (let rest = absolute(count).numerator; rest > 0n; rest--) product = big.multiply(product, value);
    return isNegative(count) ? big.divide(whole(1), product) : product;
  }
  const power = value.mantissa > 0n ? inner(exponent) : undefined;
  const log = power && big.logarithm(value);
  return log && big.exponential(big.multiply(log, power));
};

const apply = (
  expression: Extract<Expression, { kind: 'call' }>,
  inner: (part: Expression) => BigFloat | undefined,
): BigFloat | undefined => {
  const exact = evaluateExactly(expression);
  if (exact) return big.fromRational(exact);
  const { name, operands } = expression;
  const [first, second] = operands;
  const value = first && inner(first);
  if (!value) return undefined;
  const isCircular = /^(sin|cos|tan|cot|sec|csc)$/.test(name);
  const { sine, cosine }: { sine?: BigFloat; cosine?: BigFloat } = (isCircular && big.sineAndCosine(value)) || {};
  switch (name) {
    case 'abs':
      return value.mantissa < 0n ? big.negate(value) : value;
    case 'exp':
      return big.exponential(value);
    case 'ln':
      return big.logarithm(value);
    case 'log':
      return over(big.logarithm(value), big.logarithm((second && inner(second)) ?? whole(10)));
    case 'sin':
      return sine;
    case 'cos':
      return cosine;
    case 'tan':
      return over(sine, cosine);
    case 'cot':
      return over(cosine, sine);
    case 'sec':
      return over(whole(1), cosine);
    case 'csc':
      return over(whole(1), sine);
    default:
      return undefined;
  }
};
