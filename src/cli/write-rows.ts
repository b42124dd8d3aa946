import { formatCount } from '../steps/format-count.js';
import { writeJsonl } from '../storage/write-jsonl.js';
import type { Terminal } from './show/terminal.js';

/** Writes rows as JSON lines to a file, whole or not at all; to stdout where no file is named. */
export async function writeRows({
  rows,
  out,
  terminal,
}: {
  rows: Iterable<object> | AsyncIterable<object>;
  out: string | undefined;
  terminal: Terminal;
}): Promise<void> {
  if (out === undefined) {
    for await (const row of rows) {
      terminal.row(row);
      await terminal.drained();
    }
    return;
  }
  const count = await writeJsonl({ file: out, rows });
  terminal.note(`Wrote ${formatCount(count)} rows to ${out}`);
}
