import { readRecordedLines } from '../../storage/recording-files.js';
import type { StoredCompletion } from '../cache/completion-store.js';

/** The completions of a recording by key. Throws as `readRecordedLines`. */
export async function readRecording(file: string): Promise<Map<string, StoredCompletion>> {
  return (await readRecordedLines(file)) as unknown as Map<string, StoredCompletion>;
}
