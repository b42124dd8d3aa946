export type StageProgress = {
  readonly stage: string;
  /** Records there are, those of earlier sessions included. */
  readonly done: number;
  /** Those of them that have failed. */
  readonly failed?: number;
  readonly total: number;
  /** Completion tokens of this session. */
  readonly tokens: number;
  readonly tokensPerSecond: number;
  readonly elapsedMs: number;
  /** Undefined until the first completion of this session. */
  readonly remainingMs: number | undefined;
  /** What this session has spent, in US dollars; absent where nothing is paid or no price is known. */
  readonly costUsd?: number;
};

/** Counts a stage's completions and tokens and tells `onProgress`, once at the start and after each of them. */
export function trackProgress({
  stage,
  total,
  done,
  failed,
  onProgress,
  now = () => performance.now(),
}: {
  stage: string;
  total: number;
  done: number;
  failed: number;
  onProgress?: ((progress: StageProgress) => void) | undefined;
  now?: () => number;
}): { record(made: { isFailed: boolean; tokens: number }): void; tokens(count: number): void } {
  const startedAt = now();
  let made = 0;
  let failedCount = failed;
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
      failed: failedCount,
      total,
      tokens,
      tokensPerSecond: elapsedMs > 0 ? (tokens * 1000) / elapsedMs : 0,
      elapsedMs,
      remainingMs: made > 0 ? (elapsedMs / made) * (total - done - made) : undefined,
    });
  };

  tell();
  return {
    record: ({ isFailed, tokens }) => {
      made += 1;
      failedCount += isFailed ? 1 : 0;
      finishedTokens += tokens;
      tell();
    },
    tokens: (count) => {
      reportedTokens = count;
      tell();
    },
  };
}
