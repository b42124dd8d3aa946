import { InputError } from '../../errors.js';
import type { ThinkingChoice } from '../../prompts/keep-thinking.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { readMagpieRows } from './read-magpie-rows.js';
import { toDpoRow } from './to-dpo-row.js';
import { type ShareGptRow, toShareGpt } from './to-sharegpt.js';

export type ConcatenateOptions = {
  readonly files: readonly string[];
  /** `sharegpt`: conversations with ids of their own; `dpo`: preference rows; `rows`: as they are. @default 'sharegpt' */
  readonly shape?: 'sharegpt' | 'dpo' | 'rows';
  /** Conversation n is called `{idPrefix}_{n}`. @default 'Magpie' */
  readonly idPrefix?: string;
  /** Number of the first conversation. @default 0 */
  readonly startId?: number;
  /** What is done with what a model thought; rows as they are keep it. @default it is left out */
  readonly thinking?: ThinkingChoice | undefined;
};

export type ConcatenateCounts = {
  /** Rows written of each file. */
  readonly files: Readonly<Record<string, number>>;
  readonly written: number;
  readonly dropped: Readonly<Record<string, number>>;
  /** Tags outside of their lists, by field; they became null. */
  readonly badTags: Readonly<Record<string, number>>;
  /** Which model wrote how many problems. */
  readonly generators: Readonly<Record<string, number>>;
};

/**
 * Streams the rows of several files as one set, in order, and counts what happens to them. Rows without a response are dropped and
 * counted; tags may be there or not; problems and solutions of different models may be mixed. Read `counts()` at the end.
 */
export function concatenateFiles({
  files,
  shape = 'sharegpt',
  idPrefix = 'Magpie',
  startId = 0,
  thinking,
}: ConcatenateOptions): {
  rows: AsyncGenerator<object>;
  counts: () => ConcatenateCounts;
} {
  if (files.length === 0) throw new InputError('Cannot concatenate nothing: name at least one file');
  const counts = {
    files: {} as Record<string, number>,
    dropped: {} as Record<string, number>,
    badTags: {} as Record<string, number>,
    generators: {} as Record<string, number>,
  };
  let written = 0;
  const count = (kind: keyof typeof counts, name: string): void => {
    counts[kind][name] = (counts[kind][name] ?? 0) + 1;
  };
  const convert = (row: JsonObject): ShareGptRow | object | string => {
    if (shape === 'rows') return row;
    if (shape === 'dpo') return toDpoRow(row, { thinking });
    const conversationId = `${idPrefix}_${startId + written}`;
    return toShareGpt(row, { conversationId, thinking, onBadTag: (field) => count('badTags', field) });
  };
  async function* rows(): AsyncGenerator<object> {
    for (const file of files) {
      counts.files[file] ??= 0;
      for await (const row of readMagpieRows(file)) {
        const made = convert(row);
        if (typeof made === 'string') {
          count('dropped', made);
          continue;
        }
        count('files', file);
        count('generators', generatorOf(row));
        yield made;
        written += 1;
      }
    }
  }
  return { rows: rows(), counts: () => ({ ...counts, written }) };
}

function generatorOf(row: JsonObject): string {
  const configs = row.gen_input_configs as { readonly input_generator?: unknown } | null | undefined;
  const name = configs?.input_generator ?? row.output_generator;
  return typeof name === 'string' ? name : 'unknown';
}
