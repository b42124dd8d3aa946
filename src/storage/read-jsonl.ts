import { InputError } from '../errors.js';
import { named } from '../name-setting.js';
import { readLines } from './read-lines.js';

export type JsonObject = { readonly [field: string]: unknown };

/** A line that could not be used: `reason` has no capital and no period, ready to follow `file:line: `. */
export type BadLine = { readonly file: string; readonly line: number; readonly reason: string };

export type ReadJsonlOptions<Row extends object> = {
  readonly file: string;
  /** Turns the JSON object of a line into a row, or says in a few words why it cannot be one. */
  readonly check?: (value: JsonObject, line: number) => Row | string;
  /** Count bad lines and go on. @default false: the first one throws */
  readonly skipBad?: boolean;
  /** Stop after this many rows. */
  readonly limit?: number;
};

/**
 * Reads a JSONL file of objects line by line. Empty lines, CRLF and a byte order mark are accepted. Throws `InputError` with file and line
 * at the first bad line unless `skipBad`, and when the file cannot be read.
 *
 * @example const { rows } = await readJsonl({ file: 'runs/grown/rows.jsonl' });
 */
export async function readJsonl<Row extends object = JsonObject>({
  file,
  check,
  skipBad = false,
  limit = Number.POSITIVE_INFINITY,
}: ReadJsonlOptions<Row>): Promise<{ rows: Row[]; bad: BadLine[] }> {
  const rows: Row[] = [];
  const bad: BadLine[] = [];
  if (limit <= 0) return { rows, bad };
  for await (const { line, text } of readLines(file)) {
    if (text.trim() === '') continue;
    const parsed = parseJsonObject(text);
    const row = typeof parsed === 'string' || check === undefined ? parsed : check(parsed, line);
    if (typeof row !== 'string') {
      rows.push(row as Row);
      if (rows.length >= limit) break;
      continue;
    }
    if (!skipBad) {
      throw new InputError(
        `Cannot use ${file}:${line}: ${row}; mend the line, or pass ${named('skipBad')} to leave it out`,
        {
          file,
          line,
        },
      );
    }
    bad.push({ file, line, reason: row });
  }
  return { rows, bad };
}

/** A check that passes rows whose `fields` are all there (neither absent nor null). */
export function requireFields<Row extends object>(fields: readonly string[]): (value: JsonObject) => Row | string {
  return (value) => {
    const missing = fields.filter((field) => value[field] === undefined || value[field] === null);
    if (missing.length === 0) return value as Row;
    return `lacks the field${missing.length > 1 ? 's' : ''} ${missing.map((field) => `"${field}"`).join(', ')}`;
  };
}

/** The object of a JSON text, or why it is none, in a few words that are ready to follow `file:line: `. */
export function parseJsonObject(text: string): JsonObject | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The engine's own message differs between Node versions and quotes the text; a short excerpt says as much.
    const start = text.trim().slice(0, 40).replace(/\s+/g, ' ');
    return `not JSON (starts with ${JSON.stringify(start)})`;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  return `a JSON ${Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value} where an object belongs`;
}
