import { describe, expect, it } from 'vitest';
import { watchThreads } from './watch-threads.js';

type Machine = (threads: number) => number;

/** The share of its steps that each stretch of `seconds` takes with most threads, half of them, and so on. */
function follow(most: number, stretches: readonly (readonly [seconds: number, milliseconds: Machine])[]): string[] {
  let time = 0;
  const watch = watchThreads(most, () => time);
  return stretches.map(([seconds, milliseconds]) => {
    const counts = new Map<number, number>();
    const end = time + 1000 * seconds;
    while (time < end) {
      const threads = watch.threads();
      const took = milliseconds(threads);
      counts.set(threads, (counts.get(threads) ?? 0) + took);
      time += took;
      watch.took(16, took);
    }
    const [[threads, spent]] = [...counts].sort((a, b) => b[1] - a[1]) as [[number, number]];
    return `${threads} threads, ${spent > 800 * seconds ? 'nearly always' : 'mostly'}`;
  });
}

const quiet: Machine = (threads) => 120 / threads;
/** Another process has one processor of two. */
const contended: Machine = (threads) => (threads === 1 ? 120 : 370);
const longer: Machine = (threads) => 5 * quiet(threads);
/** Eight threads on two free processors. */
const crowded: Machine = (threads) => (threads > 2 ? 500 * threads : 120 / threads);

describe('watchThreads(most, now)', () => {
  it.each([
    ['nothing in the way', 2, [[60, quiet]], ['2 threads, nearly always']],
    ['another process from the start', 2, [[60, contended]], ['1 threads, nearly always']],
    [
      'another process comes and goes',
      2,
      [
        [20, quiet],
        [30, contended],
        [60, quiet],
      ],
      ['2 threads, nearly always', '1 threads, nearly always', '2 threads, nearly always'],
    ],
    [
      'steps grow longer by themselves',
      2,
      [
        [20, quiet],
        [30, longer],
      ],
      ['2 threads, nearly always', '2 threads, nearly always'],
    ],
    ['far too many', 8, [[120, crowded]], ['2 threads, mostly']],
    [
      'one thread has no fewer',
      1,
      [
        [10, quiet],
        [10, contended],
      ],
      ['1 threads, nearly always', '1 threads, nearly always'],
    ],
  ] as [string, number, [number, Machine][], string[]][])('%s', (_, most, stretches, expected) => {
    expect(follow(most, stretches)).toEqual(expected);
  });

  it('loses two steps to a trial where nothing is in the way', () => {
    let time = 0;
    const watch = watchThreads(8, () => time);
    const used = Array.from({ length: 96 }, () => {
      const threads = watch.threads();
      time += 100;
      watch.took(16, 480 / threads);
      return threads;
    });
    expect(used.filter((threads) => threads !== 8)).toEqual([4, 4]);
  });

  it('does not compare steps of other sizes', () => {
    let time = 0;
    const watch = watchThreads(2, () => time);
    const used = Array.from({ length: 40 }, (_, step) => {
      const threads = watch.threads();
      const rows = step < 3 ? 16 : 4;
      time += 30;
      watch.took(rows, (rows * 8) / threads);
      return threads;
    });
    expect(used.slice(-20).every((threads) => threads === 2)).toBe(true);
  });
});
