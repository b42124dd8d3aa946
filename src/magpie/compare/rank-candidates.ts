import type { Run } from '../../runs/open-run.js';
import type { CandidatesRow, JudgedRow } from '../rows/magpie-row.js';
import { outputName } from '../rows/output-name.js';
import type { ScoredRow, ScoreSource } from '../rows/score-fields.js';
import { choosePair, type PairDrop, type PairScores, type PairSettings, type ScoredCandidate } from './choose-pair.js';
import { type CombinedScore, combineScores } from './combine-scores.js';

export type RankOptions = PairSettings & {
  /** Rows of `judge`, of `scoreCandidates` with `by`, or of `candidates` (then agreement alone decides). */
  readonly rows: readonly (CandidatesRow | JudgedRow | ScoredRow)[];
  /** Which scores decide beside agreement, with equal weights. @default the judge's where the rows have them */
  readonly by?: readonly ScoreSource[] | undefined;
  readonly run: Run;
};

export type PreferencePair = {
  readonly id: number;
  readonly instruction: string;
  readonly preferred_response: string;
  readonly rejected_response: string;
  /** What was thought before each; absent where nothing was. */
  readonly preferred_thinking?: string;
  readonly rejected_thinking?: string;
  /** Difference of the two qualities. */
  readonly preference_strength: number;
  readonly preferred_quality: number;
  readonly rejected_quality: number;
  readonly preferred_temperature: number;
  readonly rejected_temperature: number;
  readonly preferred_answer: string | null;
  readonly rejected_answer: string | null;
  readonly preferred_scores: PairScores;
  readonly rejected_scores: PairScores;
  /** What `agreement` was measured against. */
  readonly agreement_source: 'gold' | 'majority';
  readonly majority_share: number;
  readonly judge: JudgedRow['judge'] | null;
  /** Who gave the scores that decided, by source. */
  readonly scored_by?: ScoredRow['scored_by'];
  /** `lower`: the rejected solution is right as well, and scored lower. */
  readonly rejected_because: 'wrong' | 'lower';
  readonly output_generator: string | null;
  readonly created: number;
};

export type RankVerdict = {
  readonly id: number;
  /** Whose candidates these were; absent in files of earlier versions. */
  readonly instruction?: string;
  readonly verdict: 'pair' | 'dropped';
  readonly reason: PairDrop | null;
  /** What most candidates answer; null where there is no such answer. */
  readonly majority_answer: string | null;
  readonly majority_share: number;
};

export type RankResult = {
  readonly pairs: readonly PreferencePair[];
  readonly fileName: string;
  /** One for each problem; also in `ranked.jsonl` of the run. */
  readonly verdicts: readonly RankVerdict[];
  readonly dropped: Readonly<Partial<Record<PairDrop, number>>>;
};

/**
 * Preference pairs from candidates: answer agreement and judge, with a margin. Problems without a clear pair are dropped
 * and counted by reason; nothing is made up to fill the gap.
 */
export async function rank({ rows, run, by, ...settings }: RankOptions): Promise<RankResult> {
  const combined = by === undefined ? undefined : combineScores(rows, { by });
  const pairs: PreferencePair[] = [];
  const verdicts: RankVerdict[] = [];
  const dropped: Partial<Record<PairDrop, number>> = {};
  for (const [index, row] of rows.entries()) {
    const scores = combined?.[index];
    const choice = choosePair(listCandidates(row, scores), {
      gold: row.gold,
      candidateCount: row.candidates.length + row.failed_candidates.length,
      settings,
    });
    const isDropped = 'dropped' in choice;
    if (isDropped) dropped[choice.dropped] = (dropped[choice.dropped] ?? 0) + 1;
    else pairs.push(toPair(row, choice));
    verdicts.push({
      id: row.id,
      instruction: row.instruction,
      verdict: isDropped ? 'dropped' : 'pair',
      reason: isDropped ? choice.dropped : null,
      majority_answer: choice.majorityAnswer ?? null,
      majority_share: round(choice.majorityShare),
    });
  }
  const model = rows[0]?.gen_response_configs?.output_generator ?? 'model';
  const file = outputName({ run, model, count: rows.length, type: 'Align' });
  const fileName = await run.leave({ name: 'pairs', file }, pairs);
  await run.leave({ name: 'verdicts', file: 'ranked.jsonl' }, verdicts);
  return { pairs, fileName, verdicts, dropped };
}

function listCandidates(
  row: CandidatesRow | JudgedRow,
  scores: readonly CombinedScore[] | undefined,
): readonly ScoredCandidate[] {
  const judged = 'scores' in row && scores === undefined ? row.scores : undefined;
  return row.candidates.map(({ sample, temperature, response, thinking, extracted }, index) => ({
    sample,
    temperature,
    response,
    thinking,
    extracted: extracted ?? undefined,
    judge: scores === undefined ? judged?.[index] : (scores[index]?.given.judge ?? undefined),
    ...scores?.[index],
  }));
}

function toPair(
  row: CandidatesRow | JudgedRow | ScoredRow,
  {
    chosen,
    rejected,
    margin,
    rejectedBecause,
    agreementSource,
    majorityShare,
  }: Exclude<ReturnType<typeof choosePair>, { dropped: PairDrop }>,
): PreferencePair {
  return {
    id: row.id,
    instruction: row.instruction,
    preferred_response: chosen.response,
    rejected_response: rejected.response,
    ...(chosen.thinking === undefined ? {} : { preferred_thinking: chosen.thinking }),
    ...(rejected.thinking === undefined ? {} : { rejected_thinking: rejected.thinking }),
    preference_strength: round(margin),
    preferred_quality: round(chosen.scores.combined),
    rejected_quality: round(rejected.scores.combined),
    preferred_temperature: chosen.temperature,
    rejected_temperature: rejected.temperature,
    preferred_answer: chosen.extracted ?? null,
    rejected_answer: rejected.extracted ?? null,
    preferred_scores: chosen.scores,
    rejected_scores: rejected.scores,
    agreement_source: agreementSource,
    majority_share: round(majorityShare),
    judge: 'judge' in row ? row.judge : null,
    ...(chosen.scores.score === undefined ? {} : { scored_by: (row as ScoredRow).scored_by }),
    rejected_because: rejectedBecause,
    output_generator: row.gen_response_configs?.output_generator ?? null,
    created: row.created,
  };
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
