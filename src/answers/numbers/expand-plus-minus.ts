import { type Expression, mapChildren, mentions } from './expression.js';
import * as is from './is.js';
import * as make from './make.js';

/** `1 \pm \sqrt{2}` as the list of both values; lists that contain such items grow. Other expressions stay the same. */
export const expandPlusMinus = (expression: Expression): Expression => {
  if (!hasSign(expression)) return expression;
  if (is.list(expression) || is.set(expression))
    return { kind: expression.kind, items: expression.items.flatMap(bothSigns) };
  return make.list(bothSigns(expression));
};

const bothSigns = (expression: Expression): Expression[] => {
  if (!hasSign(expression)) return [expression];
  // "x = ±2" asserts both of x: keep the name with each.
  return [choose(expression, 1), choose(expression, -1)];
};

const hasSign = (expression: Expression): boolean => mentions(expression, is.plusMinus);

/** All signs of one expression go together, as in the quadratic formula. */
const choose = (expression: Expression, sign: 1 | -1): Expression => {
  if (!is.plusMinus(expression)) return mapChildren(expression, (part) => choose(part, sign));
  const right = choose(expression.right, sign);
  const signed: Expression = sign === 1 ? right : make.minus(right);
  return expression.left ? make.sum([choose(expression.left, sign), signed]) : signed;
};
