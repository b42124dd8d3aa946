import { basename, dirname, relative, resolve } from 'node:path';
import type { AssemblyReport } from '../metamath/assemble/assembly-report.js';
import { packageVersion } from '../runs/run-config.js';
import { readLines } from '../storage/read-lines.js';
import { writeAtomic } from '../storage/write-atomic.js';
import { type NamedAccuracy, readGradedAccuracies } from './describe-accuracy.js';
import { collectFields } from './describe-fields.js';
import { type ExportNote, noteFile } from './export-note.js';
import { readRunFacts } from './run-facts.js';
import { tallyRows } from './tally-rows.js';
import { type CardOptions, type CardSources, writeCard } from './write-card.js';

/** Writes the card and the note of a set that `assemble` wrote, from its report and its rows. Returns the card's path. */
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
}): Promise<string> {
  const fields = collectFields();
  const { rows, tally } = tallyRows(readRows(file));
  for await (const row of rows) fields.observe(row);
  const shape = 'metamathqa';
  const path = await writeCard({
    file,
    tally: tally(),
    shape,
    fields,
    card,
    sources: { report, ...(await readRuns(runs)) },
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
  return path;
}

async function readRuns(runs: readonly string[]): Promise<Pick<CardSources, 'models' | 'prompts' | 'accuracies'>> {
  const models = new Set<string>();
  const prompts = new Set<string>();
  const accuracies: NamedAccuracy[] = [];
  for (const run of runs) {
    for (const { settings } of (await readRunFacts(run))?.stages ?? []) {
      if (typeof settings.model === 'string') models.add(settings.model);
      if (typeof settings.prompts === 'string') prompts.add(settings.prompts);
    }
    const graded = await readGradedAccuracies(run);
    const name = basename(resolve(run));
    accuracies.push(...graded.map((each) => (runs.length === 1 ? each : { ...each, name: `${name}: ${each.name}` })));
  }
  return { models: [...models], prompts: [...prompts], accuracies };
}

async function* readRows(file: string): AsyncGenerator<object> {
  for await (const { text } of readLines(file)) if (text.trim() !== '') yield JSON.parse(text);
}
