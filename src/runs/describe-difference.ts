import type { JsonValue } from './run-record.js';

/**
 * Every field in which two JSON values differ, as `name: was → now` with dotted names, in the order of the names.
 * An empty list means equal; the order of keys does not count.
 */
export function describeDifference(was: JsonValue | undefined, now: JsonValue | undefined, name = ''): string[] {
  if (isPlainObject(was) && isPlainObject(now)) {
    const keys = [...new Set([...Object.keys(was), ...Object.keys(now)])].sort();
    return keys.flatMap((key) => describeDifference(was[key], now[key], name === '' ? key : `${name}.${key}`));
  }
  if (Array.isArray(was) && Array.isArray(now) && was.length === now.length) {
    return was.flatMap((value, index) => describeDifference(value, now[index], `${name}[${index}]`));
  }
  const [left, right] = [show(was), show(now)];
  return left === right ? [] : [`${name}: ${shorten(left)} → ${shorten(right)}`];
}

function isPlainObject(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: JsonValue | undefined): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
