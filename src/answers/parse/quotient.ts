import type { Expression } from '../numbers/expression.js';
import * as make from '../numbers/make.js';

/** A quotient; dy over dx is the name of a derivative, in which nothing cancels. */
export function quotientOf(top: Expression, bottom: Expression): Expression {
  const name = derivativeName(top, bottom);
  return name === undefined ? make.quotient(top, bottom) : make.symbol(name);
}

function derivativeName(top: Expression, bottom: Expression): string | undefined {
  const under = differentialName(bottom);
  if (under === undefined) return undefined;
  const over = differentialName(top) ?? (isDifferentialSign(top) ? '' : undefined);
  return over === undefined ? undefined : `d${over}/d${under}`;
}

/** y of dy, d^2 y, ∂f. */
function differentialName(expression: Expression): string | undefined {
  if (expression.kind !== 'product') return undefined;
  const [sign, ...rest] = expression.factors;
  if (!sign || !isDifferentialSign(sign) || rest.length === 0) return undefined;
  const names = rest.map((factor) => {
    if (factor.kind === 'symbol') return factor.name === 'd' || factor.name === 'partial' ? ' d' : factor.name;
    if (factor.kind === 'power' && factor.base.kind === 'symbol' && factor.exponent.kind === 'number')
      return `${factor.base.name}^${factor.exponent.value.numerator}`;
    return factor.kind === 'call' && factor.name.startsWith('apply ') ? factor.name : undefined;
  });
  return names.includes(undefined) ? undefined : `${orderOf(sign)}${names.join('')}`;
}

const isDifferentialSign = (expression: Expression): boolean =>
  (expression.kind === 'symbol' && (expression.name === 'd' || expression.name === 'partial')) ||
  (expression.kind === 'power' && isDifferentialSign(expression.base));

const orderOf = (sign: Expression): string =>
  sign.kind === 'power' && sign.exponent.kind === 'number' ? `^${sign.exponent.value.numerator} ` : '';
