import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { InputError } from '../../errors.js';
import { parseJsonObject } from '../../storage/read-jsonl.js';
import type { StoredCompletion } from '../cache/completion-store.js';

/**
 * The completions of a recording by key, from JSON lines or those packed by gzip (`.gz`). Lines without a key say something
 * about the recording and are passed over. Throws `InputError` when the file is missing, torn or no recording.
 */
export async function readRecording(file: string): Promise<Map<string, StoredCompletion>> {
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
  const completions = new Map<string, StoredCompletion>();
  text.split('\n').forEach((line, at) => {
    if (line === '') return;
    const row = parseJsonObject(line);
    if (typeof row === 'string') throw new InputError(`Cannot use ${file}:${at + 1}: ${row}; record it anew`, { file });
    const { key, ...completion } = row;
    if (typeof key === 'string') completions.set(key, completion as StoredCompletion);
  });
  return completions;
}
