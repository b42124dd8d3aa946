import { InputError } from '../../errors.js';
import { writeAtomic } from '../../storage/write-atomic.js';
import type { ReportSection } from '../report/report-section.js';
import type { ExplorerOptions, ExplorerRun } from './build-page-data.js';
import { readExplorerRun } from './read-explorer-run.js';
import { renderExplorer } from './render-explorer.js';

export type WriteExplorerOptions = Partial<ExplorerOptions> & {
  /** Where to write the page; an existing one is replaced. */
  readonly path: string;
  /** Chapters below the explorer. */
  readonly sections?: readonly ReportSection[];
};

/**
 * Writes the explorer of one or several evaluations: run directories by their paths, or rows. Returns the size of the page and of its rows in
 * bytes. Throws `InputError` where a directory holds no evaluation.
 */
export async function writeExplorer(
  runs: readonly (string | ExplorerRun)[],
  { path, title, ...options }: WriteExplorerOptions,
): Promise<{ readonly path: string; readonly bytes: number; readonly answers: number }> {
  const read = await readRuns(runs);
  const page = await renderExplorer(read, { ...options, title: title ?? read.map(({ name }) => name).join(', ') });
  await writeAtomic(path, page);
  return { path, bytes: Buffer.byteLength(page), answers: read.reduce((sum, { rows }) => sum + rows.length, 0) };
}

/** Run directories and rows as the explorer takes them; runs of one name are told apart by numbers. */
export async function readRuns(runs: readonly (string | ExplorerRun)[]): Promise<readonly ExplorerRun[]> {
  if (runs.length === 0) throw new InputError('Cannot show an explorer: no run is named; name at least one');
  const read: ExplorerRun[] = [];
  for (const run of runs) {
    const found = typeof run === 'string' ? await readExplorerRun(run) : run;
    const same = read.filter(({ name }) => name === found.name || name.startsWith(`${found.name} (`)).length;
    read.push(same === 0 ? found : { ...found, name: `${found.name} (${same + 1})` });
  }
  return read;
}
