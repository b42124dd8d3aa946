import { basename, dirname, relative, resolve } from 'node:path';
import { countBrokenSteps } from '../answers/steps/count-broken-steps.js';
import { dropThinking, type ThinkingChoice } from '../prompts/keep-thinking.js';
import { packageVersion } from '../runs/run-config.js';
import { createOverlapIndex } from '../selection/overlap-index.js';
import { readTestItems } from '../selection/read-test-items.js';
import { hashFile } from '../storage/hash-file.js';
import { writeAtomic } from '../storage/write-atomic.js';
import type { SetLicence } from './decide-licence.js';
import { type NamedAccuracy, readGradedAccuracies } from './describe-accuracy.js';
import { collectFields } from './describe-fields.js';
import { type ExportNote, noteFile } from './export-note.js';
import { readRunFacts } from './run-facts.js';
import { problemOf, tallyRows } from './tally-rows.js';
import { type PreferenceSource, toPreference } from './to-preference.js';
import { type SftShape, type SftSource, toSft } from './to-sft.js';
import { type CardOptions, type TestSetName, writeCard } from './write-card.js';
import { type TestSplit, writeSplit } from './write-split.js';

export type Exported = {
  readonly file: string;
  readonly rows: number;
  readonly card: string;
  /** Of the set, as its card says it. */
  readonly licence: SetLicence;
  /** Rows that were left out because they overlap with a test set. */
  readonly contaminated: number;
  /** Rows that were left out because a line of their work is broken. */
  readonly broken: number;
  /** The part that is kept for tests, where one is. */
  readonly test?: TestSplit | undefined;
};

type ExportOptions<Row> = {
  rows: Iterable<Row> | AsyncIterable<Row>;
  file: string;
  card?: CardOptions | undefined;
  /** The run directory that the rows are from: its settings, yields and checks stand on the card. */
  run?: string | undefined;
  /** The stage of the run that this export is: it has not ended while it writes, and is no unfinished one. */
  stage?: string | undefined;
  /** What is done with what the model thought. @default it is left out */
  thinking?: ThinkingChoice | undefined;
  /** Test sets; a row that shares ten words in a row with one of their questions is left out. */
  tests?: readonly string[] | undefined;
  /** Leave out rows with a line of work that does not hold (`checkSteps`); of pairs, of the preferred response. @default false */
  dropBrokenSteps?: boolean | undefined;
  /** Share of the problems whose rows go to a file of their own, for tests. @default 0: there is none */
  testShare?: number | undefined;
  /** More figures for the card. */
  accuracies?: readonly NamedAccuracy[] | undefined;
};

/** Writes a data set for supervised fine-tuning, its card and its note. `shape`: chat messages, or MetaMathQA's four fields. */
export async function exportSft({
  shape = 'messages',
  ...options
}: ExportOptions<SftSource> & { shape?: SftShape }): Promise<Exported> {
  const { thinking = dropThinking } = options;
  return exportRows({ ...options, shape, convert: (row) => toSft(row, { shape, thinking }) });
}

/** Writes a preference data set ({prompt, chosen, rejected} as messages, and the scores), its card and its note. */
export async function exportPreference(options: ExportOptions<PreferenceSource>): Promise<Exported> {
  const { thinking = dropThinking } = options;
  return exportRows({ ...options, shape: 'preference', convert: (row) => toPreference(row, { thinking }) });
}

async function exportRows<Row extends object>({
  rows,
  file,
  shape,
  card,
  run,
  stage,
  tests = [],
  dropBrokenSteps = false,
  testShare,
  accuracies = [],
  thinking,
  convert,
}: ExportOptions<Row> & { shape: string; convert: (row: Row) => object }): Promise<Exported> {
  const { testSets, isContaminated } = await openTests(tests);
  let contaminated = 0;
  let broken = 0;
  async function* apart(): AsyncGenerator<Row> {
    for await (const row of rows) {
      if (isContaminated(row)) contaminated += 1;
      else if (dropBrokenSteps && countBrokenSteps(row) > 0) broken += 1;
      else yield row;
    }
  }
  const { rows: counted, tally } = tallyRows(apart());
  const fields = collectFields();
  async function* converted(): AsyncGenerator<{ row: object; problem: string }> {
    for await (const row of counted) {
      const result = convert(row);
      fields.observe(result);
      yield { row: result, problem: problemOf(row) };
    }
  }
  const { rows: count, test } = await writeSplit({ file, rows: converted(), testShare });
  const facts = run === undefined ? undefined : await readRunFacts(run, { stage });
  const graded = run === undefined ? [] : await readGradedAccuracies(run);
  const name = run === undefined ? undefined : basename(resolve(run));
  const told = [...graded, ...accuracies];
  const sources = {
    facts,
    test,
    run: name,
    accuracies: told,
    tests: testSets,
    contaminated,
    broken: dropBrokenSteps ? broken : undefined,
    thinking,
  };
  const { path, licence } = await writeCard({ file, tally: tally(), shape, fields, card, sources });
  const note: ExportNote = {
    mathpie: packageVersion(),
    shape,
    rows: count,
    sha256: await hashFile(file),
    run: name ?? null,
    unfinished: facts?.unfinished ?? [],
    tests: testSets.map((set) => basename(set.file)),
    card: relative(dirname(file), path),
    ...(test === undefined
      ? {}
      : { test: { file: basename(test.file), rows: test.rows, sha256: await hashFile(test.file) } }),
  };
  await writeAtomic(noteFile(file), `${JSON.stringify(note, null, 2)}\n`);
  return { file, rows: count, card: path, licence, contaminated, broken, ...(test === undefined ? {} : { test }) };
}

async function openTests(
  files: readonly string[],
): Promise<{ testSets: readonly TestSetName[]; isContaminated: (row: object) => boolean }> {
  if (files.length === 0) return { testSets: [], isContaminated: () => false };
  const sets = await Promise.all(
    files.map(async (file) => ({ file, items: await readTestItems(file), sha256: await hashFile(file) })),
  );
  const index = createOverlapIndex({ items: sets.flatMap(({ items }) => items) });
  return {
    testSets: sets.map(({ items, ...set }) => ({ ...set, items: items.length })),
    isContaminated: (row) =>
      ['query', 'instruction', 'question', 'original_question'].some((field) => {
        const text = (row as { readonly [name: string]: unknown })[field];
        return typeof text === 'string' && index.find(text) !== undefined;
      }),
  };
}
