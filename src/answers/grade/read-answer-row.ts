import { InputError } from '../../errors.js';
import { named } from '../../name-setting.js';

/** A row to grade: a bare answer, or a response with the answer in it. */
export type AnswerRow = {
  readonly id: string | number;
  readonly gold: string;
  /** The whole row as it was read, other columns included. */
  readonly columns: { readonly [name: string]: unknown };
} & (
  | { readonly answer: string; readonly response?: undefined }
  | { readonly response: string; readonly answer?: undefined }
);

export type BadLine = { readonly line: number; readonly reason: string };

export type ReadAnswerRowsOptions = {
  /** The file's name, for the messages on bad lines. */
  readonly file?: string;
  /** Go on after a bad line; @default false: the first throws InputError with file and line. */
  readonly skipBad?: boolean;
  /** What is wrong with a row beside its form, such as an id that another question has; undefined for nothing. */
  readonly refuse?: (row: AnswerRow) => string | undefined;
  /** Called for every bad line that is skipped. */
  readonly onBad?: (problem: BadLine) => void;
};

/**
 * Reads a stream of JSON lines `{id?, gold, answer | response, question?}`, in order, one at a time. A row without id gets
 * its line number; empty lines are passed over. `answer: null` is a row without an answer, not a bad line.
 */
export async function* readAnswerRows(
  lines: AsyncIterable<string> | Iterable<string>,
  { file = 'input', skipBad = false, refuse, onBad }: ReadAnswerRowsOptions = {},
): AsyncGenerator<AnswerRow> {
  let line = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() === '') continue;
    const row = readAnswerRow(text, line);
    const reason = typeof row === 'string' ? row : refuse?.(row);
    if (typeof row !== 'string' && reason === undefined) {
      yield row;
      continue;
    }
    if (!skipBad) {
      const message = `Cannot grade ${file} line ${line}: ${reason}; correct the line, or pass ${named('skipBad')}; mathpie import reads other columns, CSV, JSON lists and files of other harnesses`;
      throw new InputError(message, { file, line });
    }
    onBad?.({ line, reason: reason ?? '' });
  }
}

/** The row of a JSON line `{id?, gold, answer | response}`, or what is wrong with the line. */
export function readAnswerRow(text: string, line: number): AnswerRow | string {
  const value = parseLine(text);
  if (value === undefined) return 'it is not JSON';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is not a JSON object';
  const read = value as Record<string, unknown>;
  const { id = line, gold, answer, response } = read;
  if (typeof id !== 'string' && typeof id !== 'number') return notText('id', id);
  const [goldText, answerText] = [textOf(gold, text, 'gold'), textOf(answer, text, 'answer')];
  if (gold === undefined) return 'field "gold" is missing';
  if (goldText === undefined) return notText('gold', gold);
  if (goldText.trim() === '') return 'field "gold" is empty';
  if (answer === undefined && response === undefined) return 'it has neither "answer" nor "response"';
  // A number that a double would round stays as it was written
  const kept = {
    ...(isRounded(gold, goldText) && { gold: goldText }),
    ...(isRounded(answer, answerText) && { answer: answerText }),
  };
  const columns = { ...read, ...kept };
  if (typeof response === 'string') return { id, gold: goldText, response, columns };
  if (response !== undefined && response !== null) return 'field "response" is not a string';
  if (answerText !== undefined) return { id, gold: goldText, answer: answerText, columns };
  return answer === undefined || answer === null
    ? { id, gold: goldText, answer: '', columns }
    : notText('answer', answer);
}

/** A null is told as one: the field is there, and whoever wrote it had nothing to say. */
const notText = (field: string, value: unknown): string =>
  value === null ? `field "${field}" is null` : `field "${field}" is no string or number`;

function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRounded = (value: unknown, text: string | undefined): boolean =>
  typeof value === 'number' && text !== undefined && text !== String(value);

/** A number is taken as it is written where a double may round it: 12345678901234567891 is not 12345678901234567000. */
function textOf(value: unknown, line: string, field: string): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return undefined;
  return (mayBeRounded.test(line) ? readLiteral(line, field) : undefined) ?? String(value);
}

/** More digits than a double holds for certain, or an exponent. */
const mayBeRounded = /\d[\d.]{14}|\d[eE]/;

/** The number after the last key of that name at the top level of a JSON object. */
function readLiteral(line: string, field: string): string | undefined {
  let found: string | undefined;
  let depth = 0;
  let key = '';
  const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]|-?\d[\d.eE+-]*/g;
  for (const [token] of line.matchAll(tokens)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (depth === 1 && !token.startsWith('"') && key === `"${field}"`) found = token.toLowerCase();
    key = token;
  }
  return found;
}
