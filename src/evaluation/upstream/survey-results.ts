import { basename } from 'node:path';
import { InputError } from '../../errors.js';
import { named } from '../../name-setting.js';
import type { Problem } from '../../problems/problem.js';
import type { BadLine, JsonObject } from '../../storage/read-jsonl.js';
import { createThirds, lengthOf, type QuestionLength } from '../question-thirds.js';
import type { ImportOptions } from './import-results.js';
import { createKnownQuestions } from './known-questions.js';
import { areEnough, type FieldNames, namedFields } from './named-fields.js';
import { createSampleNumbers } from './number-samples.js';
import { createRowChoice, requireOneModel } from './only-rows.js';
import { openResults } from './open-results.js';
import { type ReportedTotals, readReportedTotals } from './reported-totals.js';
import { recogniseResults, resultFormats } from './result-formats.js';
import type { OnVerdicts, ResultFormat, UpstreamRow } from './upstream-row.js';

/** What a first reading of the files finds out: their format, the questions, and what cannot be used. */
export type Survey = {
  /** Files with answers, in the order given. */
  readonly files: readonly string[];
  readonly format: ResultFormat;
  readonly harness: string;
  /** The third of a question by its length, where the questions have thirds. */
  readonly thirdOf: (length: number) => QuestionLength;
  readonly reported: readonly ReportedTotals[];
  readonly model: string | undefined;
  /** The verdict that was taken, and the other ones that the files hold. */
  readonly verdict: string | undefined;
  readonly otherVerdicts: readonly string[];
  readonly problems: ReadonlyMap<string, Problem>;
  readonly bad: readonly BadLine[];
  readonly count: number;
  /** The most answers to one question. */
  readonly samples: number;
};

/** Reads all files of another harness once: their format, their questions, and what cannot be used. Throws `InputError` for a file of no known format, of another one than the first, and for a row that cannot be used. */
export async function surveyResults(paths: readonly string[], options: ImportOptions): Promise<Survey> {
  const problems = await readGivenProblems(options);
  const files: string[] = [];
  const reported: ReportedTotals[] = [];
  const bad: BadLine[] = [];
  const verdicts = { taken: undefined as string | undefined, others: new Set<string>() };
  const lengths = new Map<string, number>();
  const models = new Set<string>();
  const known = createKnownQuestions();
  const choice = createRowChoice(options.only);
  const number = createSampleNumbers();
  let format: ResultFormat | undefined;
  let [count, samples] = [0, 0];
  for (const path of paths) {
    let found: ResultFormat | undefined;
    let hasTotals = false;
    for await (const { row, place, value } of readRows(path, {
      formatOf: (value) => {
        const totals = found === undefined ? readReportedTotals(value) : undefined;
        if (totals !== undefined && recogniseResults(value) === undefined) {
          reported.push(totals);
          hasTotals = true;
          return undefined;
        }
        found ??= chooseFormat(path, value, { before: format, options });
        return found;
      },
      options,
      takes: choice.takes,
      verdict: () => verdicts.taken,
      onVerdicts: (taken, others) => {
        verdicts.taken ??= taken;
        for (const name of others) verdicts.others.add(name);
      },
    })) {
      options.signal?.throwIfAborted();
      const fault = typeof row === 'string' ? row : faultOf(withProblem(row, problems));
      if (typeof row === 'string' || fault !== undefined) {
        refuse({ file: path, line: place, reason: fault ?? '' }, { bad, options, value });
        continue;
      }
      const { problem, sample } = number(row);
      if (row.model !== undefined) models.add(row.model);
      requireOneModel(path, models, value);
      count += 1;
      samples = Math.max(samples, sample + 1);
      const whole = withProblem(row, problems);
      known.require(whole, { problem, path, place });
      if (whole.question !== undefined) lengths.set(problem, lengthOf(whole.question));
    }
    format ??= found;
    if (found !== undefined || !hasTotals) files.push(path);
  }
  const { correct } = options;
  if (format !== undefined && resultFormats.includes(format) && correct !== undefined && verdicts.taken === undefined) {
    throw noSuchVerdict(paths, correct, verdicts.others);
  }
  if (format === undefined || count === 0) throw nothingFound(paths, bad, choice.describe());
  const note = resultFormats.includes(format) ? undefined : known.note();
  if (note !== undefined) options.onNote?.(note);
  const thirdOf = createThirds(lengths.values());
  const others = [...verdicts.others].filter((name) => name !== verdicts.taken);
  const model = [...models][0] ?? reported.find((totals) => totals.model !== undefined)?.model;
  const harness = format.name;
  return {
    ...{ files, format, harness, thirdOf, reported, model, problems, bad, count, samples },
    verdict: verdicts.taken,
    otherVerdicts: others,
  };
}

/** The rows of a file with where they stand, or why an object is none. */
export async function* readRows(
  path: string,
  {
    formatOf,
    options: { correct, only },
    takes = createRowChoice(only).takes,
    verdict,
    onVerdicts = () => undefined,
  }: {
    readonly formatOf: (value: JsonObject) => ResultFormat | undefined;
    readonly options: ImportOptions;
    readonly takes?: (value: JsonObject) => boolean;
    /** The verdict of the rows before; every row is judged by the same one. */
    readonly verdict: () => string | undefined;
    readonly onVerdicts?: OnVerdicts;
  },
): AsyncGenerator<{ readonly place: number; readonly row: UpstreamRow | string; readonly value: JsonObject | string }> {
  const file = basename(path);
  for await (const { place, value } of openResults(path)) {
    if (typeof value === 'string') {
      yield { place, row: value, value };
      continue;
    }
    if (!takes(value)) continue;
    const format = formatOf(value);
    if (format === undefined) continue;
    const isOurs = resultFormats.includes(format);
    const rows = format.read(value, { file, place, verdict: isOurs ? (correct ?? verdict()) : undefined, onVerdicts });
    if (typeof rows === 'string') yield { place, row: rows, value };
    else for (const row of rows) yield { place, row, value };
  }
}

/** With the question and the gold answer of the problem of the same id, where problems were given. */
export function withProblem(row: UpstreamRow, problems: ReadonlyMap<string, Problem>): UpstreamRow {
  const known = problems.get(row.problem);
  if (known === undefined) return row;
  const { question, answer, subject, level, steps } = known;
  return {
    ...row,
    question: row.question ?? question,
    golds: row.golds ?? (answer === undefined ? undefined : [answer]),
    fields: { ...(subject && { subject }), ...(level && { level }), ...(steps && { steps }), ...row.fields },
  };
}

/** What is missing for a verdict, in a few words. */
function faultOf({ golds = [], response, correct, failure, problem }: UpstreamRow): string | undefined {
  if (failure !== undefined || correct !== undefined || (golds.length > 0 && response !== undefined)) return undefined;
  if (golds.length > 0) return 'it holds neither a response nor a verdict';
  return `it holds no gold answer for "${problem.slice(0, 60)}"; give the problems with ${named('data')}`;
}

async function readGivenProblems({
  data,
  onNote = () => undefined,
}: ImportOptions): Promise<ReadonlyMap<string, Problem>> {
  if (data === undefined) return new Map();
  const { loadProblems } = await import('../../problems/load-problems.js');
  const problems = await loadProblems({ data, needsAnswer: true, split: 'test', onNote });
  return new Map(problems.map((problem) => [problem.id, problem]));
}

function chooseFormat(
  path: string,
  value: JsonObject,
  { before, options }: { readonly before: ResultFormat | undefined; readonly options: ImportOptions },
): ResultFormat {
  const { id, question, gold, response, correct } = options;
  const known = recogniseResults(value);
  if (known === undefined || question !== undefined || gold !== undefined || response !== undefined) {
    const names =
      known === undefined
        ? { ...ownNames(value), ...given({ id, question, gold, response, correct }) }
        : { id, question, gold, response, correct };
    if (areEnough(names)) return before ?? namedFields(names);
    if (known === undefined) throw unknownFormat(path, value);
  }
  if (before !== undefined && before !== known) {
    const state = `its rows are of ${known?.name}, those before it of ${before.name}`;
    throw new InputError(`Cannot import ${path}: ${state}; import them into two run directories`, { file: path });
  }
  return known as ResultFormat;
}

/** Rows as `mathpie grade` takes them need no names. */
function ownNames(value: JsonObject): FieldNames {
  if (!('gold' in value) || !('response' in value)) return {};
  return { gold: 'gold', response: 'response', ...('question' in value && { question: 'question' }) };
}

/** The names that were given, without the others. */
function given(names: FieldNames): FieldNames {
  return Object.fromEntries(Object.entries(names).filter(([, name]) => name !== undefined));
}

function unknownFormat(path: string, value: JsonObject): InputError {
  const fields = Object.keys(value)
    .slice(0, 8)
    .map((name) => (name.length > 30 ? `${name.slice(0, 30)}…` : name))
    .join(', ');
  const names = ['gold', 'response', 'correct'].map(named).join(', ');
  return new InputError(
    `Cannot import ${path}: its fields (${fields}) are of no known harness; name those that hold the question, the gold answer, the response or the verdict with ${named('question')}, ${names}`,
    { file: path },
  );
}

function refuse(
  line: BadLine,
  {
    bad,
    options,
    value,
  }: { readonly bad: BadLine[]; readonly options: ImportOptions; readonly value: JsonObject | string },
): void {
  const { file, line: place, reason } = line;
  if (options.skipBad !== true) {
    const mend = `mend ${typeof value === 'string' ? 'the line' : 'the row'}, or `;
    // Some reasons say themselves what to do
    const wayOut = `${/; (?:give|write) /.test(reason) ? 'or ' : mend}pass ${named('skipBad')} to leave it out`;
    throw new InputError(`Cannot import ${file}:${place}: ${reason}; ${wayOut}`, { file, line: place });
  }
  bad.push(line);
  options.onBad?.(line);
}

function noSuchVerdict(paths: readonly string[], wanted: string, others: ReadonlySet<string>): InputError {
  const state = others.size === 0 ? 'it holds none' : `it holds ${[...others].join(', ')}`;
  return new InputError(`Cannot import ${paths.join(', ')}: no verdict is called ${wanted}; ${state}`);
}

function nothingFound(paths: readonly string[], bad: readonly BadLine[], choice: string | undefined): InputError {
  const [first] = bad;
  if (first === undefined && choice !== undefined)
    return new InputError(`Cannot import ${paths.join(', ')}: ${choice}`);
  const state =
    first === undefined
      ? 'there is no answer in it'
      : `none of its rows can be used (${first.file}:${first.line}: ${first.reason})`;
  return new InputError(`Cannot import ${paths.join(', ')}: ${state}; give files with the answers of an evaluation`);
}
