import { writeJsonl } from '../storage/write-jsonl.js';
import { tallyRows } from './tally-rows.js';
import { type PreferenceSource, toPreference } from './to-preference.js';
import { type SftShape, type SftSource, toSft } from './to-sft.js';
import { type CardOptions, writeCard } from './write-card.js';

export type Exported = { readonly file: string; readonly rows: number; readonly card: string };

/** Writes a data set for supervised fine-tuning and its card. `shape`: chat messages, or MetaMathQA's four fields. */
export async function exportSft({
  rows,
  file,
  shape = 'messages',
  card,
}: {
  rows: Iterable<SftSource> | AsyncIterable<SftSource>;
  file: string;
  shape?: SftShape;
  card?: CardOptions | undefined;
}): Promise<Exported> {
  return exportRows({ rows, file, shape, card, convert: (row) => toSft(row, { shape }) });
}

/** Writes a preference data set ({prompt, chosen, rejected} as messages, and the scores) and its card. */
export async function exportPreference({
  rows,
  file,
  card,
}: {
  rows: Iterable<PreferenceSource> | AsyncIterable<PreferenceSource>;
  file: string;
  card?: CardOptions | undefined;
}): Promise<Exported> {
  return exportRows({ rows, file, shape: 'preference', card, convert: toPreference });
}

async function exportRows<Row extends object>({
  rows,
  file,
  shape,
  card,
  convert,
}: {
  rows: Iterable<Row> | AsyncIterable<Row>;
  file: string;
  shape: string;
  card?: CardOptions | undefined;
  convert: (row: Row) => object;
}): Promise<Exported> {
  const { rows: counted, tally } = tallyRows(rows);
  async function* converted(): AsyncGenerator<object> {
    for await (const row of counted) yield convert(row);
  }
  const count = await writeJsonl({ file, rows: converted() });
  const path = await writeCard({ file, tally: tally(), shape, ...(card === undefined ? {} : { card }) });
  return { file, rows: count, card: path };
}
