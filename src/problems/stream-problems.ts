import { InputError } from '../errors.js';
import { named } from '../name-setting.js';
import { type BadLine, type JsonObject, parseJsonObject } from '../storage/read-jsonl.js';
import type { DatasetFormat, FormatName } from './formats/dataset-format.js';
import { formats } from './formats/formats.js';
import { readSource, type SourceText } from './formats/read-source.js';
import { recognizeFormat } from './formats/recognize-format.js';
import type { ReadProblem } from './problem.js';

export type StreamOptions = {
  /** JSON lines, a JSON array, or a folder of such files. */
  readonly file: string;
  /** The format of the rows. @default recognised from the fields of the first row */
  readonly dataset?: FormatName | undefined;
  /** The format to settle on where a row fits two. */
  readonly preferred?: FormatName | undefined;
  /** Refuse rows whose answer is not known. @default false */
  readonly needsAnswer?: boolean;
  /** Count bad lines and go on. @default false */
  readonly skipBad?: boolean;
  /** Fields of the rows to keep beside those of a problem, by name or by path (`measured_difficulty.solve_rate`); what is no text, number or truth value is left out. */
  readonly fields?: readonly string[] | undefined;
  /** Leave out so many problems at the start. @default 0 */
  readonly skip?: number | undefined;
  /** Read no more than this many problems, behind those that are left out. */
  readonly limit?: number | undefined;
  /** Called once, before the first problem. */
  readonly onFormat?: ((format: DatasetFormat) => void) | undefined;
  /** Called for each bad line that is left out. */
  readonly onBad?: ((bad: BadLine) => void) | undefined;
};

/**
 * Streams the problems of a data set in any of the formats of `formatNames`; memory grows with the ids alone. The first
 * good row decides the format; a row of another one is a bad line, never read in silence. A row without an id gets
 * `FILE:line`. Throws `InputError` naming file, line and field, and for a source without a problem.
 */
export async function* streamProblems({
  file,
  dataset,
  preferred,
  needsAnswer = false,
  skipBad = false,
  fields = [],
  skip = 0,
  limit = Number.POSITIVE_INFINITY,
  onFormat,
  onBad,
}: StreamOptions): AsyncGenerator<ReadProblem> {
  const lines = new Map<string, number>();
  let format = dataset === undefined ? undefined : formats[dataset];
  const isForced = format !== undefined;
  let firstBad: BadLine | undefined;
  const read = ({ place, text, defaultId }: SourceText): ReadProblem | string => {
    const row = parseJsonObject(text);
    if (typeof row === 'string') return row;
    const found = chooseFormat(row, { chosen: format, isForced, preferred });
    if (typeof found === 'string') return found;
    const problem = toProblem(row, found, { defaultId, needsAnswer, kept: fields });
    if (typeof problem === 'string') return problem;
    const earlier = lines.get(problem.id);
    if (earlier !== undefined) return `has the id "${problem.id}" of line ${earlier}`;
    if (lines.size === 0) onFormat?.(found);
    format = found;
    lines.set(problem.id, place);
    return problem;
  };
  for await (const source of readSource(file)) {
    const problem = read(source);
    if (typeof problem !== 'string') {
      if (lines.size > skip) yield problem;
      if (lines.size >= skip + limit) return;
      continue;
    }
    const bad = { file: source.file, line: source.place, reason: problem };
    if (!skipBad) throw badLine(bad);
    firstBad ??= bad;
    onBad?.(bad);
  }
  if (lines.size > 0) {
    refuseSkipped(skip, { count: lines.size, of: file });
    return;
  }
  const state =
    firstBad === undefined
      ? 'it holds no row'
      : `none of its rows is a problem (line ${firstBad.line}: ${firstBad.reason})`;
  throw new InputError(`Cannot use ${file}: ${state}; name a JSONL file with a question per line`, { file });
}

/** Throws `InputError` where all problems are left out: whoever counts them wrong is to know it. */
export function refuseSkipped(skip: number, { count, of }: { readonly count: number; readonly of: string }): void {
  if (skip === 0 || skip < count) return;
  throw new InputError(
    `Cannot leave out the first ${skip} problems of ${of}: it has ${count}; correct ${named('skip')}`,
  );
}

function badLine({ file, line, reason }: BadLine): InputError {
  const state = `Cannot use ${file}:${line}: ${reason}`;
  return new InputError(`${state}; mend the line, or pass ${named('skipBad')} to leave it out`, { file, line });
}

/** The format to read a row by, or why it is of none, or of another than the rows before it. */
function chooseFormat(
  row: JsonObject,
  {
    chosen,
    isForced,
    preferred,
  }: { chosen: DatasetFormat | undefined; isForced: boolean; preferred: FormatName | undefined },
): DatasetFormat | string {
  if (isForced && chosen !== undefined) return chosen;
  const recognized = recognizeFormat(row);
  if (typeof recognized !== 'string') {
    const settled = preferred === undefined ? undefined : formats[preferred];
    if (settled !== undefined && row[settled.questionField] !== undefined) return settled;
    return recognized.reason;
  }
  const found = formats[recognized];
  // rows that ask in the same field differ in their answers, and the reader of the chosen format says how
  if (chosen === undefined || found.questionField === chosen.questionField) return chosen ?? found;
  return `has the fields of ${found.name} in a file of ${chosen.name}; split the file, or name one with ${named('dataset')}`;
}

function toProblem(
  row: JsonObject,
  format: DatasetFormat,
  {
    defaultId,
    needsAnswer,
    kept,
  }: { readonly defaultId: string; readonly needsAnswer: boolean; readonly kept: readonly string[] },
): ReadProblem | string {
  const fields = format.read(row);
  if (typeof fields === 'string') return fields;
  if (needsAnswer && fields.answer === undefined) return 'lacks the field "answer"';
  const more = kept.flatMap((name) => {
    const value = valueAt(row, name);
    return isScalar(value) ? [[name, value] as const] : [];
  });
  return {
    ...fields,
    id: fields.id ?? defaultId,
    ...(more.length > 0 && { fields: Object.fromEntries(more) as ReadProblem['fields'] }),
  } as ReadProblem;
}

/** A field by its name, or by the path to it: `measured_difficulty.solve_rate`. */
function valueAt(row: JsonObject, name: string): unknown {
  if (Object.hasOwn(row, name)) return row[name];
  return name.split('.').reduce<unknown>((value, part) => {
    const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, part);
    return isObject ? (value as JsonObject)[part] : undefined;
  }, row);
}

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);
