import type { JsonValue } from '../../runs/run-record.js';

/** A plain object as JSON holds it: undefined fields are gone. */
export function toJson(value: object): { readonly [field: string]: JsonValue } {
  return JSON.parse(JSON.stringify(value));
}
