import { basename, dirname, relative, resolve } from 'node:path';
import type { AssemblyReport } from '../metamath/assemble/assembly-report.js';
import { packageVersion } from '../runs/run-config.js';
import { readLines } from '../storage/read-lines.js';
import { writeAtomic } from '../storage/write-atomic.js';
import type { SetLicence } from './decide-licence.js';
import { type NamedAccuracy, readGradedAccuracies } from './describe-accuracy.js';
import { collectFields } from './describe-fields.js';
import { type ExportNote, noteFile } from './export-note.js';
import { type DataFile, dataOf } from './find-ingredients.js';
import { readRunFacts } from './run-facts.js';
import { tallyRows } from './tally-rows.js';
import { type CardOptions, type CardSources, writeCard } from './write-card.js';

/** Writes the card and the note of a set that `assemble` wrote, from its report and its rows. Returns the card's path and licence. */
export async function cardAssembly({
  file,
  report,
  runs = [],
  card,
}: {
  file: string;
  report: AssemblyReport;
  /** The run directories that were mixed: their models and accuracies stand on the card. */
  runs?: readonly string[];
  card?: CardOptions | undefined;
}): Promise<{ path: string; licence: SetLicence }> {
  const fields = collectFields();
  const { rows, tally } = tallyRows(readRows(file));
  for await (const row of rows) fields.observe(row);
  const shape = 'metamathqa';
  const mixed = await readRuns(runs);
  const files = report.inputs.filter(({ name }) => !runs.includes(name));
  const data = [
    ...mixed.data,
    ...files.map(({ name, sha256 }) => ({ name: basename(name), sha256, holds: 'rows' as const })),
  ];
  const { path, licence } = await writeCard({
    file,
    tally: tally(),
    shape,
    fields,
    card,
    sources: { report, ...mixed, data },
  });
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
  return { path, licence };
}

async function readRuns(
  runs: readonly string[],
): Promise<Pick<CardSources, 'models' | 'prompts' | 'accuracies'> & { readonly data: readonly DataFile[] }> {
  const models = new Set<string>();
  const prompts = new Set<string>();
  const accuracies: NamedAccuracy[] = [];
  const data: DataFile[] = [];
  for (const run of runs) {
    const stages = (await readRunFacts(run))?.stages ?? [];
    data.push(...dataOf(stages));
    for (const { settings } of stages) {
      if (typeof settings.model === 'string') models.add(settings.model);
      if (typeof settings.prompts === 'string') prompts.add(settings.prompts);
    }
    const graded = await readGradedAccuracies(run);
    const name = basename(resolve(run));
    accuracies.push(...graded.map((each) => (runs.length === 1 ? each : { ...each, name: `${name}: ${each.name}` })));
  }
  return { models: [...models], prompts: [...prompts], accuracies, data };
}

async function* readRows(file: string): AsyncGenerator<object> {
  for await (const { text } of readLines(file)) if (text.trim() !== '') yield JSON.parse(text);
}
