import type { Completion } from '../models/language-model.js';

export type StageProgress = {
  readonly stage: string;
  /** Records there are, those of earlier sessions included. */
  readonly done: number;
  readonly total: number;
  /** Completion tokens of this session. */
  readonly tokens: number;
  readonly tokensPerSecond: number;
  readonly elapsedMs: number;
  /** Undefined until the first completion of this session. */
  readonly remainingMs: number | undefined;
};

/** Counts a stage's completions and tokens and tells `onProgress`, once at the start and after each of them. */
export function trackProgress({
  stage,
  total,
  done,
  onProgress,
  now = () => performance.now(),
}: {
  stage: string;
  total: number;
  done: number;
  onProgress?: ((progress: StageProgress) => void) | undefined;
  now?: () => number;
}): { completion(completion: Completion): void; tokens(count: number): void } {
  const startedAt = now();
  let made = 0;
  let finishedTokens = 0;
  let reportedTokens = 0;

  const tell = (): void => {
    if (onProgress === undefined) return;
    const elapsedMs = now() - startedAt;
    // An engine may report tokens of unfinished completions, or report nothing.
    const tokens = Math.max(finishedTokens, reportedTokens);
    onProgress({
      stage,
      done: done + made,
      total,
      tokens,
      tokensPerSecond: elapsedMs > 0 ? (tokens * 1000) / elapsedMs : 0,
      elapsedMs,
      remainingMs: made > 0 ? (elapsedMs / made) * (total - done - made) : undefined,
    });
  };

  tell();
  return {
    completion: ({ completionTokens }) => {
      made += 1;
      finishedTokens += completionTokens;
      tell();
    },
    tokens: (count) => {
      reportedTokens = count;
      tell();
    },
  };
}
