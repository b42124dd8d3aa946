import type { RunManifest } from '../runs/run-manifest.js';

export type TokensAndTimeRow = {
  readonly stage: string;
  readonly done: number;
  readonly failed: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Of the session that finished the stage; null while it is not finished. */
  readonly seconds: number | null;
};

/** Items, tokens and seconds of each stage of a run, in the order in which the stages began. */
export function tokensAndTime({ stages, finished }: Pick<RunManifest, 'stages' | 'finished'>): TokensAndTimeRow[] {
  return Object.entries(stages).map(([stage, counts]) => {
    const elapsedMs = finished[stage]?.elapsedMs;
    return { stage, ...counts, seconds: elapsedMs === undefined ? null : elapsedMs / 1000 };
  });
}
