import type { JsonObject } from '../../storage/read-jsonl.js';
import type { Condition, Literal, Operand, Operator } from './filter-expression.js';

/**
 * Whether a row meets a condition. What is absent is null: equal to null alone, and neither smaller nor larger than anything. Two
 * values of different kinds are never equal; a list is compared item by item by `contains` and `in`.
 */
export function meetsCondition(row: JsonObject, condition: Condition): boolean {
  switch (condition.kind) {
    case 'and':
      return meetsCondition(row, condition.left) && meetsCondition(row, condition.right);
    case 'or':
      return meetsCondition(row, condition.left) || meetsCondition(row, condition.right);
    case 'not':
      return !meetsCondition(row, condition.of);
    case 'exists':
      return (resolveOperand(row, condition.value) ?? null) !== null;
    case 'compare':
      return compare(condition.operator, resolveOperand(row, condition.left), resolveOperand(row, condition.right));
  }
}

function resolveOperand(row: JsonObject, operand: Operand): unknown {
  if ('literal' in operand) return operand.literal;
  if ('list' in operand) return operand.list;
  let value: unknown = row;
  for (const name of operand.field) {
    // Own fields alone: what every object inherits is none of the row's.
    const isHeld = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
    value = isHeld ? (value as JsonObject)[name] : undefined;
  }
  if (operand.measure === undefined || operand.measure === 'field') return value ?? null;
  if (operand.measure === 'words') return typeof value === 'string' ? (value.match(/\S+/g)?.length ?? 0) : null;
  return typeof value === 'string' ? [...value].length : Array.isArray(value) ? value.length : null;
}

function compare(operator: Operator, left: unknown, right: unknown): boolean {
  switch (operator) {
    case '==':
      return isSame(left, right);
    case '!=':
      return !isSame(left, right);
    case 'in':
      return Array.isArray(right) && right.some((item) => isSame(left, item as Literal));
    case 'contains':
      if (Array.isArray(left)) return left.some((item) => isSame(item, right));
      return typeof left === 'string' && typeof right === 'string' && left.includes(right);
    case 'startswith':
      return typeof left === 'string' && typeof right === 'string' && left.startsWith(right);
    case 'endswith':
      return typeof left === 'string' && typeof right === 'string' && left.endsWith(right);
    default:
      return isOrdered(operator, left, right);
  }
}

function isOrdered(operator: '<' | '<=' | '>' | '>=', left: unknown, right: unknown): boolean {
  const comparable = typeof left === typeof right && (typeof left === 'number' || typeof left === 'string');
  if (!comparable) return false;
  const [a, b] = [left as number, right as number];
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
}

const isSame = (left: unknown, right: unknown): boolean => (left ?? null) === (right ?? null);
