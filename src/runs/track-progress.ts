export type StageProgress = {
  readonly stage: string;
  /** Records there are, those of earlier sessions included. */
  readonly done: number;
  /** Those of them that nobody answered. */
  readonly failed?: number;
  /** Those of them that were answered with nothing of use: a text that is no problem, say. */
  readonly leftOut?: number;
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

/** What a completion was worth. */
export type Outcome = 'done' | 'failed' | 'left-out';

/** Counts a stage's completions and tokens and tells `onProgress`, once at the start and after each of them. */
export function trackProgress({
  stage,
  total,
  done,
  failed,
  leftOut,
  onProgress,
  now = () => performance.now(),
}: {
  stage: string;
  total: number;
  done: number;
  failed: number;
  leftOut: number;
  onProgress?: ((progress: StageProgress) => void) | undefined;
  now?: () => number;
}): { record(made: { outcome: Outcome; tokens: number }): void; tokens(count: number): void } {
  const startedAt = now();
  let made = 0;
  const unused = { failed, 'left-out': leftOut };
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
      failed: unused.failed,
      leftOut: unused['left-out'],
      total,
      tokens,
      tokensPerSecond: elapsedMs > 0 ? (tokens * 1000) / elapsedMs : 0,
      elapsedMs,
      remainingMs: made > 0 ? (elapsedMs / made) * (total - done - made) : undefined,
    });
  };

  tell();
  return {
    record: ({ outcome, tokens }) => {
      made += 1;
      if (outcome !== 'done') unused[outcome] += 1;
      finishedTokens += tokens;
      tell();
    },
    tokens: (count) => {
      reportedTokens = count;
      tell();
    },
  };
}
