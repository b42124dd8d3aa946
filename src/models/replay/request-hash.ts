import { createHash } from 'node:crypto';
import type { GenerationRequest } from '../language-model.js';

/** What makes two requests the same: prompt, sampling and number of samples; the id does not count. 32 hex digits. */
export function requestHash({ prompt, sampling, samples = 1 }: GenerationRequest): string {
  return hashJson({ prompt, sampling, samples });
}

/** The first 32 hex digits of the SHA-256 of a value's JSON with sorted keys. */
export function hashJson(value: unknown): string {
  const text = JSON.stringify(sortKeys(value));
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** Key order must not matter, and neither may a key that is there but undefined. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, entry]) => [key, sortKeys(entry)]));
}
