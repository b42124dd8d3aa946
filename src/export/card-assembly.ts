import { basename, dirname, relative } from 'node:path';
import type { AssemblyReport } from '../metamath/assemble/assembly-report.js';
import { packageVersion } from '../runs/run-config.js';
import { readLines } from '../storage/read-lines.js';
import { writeAtomic } from '../storage/write-atomic.js';
import { collectFields } from './describe-fields.js';
import { type ExportNote, noteFile } from './export-note.js';
import { tallyRows } from './tally-rows.js';
import { type CardOptions, writeCard } from './write-card.js';

/** Writes the card and the note of a set that `assemble` wrote, from its report and its rows. Returns the card's path. */
export async function cardAssembly({
  file,
  report,
  card,
}: {
  file: string;
  report: AssemblyReport;
  card?: CardOptions | undefined;
}): Promise<string> {
  const fields = collectFields();
  const { rows, tally } = tallyRows(readRows(file));
  for await (const row of rows) fields.observe(row);
  const shape = 'metamathqa';
  const path = await writeCard({ file, tally: tally(), shape, fields, card, sources: { report } });
  const note: ExportNote = {
    mathpie: packageVersion(),
    shape,
    rows: report.output.rows,
    sha256: report.output.sha256,
    run: null,
    unfinished: [],
    tests: report.tests.map((test) => basename(test.file)),
    card: relative(dirname(file), path),
  };
  await writeAtomic(noteFile(file), `${JSON.stringify(note, null, 2)}\n`);
  return path;
}

async function* readRows(file: string): AsyncGenerator<object> {
  for await (const { text } of readLines(file)) if (text.trim() !== '') yield JSON.parse(text);
}
