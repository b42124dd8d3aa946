import type { Expression } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import * as make from '../numbers/make.js';

/** A quotient; dy over dx is the name of a derivative, in which nothing cancels. */
export const quotientOf = (top: Expression, bottom: Expression): Expression => {
  const name = derivativeName(top, bottom);
  return name ? make.symbol(name) : make.quotient(top, bottom);
};

const derivativeName = (top: Expression, bottom: Expression): string | undefined => {
  const under = differentialName(bottom);
  if (under === undefined) return undefined;
  const over = differentialName(top) ?? (isDifferentialSign(top) ? '' : undefined);
  return over === undefined ? undefined : `d${over}/d${under}`;
};

/** y of dy, d^2 y, ∂f. */
const differentialName = (expression: Expression): string | undefined => {
  if (!is.product(expression)) return undefined;
  const [sign, ...rest] = expression.factors;
  if (!sign || !isDifferentialSign(sign) || rest.length === 0) return undefined;
  const names = rest.map((factor) => {
    if (is.symbol(factor)) return isDifferentialSign(factor) ? ' d' : factor.name;
    if (is.power(factor) && is.symbol(factor.base) && is.number(factor.exponent))
      return `${factor.base.name}^${factor.exponent.value.numerator}`;
    return is.call(factor) && factor.name.startsWith('apply ') ? factor.name : undefined;
  });
  return names.includes(undefined) ? undefined : `${orderOf(sign)}${names.join('')}`;
};

const isDifferentialSign = (expression: Expression): boolean =>
  (is.symbol(expression) && (expression.name === 'd' || expression.name === 'partial')) ||
  (is.power(expression) && isDifferentialSign(expression.base));

const orderOf = (sign: Expression): string =>
  is.power(sign) && is.number(sign.exponent) ? `^${sign.exponent.value.numerator} ` : '';
