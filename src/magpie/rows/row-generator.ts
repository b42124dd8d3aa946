import type { JsonObject } from '../../storage/read-jsonl.js';

/** The model that wrote a row's problem, as it says itself; undefined where it does not. */
export function rowGenerator(row: JsonObject | undefined): string | undefined {
  const configs = row?.gen_input_configs as { readonly input_generator?: unknown } | null | undefined;
  return typeof configs?.input_generator === 'string' ? configs.input_generator : undefined;
}
