import { bootstrapInterval } from '../evaluation/bootstrap-interval.js';
import type { DrawnTurn } from '../magpie/draw/draw-turns.js';
import { problemPattern } from '../magpie/draw/problem-pattern.js';
import { type Interval, wilsonInterval } from '../wilson-interval.js';

/** A share of `n` with its 95 % Wilson interval. */
export type MeasuredShare = {
  readonly count: number;
  readonly n: number;
  readonly share: number;
  readonly interval: Interval;
};

export type TurnMeasures = {
  readonly n: number;
  /** Of all: what `isWellFormed` says. */
  readonly wellFormed: MeasuredShare;
  /** Of all: the filter lets it through. */
  readonly passed: MeasuredShare;
  /** Of the later half: the pattern of the problem is none of the earlier half's. */
  readonly fresh: MeasuredShare;
  /** Mean length in tokens, with a 95 % bootstrap interval. */
  readonly tokens: { readonly mean: number; readonly interval: Interval };
};

/**
 * How good and how different drawn texts are. Whether a text repeats an earlier one is no independent event for texts among each
 * other; against a fixed earlier half it is one for each text of the later half, and Wilson's interval holds.
 * Throws `RangeError` for fewer than two texts.
 */
export function measureTurns(
  turns: readonly Pick<DrawnTurn, 'text' | 'fault' | 'tokens'>[],
  { isWellFormed }: { readonly isWellFormed: (text: string) => boolean },
): TurnMeasures {
  if (turns.length < 2) throw new RangeError(`Cannot measure ${turns.length} drawn texts: draw at least two`);
  const half = Math.floor(turns.length / 2);
  const patterns = turns.map(({ text }) => problemPattern(text));
  const earlier = new Set(patterns.slice(0, half));
  const lengths = turns.map(({ tokens }) => tokens);
  return {
    n: turns.length,
    wellFormed: measureShare(turns.map(({ text }) => isWellFormed(text))),
    passed: measureShare(turns.map(({ fault }) => fault === null)),
    fresh: measureShare(patterns.slice(half).map((pattern) => !earlier.has(pattern))),
    tokens: {
      mean: lengths.reduce((total, length) => total + length, 0) / lengths.length,
      interval: bootstrapInterval(lengths),
    },
  };
}

function measureShare(holds: readonly boolean[]): MeasuredShare {
  const [count, n] = [holds.filter(Boolean).length, holds.length];
  return { count, n, share: count / n, interval: wilsonInterval(count, n) };
}
