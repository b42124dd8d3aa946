import { childrenOf, type Expression } from './expression.js';

/** `1 \pm \sqrt{2}` as the list of both values; lists that contain such items grow. Other expressions stay the same. */
export function expandPlusMinus(expression: Expression): Expression {
  if (!mentions(expression)) return expression;
  if (expression.kind === 'list' || expression.kind === 'set') {
    return { kind: expression.kind, items: expression.items.flatMap(bothSigns) };
  }
  const both = bothSigns(expression);
  return { kind: 'list', items: both };
}

function bothSigns(expression: Expression): Expression[] {
  if (!mentions(expression)) return [expression];
  // "x = ±2" asserts both of x: keep the name with each.
  return [choose(expression, 1), choose(expression, -1)];
}

function mentions(expression: Expression): boolean {
  return expression.kind === 'plus-minus' || childrenOf(expression).some(mentions);
}

/** All signs of one expression go together, as in the quadratic formula. */
function choose(expression: Expression, sign: 1 | -1): Expression {
  const inner = (part: Expression): Expression => choose(part, sign);
  switch (expression.kind) {
    case 'plus-minus': {
      const right = inner(expression.right);
      const signed: Expression = sign === 1 ? right : { kind: 'negative', operand: right };
      return expression.left ? { kind: 'sum', terms: [inner(expression.left), signed] } : signed;
    }
    case 'sum':
      return { kind: 'sum', terms: expression.terms.map(inner) };
    case 'product':
      return { kind: 'product', factors: expression.factors.map(inner) };
    case 'negative':
    case 'degrees':
    case 'percent':
    case 'quantity':
      return { ...expression, operand: inner(expression.operand) };
    case 'quotient':
      return { kind: 'quotient', top: inner(expression.top), bottom: inner(expression.bottom) };
    case 'power':
      return { kind: 'power', base: inner(expression.base), exponent: inner(expression.exponent) };
    case 'root':
      return { kind: 'root', radicand: inner(expression.radicand), index: expression.index };
    case 'relation':
      return { ...expression, operands: expression.operands.map(inner) };
    case 'tuple':
      return { ...expression, items: expression.items.map(inner) };
    case 'call':
      return { ...expression, operands: expression.operands.map(inner) };
    default:
      return expression;
  }
}
