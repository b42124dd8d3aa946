import { judgeCandidates } from '../magpie/compare/judge.js';
import { rewardInput, rewardRows, scoreByRewardModel, takeRewards } from '../magpie/compare/score-rewards.js';
import type { CandidatesRow } from '../magpie/rows/magpie-row.js';
import { type ScoredRow, scoresOf } from '../magpie/rows/score-fields.js';
import type { LanguageModel } from '../models/language-model.js';
import type { Run } from '../runs/open-run.js';
import type { StageProgress } from '../runs/track-progress.js';
import { answerKey, type BestOf, type BestSource, bestOf } from './best-of.js';
import type { GradedRow } from './graded-row.js';

/** Answers as candidates that Magpie's judges and reward models score, a row a question; an answer without a text is none. */
export function toCandidates(rows: readonly GradedRow[]): readonly ScoredRow[] {
  const questions = new Map<string, { question: string; answers: GradedRow[] }>();
  for (const row of rows) {
    const known = questions.get(row.problem) ?? { question: row.question ?? '', answers: [] };
    if (row.response !== undefined && row.response.trim() !== '') known.answers.push(row);
    questions.set(row.problem, known);
  }
  return [...questions].map(([problem, { question, answers }]) => {
    const candidates = answers.map(({ sample = 0, response = '', answer = null, completionTokens = 0 }) => ({
      sample,
      temperature: 0,
      response,
      extracted: answer,
      rule: null,
      tokens: completionTokens,
    }));
    const row: Omit<CandidatesRow, 'id'> = {
      pre_query_template: null,
      instruction: question,
      response: null,
      created: 0,
      gen_input_configs: null,
      gen_response_configs: null,
      responses: candidates.map(({ response }) => response),
      candidates,
      failed_candidates: [],
    };
    // Ids of problems are texts, which its readers take as well
    return { ...row, id: problem as unknown as number };
  });
}

/** The scores of a source by `answerKey`. */
export function scoresByAnswer(
  rows: readonly ScoredRow[],
  source: Exclude<BestSource, 'vote'>,
): ReadonlyMap<string, number | null> {
  return new Map(
    rows.flatMap((row) => {
      const scores = scoresOf(row, source) ?? [];
      return row.candidates.map(({ sample }, place) => {
        return [answerKey({ problem: String(row.id), sample }), scores[place] ?? null] as const;
      });
    }),
  );
}

/** Rewards by python-gpu/score_rewards.py, or of a file that it wrote elsewhere. */
export async function rewardAnswers(
  rows: readonly ScoredRow[],
  {
    run,
    model,
    scores,
    ...more
  }: Omit<Parameters<typeof scoreByRewardModel>[0], 'rows'> & { readonly scores?: string | undefined },
): Promise<readonly ScoredRow[]> {
  await run.writeRows(rewardInput, rewardRows(rows));
  if (scores !== undefined) return takeRewards(rows, { file: scores, model });
  return scoreByRewardModel({ ...more, rows, run, model });
}

/** P(yes) of a judge that is asked whether the solution is right. */
export async function judgeAnswers(
  rows: readonly ScoredRow[],
  asked: {
    readonly run: Run;
    readonly model: LanguageModel;
    readonly seed: number;
    readonly signal?: AbortSignal | undefined;
    readonly onProgress?: ((progress: StageProgress) => void) | undefined;
  },
): Promise<readonly ScoredRow[]> {
  const judged = await judgeCandidates({ ...asked, rows });
  return judged.rows.map(({ scores, judge: _, ...row }) => ({ ...row, judge_scores: scores }));
}

/**
 * Best of k by a judge: a model is asked of each answer whether it is right, and of each question the answer that it believes in most counts. The judge may be
 * the model that answered. Throws what `runStage` throws.
 *
 * @example const run = { directory: 'runs/eval', stage: 'judge', config: {} };
 * const best = await withRun(run, (run) => bestByJudge({ rows, run, model }));
 */
export async function bestByJudge({
  rows,
  seed = 0,
  ...asked
}: {
  /** Graded answers, several to a question. */
  readonly rows: readonly GradedRow[];
  readonly run: Run;
  /** Who judges. */
  readonly model: LanguageModel;
  /** @default 0 */
  readonly seed?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StageProgress) => void) | undefined;
}): Promise<BestOf> {
  const scored = await judgeAnswers(toCandidates(rows), { ...asked, seed });
  return bestOf(rows, { by: 'judge', scoredBy: asked.model.name, scores: scoresByAnswer(scored, 'judge'), seed });
}
