import type { Expression } from './expression.js';

/** The values of all parts; undefined where one has none. */
export const evaluateAll = <Value>(
  parts: readonly Expression[],
  evaluate: (part: Expression) => Value | undefined,
): Value[] | undefined => {
  const values: Value[] = [];
  for (const part of parts) {
    const value = evaluate(part);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
};

/** The values of parts combined from left to right; undefined where one has no value, a combination has none, or there are no parts. */
export const foldParts = <Value>(
  parts: readonly Expression[],
  evaluate: (part: Expression) => Value | undefined,
  combine: (left: Value, right: Value) => Value | undefined,
): Value | undefined => {
  let total: Value | undefined;
  for (const part of parts) {
    const value = evaluate(part);
    if (value === undefined) return undefined;
    total = total === undefined ? value : combine(total, value);
    if (total === undefined) return undefined;
  }
  return total;
};
