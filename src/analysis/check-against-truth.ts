import { isEquivalent } from '../answers/compare/is-equivalent.js';
import { type Accuracy, measureAccuracy } from '../evaluation/measure-accuracy.js';
import type { PreferencePair, RankVerdict } from '../magpie/compare/rank-candidates.js';
import type { CandidatesRow, JudgedRow, MagpieRow } from '../magpie/rows/magpie-row.js';

/** The true answer of a problem by its text, for those whose answer somebody knows. */
export type Truth = ReadonlyMap<string, string>;

export type CheckedScore = { readonly problem: string; readonly score: number; readonly correct: boolean };

/** Whether responses are right, one a problem; problems whose answer nobody knows are left out. */
export function responseAccuracy(rows: readonly MagpieRow[], truth: Truth): Accuracy {
  const known = rows.flatMap(({ id, instruction, extracted }) => {
    const gold = truth.get(instruction);
    return gold === undefined ? [] : [{ problem: String(id), correct: isRight(gold, extracted) }];
  });
  return measureAccuracy(known);
}

/** Every candidate with the temperature that it was drawn at, as graded rows: `accuracyTable(rows, 'temperature')`. */
export function gradeCandidates(
  rows: readonly CandidatesRow[],
  truth: Truth,
): { problem: string; temperature: number; correct: boolean }[] {
  return rows.flatMap(({ id, instruction, candidates }) => {
    const gold = truth.get(instruction);
    if (gold === undefined) return [];
    return candidates.map(({ temperature, extracted }) => ({
      problem: String(id),
      temperature,
      correct: isRight(gold, extracted),
    }));
  });
}

/** The judge's score of each candidate beside the truth. Candidates without a score or a known answer are left out. */
export function judgeScores(rows: readonly JudgedRow[], truth: Truth): CheckedScore[] {
  return rows.flatMap(({ id, instruction, candidates, scores }) => {
    const gold = truth.get(instruction);
    if (gold === undefined) return [];
    return candidates.flatMap(({ extracted }, index) => {
      const score = scores[index];
      return typeof score === 'number' ? [{ problem: String(id), score, correct: isRight(gold, extracted) }] : [];
    });
  });
}

/** The share of the candidates that agree on the majority's answer beside the truth of that answer, one a problem. */
export function agreementScores(
  { rows, verdicts }: { readonly rows: readonly MagpieRow[]; readonly verdicts: readonly RankVerdict[] },
  truth: Truth,
): CheckedScore[] {
  const goldById = new Map(rows.map(({ id, instruction }) => [id, truth.get(instruction)]));
  return verdicts.flatMap(({ id, majority_answer, majority_share }) => {
    const gold = goldById.get(id);
    if (gold === undefined) return [];
    return [{ problem: String(id), score: majority_share, correct: isRight(gold, majority_answer) }];
  });
}

export type PairCheck = {
  /** The preferred answer is true. */
  readonly preferred: Accuracy;
  /** The rejected answer is not. */
  readonly rejected: Accuracy;
  /** Both: the pair teaches what it should. */
  readonly both: Accuracy;
};

/** How many preference pairs are what they claim to be, among those whose answer somebody knows. */
export function checkPairs(pairs: readonly PreferencePair[], truth: Truth): PairCheck {
  const known = pairs.flatMap(({ id, instruction, preferred_answer, rejected_answer }) => {
    const gold = truth.get(instruction);
    if (gold === undefined) return [];
    return [{ problem: String(id), chosen: isRight(gold, preferred_answer), spurned: !isRight(gold, rejected_answer) }];
  });
  const measure = (holds: (pair: (typeof known)[number]) => boolean): Accuracy =>
    measureAccuracy(known.map((pair) => ({ problem: pair.problem, correct: holds(pair) })));
  return {
    preferred: measure(({ chosen }) => chosen),
    rejected: measure(({ spurned }) => spurned),
    both: measure(({ chosen, spurned }) => chosen && spurned),
  };
}

function isRight(gold: string, answer: string | null | undefined): boolean {
  return typeof answer === 'string' && isEquivalent(gold, answer).equivalent;
}
