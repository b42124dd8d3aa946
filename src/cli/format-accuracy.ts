import type { Accuracy } from '../evaluation/measure-accuracy.js';

/** Such as `71.5 % right (143 of 200, 95 % interval 64.9 to 77.3 %)`. */
export function formatAccuracy({ n, correct, accuracy, interval: [low, high] }: Accuracy): string {
  if (n === 0) return 'no answers';
  return `${percent(accuracy)} % right (${correct} of ${n}, 95 % interval ${percent(low)} to ${percent(high)} %)`;
}

/** A difference of two shares in percentage points, with its sign. */
export function formatPoints(difference: number): string {
  return `${difference >= 0 ? '+' : '−'}${Math.abs(100 * difference).toFixed(1)}`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
