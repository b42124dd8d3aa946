import { isEquivalent } from '../../answers/compare/is-equivalent.js';
import { type Interval, wilsonInterval } from '../../wilson-interval.js';
import { agree } from '../compare/agreement.js';

/** How often a problem was solved: measured, and no model's opinion. */
export type MeasuredDifficulty = {
  /** `right` / `k`. */
  readonly solve_rate: number;
  readonly right: number;
  /** Solutions drawn, those without an answer included. */
  readonly k: number;
  /** 95 %, Wilson. */
  readonly interval: Interval;
  /** What an answer was compared with. */
  readonly against: 'gold' | 'majority';
  /** Who compared. */
  readonly grader: string;
  /** Who solved. */
  readonly solver: string | null;
};

/**
 * The share of k solutions that give the right answer: the known one, or where there is none the one that most agree on. Says why where
 * nothing can be measured: no candidate, a single one with nothing to compare it with, or no answer in any.
 */
export function measureDifficulty({
  answers,
  failedCount,
  gold,
  solver = null,
}: {
  /** Taken from the solutions; null where one holds none. */
  readonly answers: readonly (string | null)[];
  /** Solutions that were cut or empty. */
  readonly failedCount: number;
  readonly gold: string | undefined;
  readonly solver?: string | null;
}): MeasuredDifficulty | { readonly fault: string } {
  const k = answers.length + failedCount;
  if (k === 0) return { fault: 'no candidates' };
  if (gold !== undefined) {
    const right = answers.filter((answer) => answer !== null && isEquivalent(gold, answer).equivalent).length;
    return describeRate({ right, k, against: 'gold', grader: 'mathpie', solver });
  }
  const [majority] = agree(answers.map((answer) => answer ?? undefined)).classes;
  if (k === 1) return { fault: 'one candidate and no known answer' };
  if (majority === undefined) return { fault: 'no answers' };
  return describeRate({ right: majority.length, k, against: 'majority', grader: 'mathpie', solver });
}

/** The same from verdicts that somebody has given already. */
export function describeRate({
  right,
  k,
  ...rest
}: Omit<MeasuredDifficulty, 'solve_rate' | 'interval'>): MeasuredDifficulty {
  return { solve_rate: right / k, right, k, interval: wilsonInterval(right, k), ...rest };
}
