import { z } from 'zod';
import { nearestOf } from './nearest.js';

/**
 * The first fault that a strict schema finds, in a few words: `duplicates.treshold: unknown key (nearest: threshold)`. Undefined
 * where the value is right.
 */
export function describeSchemaIssue(schema: z.ZodType, value: unknown): string | undefined {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  if (issue === undefined) return undefined;
  const at = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const known = knownKeys(schema, issue.path);
    const nearest = nearestOf(key, known);
    const guess = nearest === undefined ? `known are ${known.join(', ')}` : `nearest: ${nearest}`;
    return `${[at, key].filter(Boolean).join('.')}: unknown key (${guess})`;
  }
  const message = issue.message.replace(/\s+/g, ' ');
  return at === '' ? message : `${at}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const inner = unwrap(schema);
  const [first, ...rest] = path;
  if (inner instanceof z.ZodObject) {
    if (first === undefined) return Object.keys(inner.shape);
    const next = inner.shape[String(first)];
    return next === undefined ? [] : knownKeys(next, rest);
  }
  if (inner instanceof z.ZodRecord) return knownKeys(inner.valueType as z.ZodType, rest);
  if (inner instanceof z.ZodArray) return knownKeys(inner.element as z.ZodType, rest);
  return [];
}

function unwrap(schema: z.ZodType): z.ZodType {
  const isWrapped =
    schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional;
  return isWrapped ? unwrap(schema.unwrap() as z.ZodType) : schema;
}
