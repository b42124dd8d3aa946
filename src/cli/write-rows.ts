import { writeAtomic } from '../storage/write-atomic.js';
import type { Terminal } from './terminal.js';

/** Writes rows as JSON lines to a file, whole or not at all; to stdout where no file is named. */
export async function writeRows({
  rows,
  out,
  terminal,
}: {
  rows: readonly object[];
  out: string | undefined;
  terminal: Terminal;
}): Promise<void> {
  if (out === undefined) {
    for (const row of rows) terminal.row(row);
    return;
  }
  await writeAtomic(out, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  terminal.note(`Wrote ${rows.length.toLocaleString('en-US')} rows to ${out}`);
}
