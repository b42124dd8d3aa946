/** How many threads a context should have, by how long its steps take. */
export type ThreadWatch = {
  threads(): number;
  /** Hears of each step: how many rows it had, and how long it took. */
  took(rows: number, milliseconds: number): void;
};

type Times = { recent: number; least: number };
type Trial = { readonly threads: number; readonly rows: number; steps: number; milliseconds: number };

/** Steps of a trial. Twice as long where nothing is in the way, so there are few. */
const trialSteps = 2;
/** So many times what such a step took at best is slow. */
const slowTimes = 2;
/** What fewer threads have to save before they are preferred. */
const worthwhile = 0.9;
const shortPauseMs = 5_000;
const longestPauseMs = 15_000;
/** Fewer are tried so often, slow or not. */
const everyMs = 60_000;

/**
 * Threads of llama.cpp that share a context wait for each other busily at every layer: where other processes take processors, all wait for the thread that lost its
 * own (three threads on two processors that were busy besides: twenty times slower than two). So half as many are tried for two steps at the start, when steps
 * become slow, and once a minute; where they are faster they stay, and twice as many are tried again after 5 to 15 seconds.
 * Only steps of as many rows are compared. The logits do not depend on it (`choose-layout.ts`).
 */
export function watchThreads(most: number, now: () => number = () => performance.now()): ThreadWatch {
  let times = new Map<number, Times>(); // by rows, with the threads of now
  let threads = most;
  let trial: Trial | undefined;
  let fewerAt = 0; // when fewer are tried next
  let slowAt = 0; // when they are tried at the earliest because steps are slow
  let moreAt = Number.POSITIVE_INFINITY;
  let pause = shortPauseMs;

  const settle = ({ threads: tried, rows, steps, milliseconds }: Trial): void => {
    const mean = milliseconds / steps;
    const recent = times.get(rows)?.recent ?? mean;
    const isBetter = tried < threads ? mean < worthwhile * recent : mean * worthwhile < recent;
    if (tried > threads) pause = isBetter ? shortPauseMs : Math.min(2 * pause, longestPauseMs);
    if (isBetter) {
      threads = tried;
      times = new Map();
    } else if (tried < threads) times.set(rows, { recent, least: recent }); // such steps take so long now
    moreAt = threads < most ? now() + pause : Number.POSITIVE_INFINITY;
    slowAt = now() + shortPauseMs;
    fewerAt = isBetter && tried < most ? now() : now() + everyMs;
  };

  /** How many threads are worth a trial after a step of `rows` rows. */
  const worthTrying = (rows: number): number | undefined => {
    const { recent, least } = times.get(rows) ?? { recent: 0, least: 0 };
    if (threads < most && now() >= moreAt) return Math.min(most, 2 * threads);
    const isDue = now() >= fewerAt || (recent > slowTimes * least && now() >= slowAt);
    return threads > 1 && isDue ? Math.ceil(threads / 2) : undefined;
  };

  return {
    threads: () => trial?.threads ?? threads,
    took: (rows, milliseconds) => {
      if (most === 1) return;
      if (trial !== undefined) {
        if (trial.rows !== rows) {
          trial = undefined; // nothing to compare it with: tried again later
          return;
        }
        trial.steps++;
        trial.milliseconds += milliseconds;
        if (trial.steps < trialSteps) return;
        const ended = trial;
        trial = undefined;
        settle(ended);
        return;
      }
      const known = times.get(rows);
      times.set(rows, {
        recent: known === undefined ? milliseconds : 0.75 * known.recent + 0.25 * milliseconds,
        least: Math.min(known?.least ?? milliseconds, milliseconds),
      });
      if (known === undefined) return;
      const tried = worthTrying(rows);
      if (tried !== undefined) trial = { threads: tried, rows, steps: 0, milliseconds: 0 };
    },
  };
}
