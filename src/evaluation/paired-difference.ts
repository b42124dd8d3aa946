import { type Interval, wilsonInterval } from '../wilson-interval.js';

/** Counts of the pairs, by who was right. */
export type PairedCounts = {
  readonly both: number;
  readonly onlyLeft: number;
  readonly onlyRight: number;
  readonly neither: number;
};

/**
 * Left's share minus right's share on the same questions, with the 95 % interval of method 10 of Newcombe (1998,
 * Statistics in Medicine 17:2635-2650): Wilson intervals of the two shares, squared and added, less the covariance that
 * the (continuity-corrected) correlation of the pairs implies.
 */
export function pairedDifference({ both, onlyLeft, onlyRight, neither }: PairedCounts): {
  readonly difference: number;
  readonly interval: Interval;
} {
  const n = both + onlyLeft + onlyRight + neither;
  if (n === 0) return { difference: 0, interval: [-1, 1] };
  const leftCount = both + onlyLeft;
  const rightCount = both + onlyRight;
  const [left, right] = [leftCount / n, rightCount / n];
  const [leftLow, leftHigh] = wilsonInterval(leftCount, n);
  const [rightLow, rightHigh] = wilsonInterval(rightCount, n);
  const difference = (onlyLeft - onlyRight) / n;
  const correlation = pairCorrelation({ both, onlyLeft, onlyRight, neither });
  const reach = (a: number, b: number) => Math.sqrt(Math.max(0, a * a - 2 * correlation * a * b + b * b));
  return {
    difference,
    interval: [
      Math.max(-1, difference - reach(left - leftLow, rightHigh - right)),
      Math.min(1, difference + reach(leftHigh - left, right - rightLow)),
    ],
  };
}

function pairCorrelation({ both, onlyLeft, onlyRight, neither }: PairedCounts): number {
  const margins = (both + onlyLeft) * (onlyRight + neither) * (both + onlyRight) * (onlyLeft + neither);
  if (margins === 0) return 0;
  const n = both + onlyLeft + onlyRight + neither;
  const cross = both * neither - onlyLeft * onlyRight;
  // Method 10 shrinks a positive correlation by n / 2 and leaves a negative one
  const corrected = cross > n / 2 ? cross - n / 2 : Math.min(cross, 0);
  return corrected / Math.sqrt(margins);
}
