import { createHash } from 'node:crypto';
import type { JsonValue } from './run-record.js';

/**
 * A directory name for one title and one configuration, such as `Pocket-Math-1f3a9c2e`: other settings get another
 * directory, and the same settings find theirs again. Order of the fields does not matter.
 */
export function runName(title: string, settings: JsonValue): string {
  const hash = createHash('sha256').update(canonical(settings)).digest('hex').slice(0, 8);
  const label = title.replace(/[^A-Za-z0-9.-]+/g, '-').replace(/^[-.]+|-+$/g, '');
  return label === '' ? hash : `${label}-${hash}`;
}

function canonical(value: JsonValue): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([left], [right]) => (left < right ? -1 : 1)))
      : item,
  );
}
