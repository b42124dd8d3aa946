import type { Complex } from './complex.js';
import { childrenOf, type Expression } from './expression.js';
import * as is from './is.js';

/** The value of the first piece whose condition holds; a condition that cannot be decided makes it undefined. */
export const evaluatePiecewise = (
  { pieces }: Extract<Expression, { kind: 'piecewise' }>,
  values: ReadonlyMap<string, Complex>,
  evaluate: (part: Expression) => Complex | undefined,
): Complex | undefined => {
  for (const { value, condition } of pieces) {
    const holds = condition ? decideCondition(condition, values, evaluate) : true;
    if (holds === undefined) return undefined;
    if (holds) return evaluate(value);
  }
  return undefined;
};

const decideCondition = (
  condition: Expression,
  values: ReadonlyMap<string, Complex>,
  evaluate: (part: Expression) => Complex | undefined,
): boolean | undefined => {
  if (is.text(condition)) return decideWords(condition.text, values);
  if (is.list(condition) || (is.setOperation(condition) && condition.operator !== 'difference')) {
    const parts = childrenOf(condition).map((part) => decideCondition(part, values, evaluate));
    if (parts.includes(undefined)) return undefined;
    return is.setOperation(condition) && condition.operator === 'union' ? parts.includes(true) : !parts.includes(false);
  }
  if (!is.relation(condition)) return undefined;
  const sides = condition.operands.map((operand) => evaluate(operand));
  return condition.operators.every((operator, index) => {
    const left = sides[index];
    const right = sides[index + 1];
    return left && right && compareSides(operator, left.re, right.re);
  });
};

const compareSides = (operator: string, left: number, right: number): boolean => {
  if (operator === '<') return left < right;
  if (operator === '>') return left > right;
  if (operator === '≤') return left <= right;
  if (operator === '≥') return left >= right;
  return operator === '≠' ? left !== right : left === right;
};

/** "n is odd", "if n even", "otherwise". */
const decideWords = (text: string, values: ReadonlyMap<string, Complex>): boolean | undefined => {
  if (/^(otherwise|else)$/i.test(text.trim())) return true;
  const match = /^(?:if |for |when )?([a-z]) (?:is )?(?:an )?(odd|even)$/i.exec(text.trim());
  const value = match?.[1] ? values.get(match[1]) : undefined;
  if (!value || !Number.isInteger(value.re)) return undefined;
  return (value.re % 2 === 0) === (match?.[2] === 'even');
};
