import { childrenOf, type Expression, mapChildren } from './expression.js';

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
  if (expression.kind !== 'plus-minus') return mapChildren(expression, (part) => choose(part, sign));
  const right = choose(expression.right, sign);
  const signed: Expression = sign === 1 ? right : { kind: 'negative', operand: right };
  return expression.left ? { kind: 'sum', terms: [choose(expression.left, sign), signed] } : signed;
}
