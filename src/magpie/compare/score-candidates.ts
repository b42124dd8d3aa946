import type { GpuScriptOptions } from '../../gpu/gpu-scripts.js';
import type { LanguageModel } from '../../models/language-model.js';
import type { PromptSet } from '../../prompts/prompt-set.js';
import type { Run } from '../../runs/open-run.js';
import type { StageProgress } from '../../runs/track-progress.js';
import { mostCandidates } from '../rows/most-candidates.js';
import { outputName } from '../rows/output-name.js';
import { type ScoredRow, type ScoreSource, scoresOf, withScores } from '../rows/score-fields.js';
import { checkScoreSources } from './check-score-sources.js';
import { judgeCandidates } from './judge.js';
import { scoreByAgreement, scoreByLogProbability } from './score-by-count.js';
import { scoreByGrade } from './score-by-grade.js';
import { rewardInput, rewardRows, scoreByRewardModel, takeRewards } from './score-rewards.js';

export type ScoreOptions = {
  readonly rows: readonly ScoredRow[];
  readonly run: Run;
  /** Each source fills a field of its own; scores that rows bring from elsewhere stay. */
  readonly by: readonly ScoreSource[];
  /** For `judge` and `grade`. */
  readonly model?: LanguageModel | undefined;
  readonly promptSet?: string | PromptSet | undefined;
  /** For `reward`: the model, or `scores`, a file of score_rewards.py that is there already. */
  readonly reward?: { readonly model: string; readonly scores?: string | undefined } & Partial<GpuScriptOptions>;
  /** How often a grade that is no JSON is asked for again. @default that of the step `score` */
  readonly repairs?: number;
  readonly seed?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StageProgress) => void) | undefined;
};

export type ScoreResult = {
  readonly rows: readonly ScoredRow[];
  readonly fileName: string;
  /** Candidates with a score and without one, of each source. */
  readonly counts: Readonly<Partial<Record<ScoreSource, { readonly scored: number; readonly unscored: number }>>>;
  /** Grades that could not be read, by reason. */
  readonly failed: Readonly<Record<string, number>>;
};

/** Scores candidates by one or several sources and leaves `Magpie_…_ins_{k}res_scored.json` in the run directory. */
export async function scoreCandidates(options: ScoreOptions): Promise<ScoreResult> {
  checkScoreSources({ by: options.by, rewardModel: options.reward?.model, judge: options.model?.name });
  const { run, by } = options;
  let rows = options.rows;
  let failed: Readonly<Record<string, number>> = {};
  for (const source of new Set(by)) {
    if (source === 'agreement') rows = scoreByAgreement(rows);
    if (source === 'log-probability') rows = scoreByLogProbability(rows);
    if (source === 'reward') rows = await askRewards(options, rows);
    if (source === 'judge') rows = await askJudge(options, rows);
    if (source === 'grade' && options.model)
      ({ rows, failed } = await scoreByGrade({ ...options, model: options.model, rows }));
  }
  const k = mostCandidates(rows);
  const model = rows[0]?.gen_response_configs?.output_generator ?? 'model';
  const file = outputName({ run, model, count: rows.length, type: `ins_${k}res_scored` });
  const fileName = await run.leave({ name: 'candidates', file }, rows);
  const counts = Object.fromEntries([...new Set(by)].map((source) => [source, countScores(rows, source)]));
  return { rows, fileName, counts, failed };
}

async function askRewards(
  { run, reward, signal }: ScoreOptions,
  rows: readonly ScoredRow[],
): Promise<readonly ScoredRow[]> {
  if (reward === undefined) return rows;
  const { model, scores, ...more } = reward;
  // Python is not started in a run that is only planned
  if (run.plan !== undefined) return rows;
  // Also where the scores are there already: it is what they are compared with, and what another machine is given
  await run.writeRows(rewardInput, rewardRows(rows));
  if (scores !== undefined) return takeRewards(rows, { file: scores, model });
  return scoreByRewardModel({ ...more, rows, run, model, ...(signal === undefined ? {} : { signal }) });
}

async function askJudge(options: ScoreOptions, given: readonly ScoredRow[]): Promise<readonly ScoredRow[]> {
  const { by: _, reward: __, promptSet, model, ...rest } = options;
  if (model === undefined) return given;
  const asked = { ...rest, model, rows: given, ...(promptSet === undefined ? {} : { promptSet }) };
  const { rows } = await judgeCandidates(asked);
  return rows.map(({ scores, judge, ...row }) => withScores(row, { source: 'judge', scores, by: judge }));
}

function countScores(rows: readonly ScoredRow[], source: ScoreSource): { scored: number; unscored: number } {
  const all = rows.flatMap((row) => scoresOf(row, source) ?? []);
  const scored = all.filter((score) => score !== null).length;
  return { scored, unscored: all.length - scored };
}
