import { InputError } from '../../errors.js';
import { named } from '../../name-setting.js';
import type { StageProgress } from '../../runs/track-progress.js';
import { type JsonText, readJsonBatches } from '../../storage/read-json-texts.js';
import type { RowSource } from './find-sources.js';

/** Some rows of one source as text, not parsed yet. `first` is the ordinal of the first one; ordinals count the rows of all sources. */
export type RowBatch = { readonly source: RowSource; readonly first: number; readonly texts: readonly JsonText[] };

/** The rows of all sources in their order; tells `onProgress` of the megabytes read, and stops on `signal`. */
export async function* readSources(
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
): AsyncGenerator<RowBatch> {
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
  let [first, read] = [0, 0];
  for (const source of sources) {
    for await (const texts of readJsonBatches(source.file)) {
      signal?.throwIfAborted();
      // Small inputs are done before there is anything to tell.
      if (read > 0) tell(read);
      yield { source, first, texts };
      for (const { text } of texts) read += text.length + 1;
      first += texts.length;
    }
  }
  tell(total);
}

/** The error for a row that cannot be used. */
export function badRow({ file }: RowSource, place: number, reason: string): InputError {
  const wayOut = `mend it, or pass ${named('skipBad')} to leave it out`;
  return new InputError(`Cannot use ${file}:${place}: ${reason}; ${wayOut}`, { file, line: place });
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}
