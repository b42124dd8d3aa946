import { isEquivalent } from '../answers/is-equivalent.js';
import { agree } from './agreement.js';

export type ScoredCandidate = {
  readonly sample: number;
  readonly temperature: number;
  readonly response: string;
  /** The answer taken from the response; absent where none was found. */
  readonly extracted?: string | undefined;
  /** The judge's P(yes), 0 to 1; absent where nobody judged, null where the judge gave no verdict. */
  readonly judge?: number | null | undefined;
};

export type PairScores = {
  /** Equal to gold: 1 or 0. Without gold: the share of all candidates that give the same answer. */
  readonly agreement: number;
  readonly judge: number | undefined;
  /** What the margin is taken from: `agreementWeight` x agreement + the rest x judge; agreement alone without a judge. */
  readonly combined: number;
};

export type PairDrop =
  | 'too-few-candidates'
  | 'no-answers'
  | 'gold-not-found'
  | 'unanimous'
  | 'tie'
  | 'no-majority'
  | 'no-judge-score'
  | 'small-margin';

type Majority = {
  readonly majorityShare: number;
  /** The answer of the largest class; undefined where there is none or two are the largest. */
  readonly majorityAnswer: string | undefined;
};

export type PairChoice =
  | ({
      readonly chosen: ScoredCandidate & { readonly scores: PairScores };
      readonly rejected: ScoredCandidate & { readonly scores: PairScores };
      readonly margin: number;
      readonly agreementSource: 'gold' | 'majority';
    } & Majority)
  | ({ readonly dropped: PairDrop } & Majority);

export type PairSettings = {
  /** Least difference of the combined scores. @default 0.1 */
  readonly margin?: number;
  /** @default 0.5 */
  readonly agreementWeight?: number;
  /** Without gold, the largest class must hold at least this share of the candidates. @default 0.5 */
  readonly minMajorityShare?: number;
};

/**
 * One preference pair from the candidates of one problem, or the reason why there is none. Chosen is the right one (equal to
 * gold, else in the majority's class) that the judge likes best; rejected is the wrong one with the least combined score.
 * `candidateCount` counts the failed samples too, so that a vote of two out of eight is not unanimous.
 */
export function choosePair(
  candidates: readonly ScoredCandidate[],
  {
    gold,
    candidateCount,
    settings = {},
  }: { gold?: string | undefined; candidateCount?: number; settings?: PairSettings },
): PairChoice {
  const { margin: leastMargin = 0.1, agreementWeight = 0.5, minMajorityShare = 0.5 } = settings;
  const total = Math.max(candidateCount ?? 0, candidates.length);
  const { classes, classOf, isTied } = agree(candidates.map(({ extracted }) => extracted));
  const majorityShare = total === 0 ? 0 : (classes[0]?.length ?? 0) / total;
  const majorityAnswer = isTied ? undefined : candidates[classes[0]?.[0] ?? -1]?.extracted;
  const majority = { majorityShare, majorityAnswer };
  const drop = (dropped: PairDrop): PairChoice => ({ dropped, ...majority });

  if (candidates.length < 2) return drop('too-few-candidates');
  if (classes.length === 0) return drop('no-answers');
  const isRight = candidates.map(({ extracted }, index) =>
    gold === undefined ? classOf[index] === 0 : extracted !== undefined && isEquivalent(gold, extracted).equivalent,
  );
  if (gold !== undefined && !isRight.includes(true)) return drop('gold-not-found');
  if (!isRight.includes(false)) return drop('unanimous');
  if (gold === undefined && isTied) return drop('tie');
  if (gold === undefined && majorityShare < minMajorityShare) return drop('no-majority');

  const isJudged = candidates.some(({ judge }) => judge !== undefined);
  const scored = candidates.flatMap((candidate, index) => {
    if (isJudged && typeof candidate.judge !== 'number') return [];
    const share = (classes[classOf[index] ?? -1]?.length ?? 0) / total;
    const agreement = gold === undefined ? share : Number(isRight[index]);
    const judge = candidate.judge ?? undefined;
    const combined = judge === undefined ? agreement : agreementWeight * agreement + (1 - agreementWeight) * judge;
    return [{ ...candidate, isRight: isRight[index], scores: { agreement, judge, combined } }];
  });
  // stable sorts: the first sample wins among equals, so the same records give the same pairs
  const chosen = scored.filter((one) => one.isRight).sort((a, b) => (b.scores.judge ?? 0) - (a.scores.judge ?? 0))[0];
  const rejected = scored.filter((one) => !one.isRight).sort((a, b) => a.scores.combined - b.scores.combined)[0];
  if (!chosen || !rejected) return drop('no-judge-score');
  const margin = chosen.scores.combined - rejected.scores.combined;
  if (margin < leastMargin) return drop('small-margin');
  return { chosen, rejected, margin, agreementSource: gold === undefined ? 'majority' : 'gold', ...majority };
}
