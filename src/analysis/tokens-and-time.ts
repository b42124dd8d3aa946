import type { RunManifest } from '../runs/run-manifest.js';

export type TokensAndTimeRow = {
  readonly stage: string;
  readonly done: number;
  /** Records without anything of use: what a filter of ours refused, and calls that failed. */
  readonly leftOut: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Of the session that finished the stage; null while it is not finished, and where the clock stood still. */
  readonly seconds: number | null;
};

/**
 * Items, tokens and seconds of each stage of a run, in the order in which the stages began. Steps that one session did in
 * one go (the techniques of `augment`) have no time of their own: a row with that session's name and no items has it.
 */
export function tokensAndTime({ stages, finished }: Pick<RunManifest, 'stages' | 'finished'>): TokensAndTimeRow[] {
  const secondsOf = (stage: string): number | null => {
    const elapsedMs = finished[stage]?.elapsedMs ?? 0;
    return elapsedMs === 0 ? null : elapsedMs / 1000;
  };
  const rows = Object.entries(stages).map(([stage, { done, failed, ...tokens }]) => {
    return { stage, done, leftOut: failed, ...tokens, seconds: secondsOf(stage) };
  });
  if (rows.every(({ stage }) => stage in finished)) return rows;
  const nothing = { done: 0, leftOut: 0, promptTokens: 0, completionTokens: 0 };
  const sessions = Object.keys(finished).filter((stage) => !(stage in stages));
  return [...rows, ...sessions.map((stage) => ({ stage, ...nothing, seconds: secondsOf(stage) }))];
}
