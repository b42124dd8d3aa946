import { InputError } from '../../errors.js';
import type { StageProgress } from '../../runs/track-progress.js';
import { type JsonText, readJsonTexts } from '../../storage/read-json-texts.js';
import type { RowSource } from './find-sources.js';

/** The text of a row of some source, not parsed yet. `ordinal` counts the rows of all sources from 0. */
export type SourceText = JsonText & { readonly ordinal: number; readonly source: RowSource };

const rowsBetweenReports = 2000;

/** The rows of all sources in their order; tells `onProgress` of characters read, in millions, and stops on `signal`. */
export async function* readSourceTexts(
  sources: readonly RowSource[],
  {
    stage,
    signal,
    onProgress,
    now = () => performance.now(),
  }: {
    stage: string;
    signal?: AbortSignal | undefined;
    onProgress?: ((progress: StageProgress) => void) | undefined;
    now?: () => number;
  },
): AsyncGenerator<SourceText> {
  const startedAt = now();
  const total = sources.reduce((sum, { bytes }) => sum + bytes, 0);
  const tell = (read: number): void => {
    const elapsedMs = now() - startedAt;
    onProgress?.({
      stage,
      done: Math.min(megabytes(total), megabytes(read)),
      total: megabytes(total),
      tokens: 0,
      tokensPerSecond: 0,
      elapsedMs,
      remainingMs: read > 0 ? Math.max(0, (elapsedMs / read) * (total - read)) : undefined,
    });
  };
  let [ordinal, read] = [0, 0];
  for (const source of sources) {
    for await (const { place, text } of readJsonTexts(source.file)) {
      if (ordinal % rowsBetweenReports === 0) {
        signal?.throwIfAborted();
        tell(read);
      }
      yield { ordinal, source, place, text };
      read += text.length + 1;
      ordinal += 1;
    }
  }
  tell(total);
}

/** The error for a row that cannot be used. */
export function badRow({ source: { file }, place }: SourceText, reason: string): InputError {
  const wayOut = 'mend it, or pass --skip-bad to leave it out';
  return new InputError(`Cannot use ${file}:${place}: ${reason}; ${wayOut}`, { file, line: place });
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}
