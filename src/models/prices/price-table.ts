import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { describeSchemaIssue } from '../../describe-schema-issue.js';
import { InputError } from '../../errors.js';
import { packagePath } from '../../package-root.js';
import { readFailure } from '../../storage/storage-failure.js';

/** What a model costs, in US dollars for a million tokens, and where that was read. */
export type Price = {
  /** The model string, such as `openai:gpt-5-mini`. */
  readonly model: string;
  readonly input: number;
  readonly output: number;
  /** When the price was read, as YYYY-MM-DD. */
  readonly read: string;
  /** The address where it stands. */
  readonly source: string;
};

export type PriceTable = {
  /** What a token in a batch costs, as a share of the price above. */
  readonly batchFactor: { readonly value: number; readonly read: string; readonly source: string } | null;
  readonly models: readonly Price[];
};

const read = z.iso.date();
const source = z.url({ protocol: /^https?$/ });
const dollars = z.number().min(0);
const schema = z.strictObject({
  comment: z.string().optional(),
  batchFactor: z
    .strictObject({ value: z.number().gt(0).max(1), read, source })
    .nullable()
    .default(null),
  models: z.array(z.strictObject({ model: z.string().min(1), input: dollars, output: dollars, read, source })),
});

/** Reads a table of prices under a strict schema; `configs/prices.json` where no file is named. Throws `InputError`. */
export function loadPriceTable(file: string = packagePath('configs', 'prices.json')): PriceTable {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw readFailure(file, error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new InputError(`Cannot use prices ${file}: not valid JSON; correct the file`, { file, cause });
  }
  const fault = describeSchemaIssue(schema, value);
  if (fault !== undefined) {
    throw new InputError(`Cannot use prices ${file}: ${fault}; correct it, docs/costs.md lists every key`, { file });
  }
  return schema.parse(value);
}
