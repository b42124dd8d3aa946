import { basename } from 'node:path';
import { InputError } from '../../errors.js';
import { readRunConfig } from '../../runs/run-config.js';
import { withRun } from '../../runs/with-run.js';
import { hashFile } from '../../storage/hash-file.js';
import type { BadLine } from '../../storage/read-jsonl.js';
import type { GradedDisagreement } from '../compare-graded.js';
import { createGrader, type GraderOptions } from '../create-grader.js';
import type { GradedRow } from '../graded-row.js';
import type { EvaluationSummary } from '../summarize.js';
import { importStage } from './grade-upstream.js';
import type { FieldNames } from './named-fields.js';
import type { OnlyRows } from './only-rows.js';
import { streamUpstream } from './stream-upstream.js';
import { type Survey, surveyResults } from './survey-results.js';
import { createTally } from './tally-upstream.js';

/** What to import, and the names of fields where the rows have others than a known harness writes. */
export type ImportOptions = FieldNames &
  GraderOptions & {
    /** A run directory to leave the rows in, as an evaluation does. @default none: the rows are returned alone */
    readonly run?: string | undefined;
    /** Problems with the question and the gold answer of each id, for files that hold neither. */
    readonly data?: string | undefined;
    /** Only rows whose field has this value, such as `model_name=…`; a dot goes into an object. */
    readonly only?: OnlyRows | undefined;
    /** Leave out what cannot be used, and count it. @default false: the first such row throws */
    readonly skipBad?: boolean;
    readonly onBad?: (bad: BadLine) => void;
    readonly onNote?: (line: string) => void;
    readonly signal?: AbortSignal;
  };

/** What an import read: how many rows of which harness, and what its verdicts come to beside ours. */
export type ImportedResults = {
  /** Name of the harness, as it was recognised. */
  readonly harness: string;
  readonly summary: EvaluationSummary;
  /** Rows on which our verdict is not the harness's: `a` is ours, `b` the harness's. */
  readonly disagreements: readonly GradedDisagreement[];
  readonly bad: readonly BadLine[];
  /** Other verdicts that the files hold; `correct` chooses one. */
  readonly otherVerdicts: readonly string[];
  /** What was written into the run directory. */
  readonly files: readonly string[];
};

/**
 * Reads what another harness wrote (`resultFormats`, or rows of any shape by the names of their fields), grades every answer anew and puts the
 * harness's own verdict beside ours. The rows are those that `evaluate` returns, so that breakdowns, comparisons and the explorer take them.
 *
 * @throws InputError where a file is of no known format, of two, or holds the rows of several models
 * @example const { rows, summary } = await importResults('samples_gsm8k_2026-05-01T10-00-00.jsonl');
 */
export async function importResults(
  files: string | readonly string[],
  options: ImportOptions = {},
): Promise<ImportedResults & { readonly rows: readonly GradedRow[] }> {
  const rows: GradedRow[] = [];
  const imported = await importEach(files, options, (row) => rows.push(row));
  return { rows, ...imported };
}

/** The same for more rows than memory holds: they go to the run directory, and to `onRow`. */
export async function importEach(
  files: string | readonly string[],
  options: ImportOptions,
  onRow: (row: GradedRow) => void = () => undefined,
): Promise<ImportedResults> {
  const paths = typeof files === 'string' ? [files] : files;
  const { run: directory, preset = 'mathpie', policy } = options;
  const grader = createGrader({ preset, ...(policy && { policy }) });
  if (directory !== undefined) await requireOwnDirectory(directory);
  const survey = await surveyResults(paths, options);
  const tally = createTally({ grader, survey });
  const rows = async function* (): AsyncGenerator<GradedRow> {
    for await (const row of streamUpstream(survey, { ...options, grader })) {
      tally.add(row);
      onRow(row);
      yield row;
    }
  };
  if (directory === undefined) {
    for await (const _ of rows());
    return { ...told(survey), ...tally.close(), files: [] };
  }
  const config = await configOf(survey, options, grader.name);
  return withRun({ directory, stage: importStage, config }, async (run) => {
    const graded = await run.writeRows('graded.jsonl', rows());
    const { summary, disagreements } = tally.close();
    run.keep({ name: 'graded', file: 'graded.jsonl', rows: summary.n });
    const written = [graded, await run.writeFile('summary.json', `${JSON.stringify(summary, null, 2)}\n`)];
    if (summary.upstream !== undefined) written.push(await run.writeRows('disagreements.jsonl', disagreements));
    await run.finish(JSON.parse(JSON.stringify(summary)));
    return { ...told(survey), summary, disagreements, files: written };
  });
}

const told = ({ harness, bad, otherVerdicts }: Survey) => ({ harness, bad, otherVerdicts });

/** The rows of an evaluation were paid for: an import is never written over them. */
async function requireOwnDirectory(directory: string): Promise<void> {
  const others = Object.keys((await readRunConfig(directory))?.stages ?? {}).filter((stage) => stage !== importStage);
  if (others.length === 0) return;
  throw new InputError(
    `Cannot import into ${directory}: it holds what ${others.join(', ')} left; give a directory of its own`,
  );
}

/** What the run is bound to: the content of the files, and how they are read. */
async function configOf(survey: Survey, options: ImportOptions, grader: string) {
  const files: { readonly name: string; readonly sha256: string }[] = [];
  for (const file of survey.files) files.push({ name: basename(file), sha256: await hashFile(file) });
  const { id, question, gold, response, correct, only, skipBad = false } = options;
  const read = { id, question, gold, response, correct, only: only && `${only.field}=${only.value}`, skipBad };
  const data =
    options.data === undefined ? {} : { data: basename(options.data), dataSha256: await hashFile(options.data) };
  return { harness: survey.harness, files, ...JSON.parse(JSON.stringify(read)), ...data, grader, seed: 0 };
}
