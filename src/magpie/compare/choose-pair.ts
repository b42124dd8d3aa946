import { isEquivalent } from '../../answers/compare/is-equivalent.js';
import { agree } from './agreement.js';
import type { PairRule } from './pair-rules.js';

export type ScoredCandidate = {
  readonly sample: number;
  readonly temperature: number;
  readonly response: string;
  /** What was thought before it. */
  readonly thinking?: string | undefined;
  /** The answer taken from the response; absent where none was found. */
  readonly extracted?: string | undefined;
  /** The judge's P(yes), 0 to 1; absent where nobody judged, null where the judge gave no verdict. */
  readonly judge?: number | null | undefined;
  /** The mean of several scores, each brought to 0 to 1; goes before `judge`. Null where one of them is missing. */
  readonly score?: number | null | undefined;
  /** The scores as they were given, by their source. */
  readonly given?: Readonly<Record<string, number | null>> | undefined;
};

export type PairScores = {
  /** Equal to gold: 1 or 0. Without gold: the share of all candidates that give the same answer. */
  readonly agreement: number;
  readonly judge: number | undefined;
  /** What the margin is taken from: `agreementWeight` x agreement + the rest x score or judge; agreement alone without one. */
  readonly combined: number;
  /** The mean of the scores asked for, 0 to 1. */
  readonly score?: number;
  readonly given?: Readonly<Record<string, number | null>>;
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
      /** `lower`: the rejected one is right as well, or nobody asked whether it is, and its score is so much lower. */
      readonly rejectedBecause: 'wrong' | 'lower';
      readonly agreementSource: 'gold' | 'majority';
    } & Majority)
  | ({ readonly dropped: PairDrop } & Majority);

export type PairSettings = {
  /** @default 'answers' */
  readonly rule?: PairRule | undefined;
  /** Least difference of the combined scores. @default 0.1 */
  readonly margin?: number;
  /** @default 0.5 */
  readonly agreementWeight?: number;
  /** Without gold, the largest class must hold at least this share of the candidates. @default 0.5 */
  readonly minMajorityShare?: number;
  /**
   * Where no wrong candidate can be rejected, a right one may be whose score lies so far below the chosen one's. Problems on
   * which all agree are dropped all the same. @default never
   */
  readonly lowerMargin?: number | undefined;
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
  const { margin: leastMargin = 0.1, agreementWeight = 0.5, minMajorityShare = 0.5, lowerMargin } = settings;
  const total = Math.max(candidateCount ?? 0, candidates.length);
  const { classes, classOf, isTied } = agree(candidates.map(({ extracted }) => extracted));
  const majorityShare = total === 0 ? 0 : (classes[0]?.length ?? 0) / total;
  const majorityAnswer = isTied ? undefined : candidates[classes[0]?.[0] ?? -1]?.extracted;
  const majority = { majorityShare, majorityAnswer };
  const drop = (dropped: PairDrop): PairChoice => ({ dropped, ...majority });

  if (candidates.length < 2) return drop('too-few-candidates');
  if (settings.rule === 'best-worst') return chooseByScore(candidates, { classOf, classes, total, majority });
  if (classes.length === 0) return drop('no-answers');
  const isRight = candidates.map(({ extracted }, index) =>
    gold === undefined ? classOf[index] === 0 : extracted !== undefined && isEquivalent(gold, extracted).equivalent,
  );
  if (gold !== undefined && !isRight.includes(true)) return drop('gold-not-found');
  if (!isRight.includes(false)) return drop('unanimous');
  if (gold === undefined && isTied) return drop('tie');
  if (gold === undefined && majorityShare < minMajorityShare) return drop('no-majority');

  const isScored = candidates.some(({ score, judge }) => score !== undefined || judge !== undefined);
  const scored = candidates.flatMap(({ score: mean, given, ...candidate }, index) => {
    const quality = mean === undefined ? candidate.judge : mean;
    if (isScored && typeof quality !== 'number') return [];
    const share = (classes[classOf[index] ?? -1]?.length ?? 0) / total;
    const agreement = gold === undefined ? share : Number(isRight[index]);
    const judge = candidate.judge ?? undefined;
    const combined = quality == null ? agreement : agreementWeight * agreement + (1 - agreementWeight) * quality;
    const more = mean == null ? {} : { score: mean, ...(given === undefined ? {} : { given }) };
    const rank = quality ?? 0;
    return [{ ...candidate, isRight: isRight[index], rank, scores: { agreement, judge, combined, ...more } }];
  });
  // stable sorts: the first sample wins among equals, so the same records give the same pairs
  const right = scored.filter((one) => one.isRight).sort((a, b) => b.rank - a.rank);
  const wrong = scored.filter((one) => !one.isRight).sort((a, b) => a.scores.combined - b.scores.combined);
  const [chosen, last] = [right[0], right.at(-1)];
  const agreementSource = gold === undefined ? 'majority' : 'gold';
  const pair = (rejected: (typeof scored)[number] | undefined, because: 'wrong' | 'lower', least: number) => {
    if (chosen === undefined || rejected === undefined) return undefined;
    const margin =
      because === 'wrong' ? chosen.scores.combined - rejected.scores.combined : chosen.rank - rejected.rank;
    if (margin < least) return undefined;
    return { chosen, rejected, margin, rejectedBecause: because, agreementSource, ...majority } as const;
  };
  const found =
    pair(wrong[0], 'wrong', leastMargin) ??
    (lowerMargin === undefined || last === chosen ? undefined : pair(last, 'lower', lowerMargin));
  return found ?? drop(chosen && wrong.length > 0 ? 'small-margin' : 'no-judge-score');
}

/** The candidate with the best score before that with the worst; the first of equals, as the original takes them. */
function chooseByScore(
  candidates: readonly ScoredCandidate[],
  {
    classOf,
    classes,
    total,
    majority,
  }: Pick<ReturnType<typeof agree>, 'classOf' | 'classes'> & { readonly total: number; readonly majority: Majority },
): PairChoice {
  const scored = candidates.flatMap(({ score: mean, given, ...candidate }, index) => {
    const score = mean ?? candidate.judge;
    if (typeof score !== 'number') return [];
    const agreement = (classes[classOf[index] ?? -1]?.length ?? 0) / total;
    const scores = { agreement, judge: candidate.judge ?? undefined, combined: score, score, ...(given && { given }) };
    return [{ ...candidate, scores }];
  });
  const [first] = scored;
  if (first === undefined) return { dropped: 'no-judge-score', ...majority };
  const best = scored.reduce((top, one) => (one.scores.combined > top.scores.combined ? one : top), first);
  const worst = scored.reduce((low, one) => (one.scores.combined < low.scores.combined ? one : low), first);
  const margin = best.scores.combined - worst.scores.combined;
  if (margin === 0 || best.response === worst.response) return { dropped: 'tie', ...majority };
  return { chosen: best, rejected: worst, margin, rejectedBecause: 'lower', agreementSource: 'majority', ...majority };
}
