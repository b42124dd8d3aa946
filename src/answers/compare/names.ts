import { childrenOf, type Expression } from '../numbers/expression.js';
import * as is from '../numbers/is.js';

/** A name that an answer may be given for: x, x_1, f(x), AB, |AB|, (p, q), \text{area}. */
export const isName = (expression: Expression): boolean => {
  switch (expression.kind) {
    case 'symbol':
      return true;
    case 'text':
      // "undefined for n = 12" names nothing.
      return !/\b(not|no|never|cannot|undefined|unknown|impossible|for|when|if|unless|except)\b/.test(expression.text);
    case 'call':
      return (
        expression.name.startsWith('apply ') ||
        (expression.name === 'abs' && expression.operands.every((part) => isName(part) && !isUnknown(part))) ||
        /^(lcm|gcd)$/.test(expression.name)
      );
    case 'product': {
      const [head, argument] = expression.factors;
      const isApplied =
        expression.factors.length === 2 &&
        isCapital(head) &&
        argument !== undefined &&
        (isName(argument) || is.number(argument));
      return isApplied || expression.factors.every(isCapital);
    }
    case 'tuple':
      return expression.items.every((item) => is.symbol(item));
    case 'quotient':
      return isDifferential(expression.top) && isDifferential(expression.bottom);
    default:
      return false;
  }
};

const isCapital = (expression: Expression | undefined): boolean =>
  is.symbol(expression) && /^[A-Z]/.test(expression.name);

/** dy and dx of a derivative's name. */
const isDifferential = (expression: Expression): boolean => {
  const [head] = is.product(expression) ? expression.factors : [expression];
  return is.symbol(head, 'd');
};

/** |x| = 12 leaves two values of x; |z| = 5 and |AB| = 5 say a length. */
const isUnknown = (expression: Expression): boolean => is.symbol(expression) && /^[xytuv](_|$)/.test(expression.name);

/**
 * What is no name but can only be a quantity that was asked for: ratios and quotients of names (NO/BO, V_1 : V_2), lengths and angles in
 * a formula (AB + CD, m∠A), functions of names (sin A, P(X)). Not x + y or xy, which are the left side of a curve.
 */
export const isQuantityName = (expression: Expression): boolean => {
  switch (expression.kind) {
    case 'ratio':
    case 'quotient':
      return childrenOf(expression).every((part) => isName(part) || isQuantityName(part));
    case 'sum':
      return expression.terms.every(isLength);
    case 'product':
      return expression.factors.some(isFigure) || isLength(expression) || expression.factors.every(isLength);
    case 'power':
      return isLength(expression.base) && is.number(expression.exponent);
    case 'negative':
      return isLength(expression.operand);
    case 'call':
      return (
        /^(sin|cos|tan|cot|sec|csc|arg|Re|Im|det|log|ln|max|min)$/.test(expression.name) &&
        expression.operands.every(isName)
      );
    default:
      return false;
  }
};

/** A segment, an angle, a value of a function: AB, ∠A, f(2). */
const isLength = (expression: Expression): boolean => {
  if (is.call(expression)) return expression.name.startsWith('apply ');
  if (isFigure(expression)) return true;
  return (
    is.product(expression) &&
    expression.factors.length > 1 &&
    expression.factors.every((factor) =>
      isCapital(is.power(factor) && is.number(factor.exponent) ? factor.base : factor),
    )
  );
};

const isFigure = (expression: Expression): boolean => is.symbol(expression) && /^(figure|bar) /.test(expression.name);
