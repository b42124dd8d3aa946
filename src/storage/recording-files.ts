import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Environment } from '../environment.js';
import { InputError } from '../errors.js';
import { type JsonObject, parseJsonObject } from './read-jsonl.js';

export type RecordingFiles = {
  /** What is in it is taken from here; what is not is an error, unless `record` is given too or `asksWhatIsMissing`. */
  readonly replay?: string | undefined;
  /** Everything is appended here, what came from `replay` too. */
  readonly record?: string | undefined;
  /** What `replay` lacks is asked of the model, or done. @default false */
  readonly asksWhatIsMissing?: boolean;
};

/** `MATHPIE_REPLAY`, `MATHPIE_RECORD` and `MATHPIE_REPLAY_MISSING=ask`; undefined where neither file is set. */
export function recordingFiles(environment: Environment): RecordingFiles | undefined {
  const { MATHPIE_REPLAY: replay, MATHPIE_RECORD: record, MATHPIE_REPLAY_MISSING: missing } = environment;
  if (!replay && !record) return undefined;
  const asks = missing === 'ask' ? { asksWhatIsMissing: true } : {};
  return { replay: replay || undefined, record: record || undefined, ...asks };
}

/**
 * The lines of a recording by their key, from JSON lines or those packed by gzip (`.gz`). Lines without a key say something about the
 * recording and are passed over. Throws `InputError` when the file is missing, torn or no recording.
 */
export async function readRecordedLines(file: string): Promise<Map<string, JsonObject>> {
  let text: string;
  try {
    const bytes = await readFile(file);
    text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(`Cannot read the recording ${file}: ${reason}; record it with "npm run record:notebooks"`, {
      file,
      cause,
    });
  }
  const lines = new Map<string, JsonObject>();
  text.split('\n').forEach((line, at) => {
    if (line === '') return;
    const row = parseJsonObject(line);
    if (typeof row === 'string') throw new InputError(`Cannot use ${file}:${at + 1}: ${row}; record it anew`, { file });
    const { key, ...rest } = row;
    if (typeof key === 'string') lines.set(key, rest);
  });
  return lines;
}
