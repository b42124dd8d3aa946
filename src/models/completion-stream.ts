import { CancelledError } from '../errors.js';
import type { Completion, GenerateOptions } from './language-model.js';

type Producer = (sink: {
  readonly push: (completion: Completion) => void;
  /** Ends the stream with an error; for what no other request can survive. */
  readonly fail: (error: Error) => void;
  /** Ends the stream before there are `total` completions. */
  readonly end: () => void;
  /** Completions that are there and not handed over yet. */
  readonly waitingCount: () => number;
}) => (() => void) | undefined;

/**
 * Turns callbacks into the async iterable of `LanguageModel.generate`: yields until `total` completions have come,
 * reports progress, and stops the producer when the caller breaks off, the signal aborts or the producer fails.
 * `produce` returns how to stop it.
 */
export async function* streamCompletions({
  total,
  isOpenEnded = false,
  options: { signal, onProgress } = {},
  produce,
  now = () => performance.now(),
}: {
  readonly total: number;
  /** More than `total` may come: the stream ends when the producer says so. @default false */
  readonly isOpenEnded?: boolean;
  readonly options?: GenerateOptions | undefined;
  readonly produce: Producer;
  readonly now?: () => number;
}): AsyncGenerator<Completion, void, undefined> {
  let waiting: Completion[] = [];
  let failure: Error | undefined;
  let wake: () => void = () => undefined;
  let hasEnded = false;
  let isOver = false; // nobody takes anything any more
  let done = 0;
  let yielded = 0;
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
        if (isOver) return;
        done++;
        completionTokens += completion.completionTokens;
        waiting.push(completion);
        try {
          onProgress?.({ done, total, completionTokens, elapsedMs: now() - startedAt });
        } catch (error) {
          // The caller's own: its stream ends by it, and an engine that others use hears nothing of it
          failure ??= error instanceof Error ? error : new Error(String(error));
        }
        wake();
      },
      fail: (error) => {
        failure ??= error;
        wake();
      },
      end: () => {
        hasEnded = true;
        wake();
      },
      waitingCount: () => done - yielded,
    });
    while (isOpenEnded || yielded < total) {
      // In one piece: taking from the front of a long array costs its length each time.
      const finished = waiting;
      waiting = [];
      // What is finished is handed over even when the rest fails.
      for (const completion of finished) {
        yielded++;
        yield completion;
      }
      if (waiting.length > 0 || finished.length > 0) continue;
      if (failure) throw failure;
      if (hasEnded) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    isOver = true;
    signal?.removeEventListener('abort', onAbort);
    stop?.();
  }
}
