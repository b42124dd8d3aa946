import { formatReasons } from '../../steps/format-reasons.js';
import { promptsIn } from '../../steps/prompts-in.js';
import { words } from '../../steps/setting.js';
import { promptsSetting, repairsSetting, rewardSettings } from '../../steps/shared-settings.js';
import { defineStep, type StepGiven, sortReasons } from '../../steps/step.js';
import { readCandidateFiles } from '../rows/read-files.js';
import { type ScoredRow, type ScoreSource, scoreSources, scoresOf } from '../rows/score-fields.js';
import { checkScoreSources } from './check-score-sources.js';

/** Scores of candidates, each source in a field of its own. */
export const score = defineStep({
  name: 'score',
  command: 'magpie score',
  says: 'Score candidates: reward model, judge, grades as JSON, log-probability, agreement',
  examples: [
    'magpie score --run runs/magpie --by agreement,judge --model pocket',
    'magpie score --run runs/magpie --by reward --reward-model RLHFlow/ArmoRM-Llama3-8B-v0.1',
  ],
  takes: { candidates: 'needed' },
  read: readCandidateFiles,
  gives: ['candidates'],
  models: {
    model: { role: 'judge', says: 'for judge and grade: the model that judges' },
    rewardModel: {
      role: 'rewards',
      says: 'for reward: OWNER/NAME or a folder, such as RLHFlow/ArmoRM-Llama3-8B-v0.1 or Qwen/Qwen2.5-Math-RM-72B',
      isScript: true,
    },
  },
  settings: {
    by: words({ says: `what to score by: ${scoreSources.join(', ')}`, words: scoreSources, fallback: ['agreement'] }),
    prompts: promptsSetting,
    repairs: repairsSetting,
    ...rewardSettings,
  },
  check: ({ by }, { models: { model, rewardModel } }) => checkScoreSources({ by, rewardModel, judge: model }),
  resolve: (values, { problemLanguage, models: { model } }) => ({
    ...values,
    prompts: promptsIn(problemLanguage, { prompts: values.prompts, model }),
  }),
  // Each combination of sources is a stage of its own: what was scored before stays as it was
  stage: ({ by }) => `score-${[...new Set(by)].sort().join('-')}`,
  asks: ({ by }, { models: { model, rewardModel } }) => ({
    model: by.includes('judge') || by.includes('grade') ? model : undefined,
    rewardModel: by.includes('reward') ? rewardModel : undefined,
  }),
  before: async (given) => {
    const { scoreCandidates } = await import('./score-candidates.js');
    const { rows } = await scoreCandidates({ ...rewardsOf(given), by: ['reward'] });
    return { rows: { candidates: rows } };
  },
  work: async (given) => {
    const { scoreCandidates } = await import('./score-candidates.js');
    const { by, prompts: promptSet, repairs } = given.settings;
    const { model, seed } = given;
    // Rewards were given before, but by a plan, which starts no script
    const left = given.run.plan === undefined ? by.filter((source) => source !== 'reward') : by;
    const asked = { ...rewardsOf(given), model, promptSet, repairs, seed, onProgress: given.onProgress };
    const { rows, failed } = await scoreCandidates({ ...asked, by: left });
    const counts = Object.fromEntries([...new Set(by)].map((source) => [source, countScores(rows, source)]));
    const unscored = Object.entries(counts).map(([source, count]) => [`no ${source} score`, count.unscored] as const);
    const input = rows.reduce((sum, row) => sum + row.candidates.length, 0);
    const most = Math.max(0, ...unscored.map(([, count]) => count));
    const reasons = formatReasons(failed, '').replace(/^ \(|\)$/g, '');
    return {
      rows: { candidates: rows },
      counts: { unit: 'solutions', input, output: input - most, lost: sortReasons(Object.fromEntries(unscored)) },
      summary: { stage: 'score', rows: rows.length, counts, failed },
      notes: [
        ...Object.entries(counts).map(
          ([source, { scored, unscored }]) => `${source}: ${scored} candidates scored, ${unscored} without a score`,
        ),
        ...(reasons === '' ? [] : [`Grades that could not be read: ${reasons}`]),
      ],
    };
  },
});

function rewardsOf(given: StepGiven<{ scores: string | undefined; rewardSettings: readonly string[] }>) {
  const { run, signal, models, settings, onProgress } = given;
  const { rewardModel: model } = models;
  const reward = { scores: settings.scores, set: settings.rewardSettings, onProgress, onEvent: () => undefined };
  return {
    rows: given.take<ScoredRow>('candidates'),
    run,
    signal,
    ...(model === undefined ? {} : { reward: { ...reward, model } }),
  };
}

function countScores(rows: readonly ScoredRow[], source: ScoreSource): { scored: number; unscored: number } {
  const all = rows.flatMap((row) => scoresOf(row, source) ?? row.candidates.map(() => null));
  const scored = all.filter((each) => each !== null).length;
  return { scored, unscored: all.length - scored };
}
