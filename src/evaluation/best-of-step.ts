import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScoredRow } from '../magpie/rows/score-fields.js';
import { loadProblems } from '../problems/load-problems.js';
import { readGradedRows } from '../runs/read-graded-rows.js';
import type { Made, StepGiven, StepRows } from '../steps/step.js';
import { answerKey, type BestOf, type BestSource, bestOf } from './best-of.js';
import { formatBest } from './format-accuracy.js';
import type { GradedRow } from './graded-row.js';
import { judgeAnswers, rewardAnswers, scoresByAnswer, toCandidates } from './score-answers.js';
import { type EvaluationSummary, voteAsBest } from './summarize.js';

type Settings = {
  readonly bestBy?: readonly Exclude<BestSource, 'vote'>[] | undefined;
  readonly scores?: string | undefined;
  readonly rewardSettings: readonly string[];
};
type Asked = Pick<Parameters<typeof loadProblems>[0], 'skip' | 'limit' | 'skipBad' | 'dataset'> & {
  readonly data: string | undefined;
  readonly repeat: number;
};
type Given = StepGiven<Settings, Asked>;

/** What a reward model says of the answers, before a judge is loaded. */
export async function rewardBest(given: Given): Promise<{ readonly rows: StepRows }> {
  const { run, models, settings, signal, onProgress } = given;
  const { rewardModel: model = '' } = models;
  const rows = toCandidates(await gradedOf(given));
  const asked = { run, model, scores: settings.scores, set: settings.rewardSettings, onProgress };
  const scored = await rewardAnswers(rows, { ...asked, onEvent: () => undefined, ...(signal && { signal }) });
  return { rows: { rewarded: scored } };
}

/** The second stage of an evaluation with `bestBy`: scores the answers that the first left, and adds best of k to its summary. */
export async function chooseBestAnswers(given: Given): Promise<Made> {
  const { run, model, models, settings, seed, signal, onProgress } = given;
  const by = settings.bestBy ?? [];
  const rows = await gradedOf(given);
  let scored = given.find<ScoredRow>('rewarded') ?? toCandidates(rows);
  if (by.includes('judge') && model !== undefined) {
    scored = await judgeAnswers(scored, { run, model, seed, signal, onProgress });
  }
  const counts = { unit: 'answers', input: rows.length, output: rows.length, lost: {} };
  if (run.plan !== undefined) return { rows: {}, counts, summary: { stage: 'best' }, notes: [] };
  const chosen = by.map((source): BestOf => {
    const scoredBy = (source === 'judge' ? models.judge : models.rewardModel) ?? '';
    return bestOf(rows, { by: source, scoredBy, scores: scoresByAnswer(scored, source), seed });
  });
  const file = join(run.directory, 'summary.json');
  const summary = JSON.parse(await readFile(file, 'utf8')) as EvaluationSummary;
  const best = [...voteAsBest(summary), ...chosen];
  await run.writeFile('summary.json', `${JSON.stringify({ ...summary, best }, null, 2)}\n`);
  await run.leave({ name: 'scored-answers', file: 'best_scores.jsonl' }, scoreRows(rows, { scored, by }));
  return {
    rows: {},
    counts: {
      ...counts,
      said: best.map(({ by: source, accuracy }) => `${source} ${(100 * accuracy).toFixed(1)} %`).join(', '),
    },
    summary: { stage: 'best', best },
    lines: best,
    notes: formatBest(best, summary),
  };
}

/** The answers that the first stage left. */
async function gradedOf(given: Given): Promise<readonly GradedRow[]> {
  return given.run.plan === undefined ? readGradedRows<GradedRow>(given.run.directory) : standIns(given.asked);
}

/** Said by the first stage already. */
const onNote = (): void => undefined;

/** For a plan: answers that nobody has given yet, each as long as its problem's solution, or as its question where it brings none. */
async function standIns({ data = '', skip, limit, skipBad, dataset, repeat }: Asked): Promise<readonly GradedRow[]> {
  const problems = await loadProblems({
    data,
    skip,
    limit,
    skipBad,
    dataset,
    needsAnswer: true,
    split: 'test',
    onNote,
  });
  return problems.flatMap(({ id, question, solution = question }) =>
    Array.from({ length: repeat }, (_, sample) => {
      // No two are judged as one
      return { problem: id, sample, correct: false, question, response: `${solution} (${sample})` };
    }),
  );
}

function scoreRows(
  rows: readonly GradedRow[],
  { scored, by }: { readonly scored: readonly ScoredRow[]; readonly by: readonly Exclude<BestSource, 'vote'>[] },
): object[] {
  const scores = by.map((source) => [source, scoresByAnswer(scored, source)] as const);
  return rows.map((row) => {
    const { id, problem, sample = 0, correct, answer = null } = row;
    const own = scores.map(([source, found]) => [source, found.get(answerKey(row)) ?? null]);
    return { id, problem, sample, answer, correct, ...Object.fromEntries(own) };
  });
}
