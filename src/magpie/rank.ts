import type { Run } from '../runs/open-run.js';
import { choosePair, type PairDrop, type PairScores, type PairSettings, type ScoredCandidate } from './choose-pair.js';
import type { CandidatesRow, JudgedRow } from './magpie-row.js';
import { outputName } from './output-name.js';

export type RankOptions = PairSettings & {
  /** Rows of `judge`, or of `candidates` (then agreement alone decides). */
  readonly rows: readonly (CandidatesRow | JudgedRow)[];
  readonly run: Run;
};

export type PreferencePair = {
  readonly id: number;
  readonly instruction: string;
  readonly preferred_response: string;
  readonly rejected_response: string;
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
  readonly output_generator: string | null;
  readonly created: number;
};

export type RankVerdict = {
  readonly id: number;
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
export async function rank({ rows, run, ...settings }: RankOptions): Promise<RankResult> {
  const pairs: PreferencePair[] = [];
  const verdicts: RankVerdict[] = [];
  const dropped: Partial<Record<PairDrop, number>> = {};
  for (const row of rows) {
    const choice = choosePair(scoreCandidates(row), {
      gold: row.gold,
      candidateCount: row.candidates.length + row.failed_candidates.length,
      settings,
    });
    const isDropped = 'dropped' in choice;
    if (isDropped) dropped[choice.dropped] = (dropped[choice.dropped] ?? 0) + 1;
    else pairs.push(toPair(row, choice));
    verdicts.push({
      id: row.id,
      verdict: isDropped ? 'dropped' : 'pair',
      reason: isDropped ? choice.dropped : null,
      majority_answer: choice.majorityAnswer ?? null,
      majority_share: round(choice.majorityShare),
    });
  }
  const model = rows[0]?.gen_response_configs?.output_generator ?? 'model';
  const fileName = await outputName({ run, model, count: rows.length, type: 'Align' });
  await run.writeFile(fileName, `${JSON.stringify(pairs, null, 2)}\n`);
  await run.writeFile('ranked.jsonl', verdicts.map((verdict) => `${JSON.stringify(verdict)}\n`).join(''));
  return { pairs, fileName, verdicts, dropped };
}

function scoreCandidates(row: CandidatesRow | JudgedRow): readonly ScoredCandidate[] {
  return row.candidates.map(({ sample, temperature, response, extracted }, index) => ({
    sample,
    temperature,
    response,
    extracted: extracted ?? undefined,
    judge: 'scores' in row ? row.scores[index] : undefined,
  }));
}

function toPair(
  row: CandidatesRow | JudgedRow,
  {
    chosen,
    rejected,
    margin,
    agreementSource,
    majorityShare,
  }: Exclude<ReturnType<typeof choosePair>, { dropped: PairDrop }>,
): PreferencePair {
  return {
    id: row.id,
    instruction: row.instruction,
    preferred_response: chosen.response,
    rejected_response: rejected.response,
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
    output_generator: row.gen_response_configs?.output_generator ?? null,
    created: row.created,
  };
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
