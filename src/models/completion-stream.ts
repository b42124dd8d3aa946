import { CancelledError } from '../errors.js';
import type { Completion, GenerateOptions } from './language-model.js';

type Producer = (sink: {
  readonly push: (completion: Completion) => void;
  /** Ends the stream with an error; for what no other request can survive. */
  readonly fail: (error: Error) => void;
}) => (() => void) | undefined;

/**
 * Turns callbacks into the async iterable of `LanguageModel.generate`: yields until `total` completions have come,
 * reports progress, and stops the producer when the caller breaks off, the signal aborts or the producer fails.
 * `produce` returns how to stop it.
 */
export async function* streamCompletions({
  total,
  options: { signal, onProgress } = {},
  produce,
  now = () => performance.now(),
}: {
  readonly total: number;
  readonly options?: GenerateOptions | undefined;
  readonly produce: Producer;
  readonly now?: () => number;
}): AsyncGenerator<Completion, void, undefined> {
  const waiting: Completion[] = [];
  let failure: Error | undefined;
  let wake: () => void = () => undefined;
  let done = 0;
  let completionTokens = 0;
  const startedAt = now();
  const cancelled = (): CancelledError =>
    new CancelledError(`Stopped generating after ${done} of ${total} completions, run it again to go on`);

  if (signal?.aborted) throw cancelled();
  const onAbort = (): void => {
    failure ??= cancelled();
    wake();
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  let stop: (() => void) | undefined;
  try {
    stop = produce({
      push: (completion) => {
        done++;
        completionTokens += completion.completionTokens;
        waiting.push(completion);
        onProgress?.({ done, total, completionTokens, elapsedMs: now() - startedAt });
        wake();
      },
      fail: (error) => {
        failure ??= error;
        wake();
      },
    });
    let yielded = 0;
    while (yielded < total) {
      const completion = waiting.shift();
      // What is finished is handed over even when the rest fails.
      if (completion !== undefined) {
        yielded++;
        yield completion;
        continue;
      }
      if (failure) throw failure;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    stop?.();
  }
}
