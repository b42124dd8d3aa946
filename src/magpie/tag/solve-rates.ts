import { isUnanswered } from '../../runs/count-calls.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import type { ScoredRow } from '../rows/score-fields.js';
import { fromUpstreamCandidates } from '../rows/upstream-candidates.js';
import { describeRate, type MeasuredDifficulty, measureDifficulty } from './measure-difficulty.js';
import type { MissionTags, TagItem } from './tag-missions.js';

/** The difficulty of each row: from its own candidates or responses, else from `solveRates` by the problem's text. */
export function measureRows(
  rows: readonly JsonObject[],
  {
    items,
    solveRates = new Map(),
  }: { items: readonly TagItem[]; solveRates?: ReadonlyMap<string, MeasuredDifficulty> | undefined },
): MissionTags {
  const tags = new Map<string, { readonly measured_difficulty: MeasuredDifficulty }>();
  const failed = new Map<string, string>();
  rows.forEach((row, index) => {
    const { key = '', instruction = '' } = items[index] ?? {};
    const measured = ownRate(row, index) ?? solveRates.get(instruction) ?? { fault: 'no candidates' };
    if ('fault' in measured) failed.set(key, measured.fault);
    else tags.set(key, { measured_difficulty: measured });
  });
  return { tags, failed };
}

/** Rates by the problem's text, of the candidates of a run. A problem that cannot be measured has none. */
export function ratesOfCandidates(rows: readonly ScoredRow[]): ReadonlyMap<string, MeasuredDifficulty> {
  const rates = new Map<string, MeasuredDifficulty>();
  for (const row of rows) {
    const measured = rateOf(row);
    if (!('fault' in measured)) rates.set(row.instruction, measured);
  }
  return rates;
}

/** Rates by the question's text, of verdicts that `mathpie evaluate` gave; `grader` is the one of its summary. */
export function ratesOfVerdicts(
  verdicts: readonly { readonly question?: string | undefined; readonly correct: boolean; readonly status?: string }[],
  { grader, solver }: { grader: string; solver: string | null },
): ReadonlyMap<string, MeasuredDifficulty> {
  const counts = new Map<string, { right: number; k: number }>();
  for (const verdict of verdicts) {
    const { question, correct } = verdict;
    if (question === undefined || isUnanswered(verdict)) continue;
    const { right, k } = counts.get(question) ?? { right: 0, k: 0 };
    counts.set(question, { right: right + Number(correct), k: k + 1 });
  }
  return new Map(
    [...counts].map(([question, { right, k }]) => [
      question,
      describeRate({ right, k, against: 'gold', grader, solver }),
    ]),
  );
}

function ownRate(row: JsonObject, index: number): ReturnType<typeof measureDifficulty> | undefined {
  if (Array.isArray(row.candidates)) return rateOf({ failed_candidates: [], ...row } as unknown as ScoredRow);
  if (Array.isArray(row.responses)) return rateOf(fromUpstreamCandidates(row, { place: index + 1 }));
  return undefined;
}

function rateOf(row: Pick<ScoredRow, 'candidates' | 'failed_candidates' | 'gold' | 'gen_response_configs'>) {
  return measureDifficulty({
    answers: row.candidates.map(({ extracted }) => extracted),
    failedCount: row.failed_candidates.filter(({ unanswered }) => unanswered !== true).length,
    gold: row.gold,
    solver: row.gen_response_configs?.output_generator ?? null,
  });
}
