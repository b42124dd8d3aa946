import { InputError } from '../../errors.js';
import { named } from '../../name-setting.js';
import { formatReasons } from '../../steps/format-reasons.js';
import { promptsIn } from '../../steps/prompts-in.js';
import { choice, flag, number, words } from '../../steps/setting.js';
import { promptsSetting } from '../../steps/shared-settings.js';
import { defineStep, sortReasons } from '../../steps/step.js';
import { readCandidateFiles } from '../rows/read-files.js';
import { type ScoredRow, type ScoreSource, scoreSources } from '../rows/score-fields.js';
import { pairRules } from './pair-rules.js';

const share = { minimum: 0, maximum: 1 };

/** Preference pairs by answer agreement and scores, with a margin; problems without a clear pair are dropped and counted. */
export const rank = defineStep({
  name: 'rank',
  command: 'magpie rank',
  says: 'Choose preference pairs by answer agreement and scores, or a judge',
  examples: [
    'magpie rank --run runs/magpie --margin 0.2',
    'magpie rank --run runs/magpie --by reward --rule best-worst',
    'magpie rank --run runs/magpie --by reward,judge --agreement-weight 0.5',
  ],
  takes: { candidates: 'needed' },
  read: readCandidateFiles,
  gives: ['pairs', 'verdicts'],
  models: {
    model: { role: 'judge', says: 'the judge where nothing was scored; who wrote the candidates when left out' },
  },
  settings: {
    by: words({
      says: `scores that decide beside agreement: ${scoreSources.join(', ')}; all that magpie score gave when left out`,
      words: scoreSources,
      fallback: undefined,
    }),
    rule: choice({
      says: 'what is preferred: a right answer to a wrong one, or the best score to the worst whatever they answer, as data_po of Magpie does',
      words: pairRules,
      fallback: 'answers',
    }),
    noJudge: flag({ says: 'where nothing was scored, rank by agreement alone' }),
    margin: number({ says: 'least difference of the combined scores', fallback: 0.1, ...share }),
    agreementWeight: number({ says: 'weight of agreement, the rest is that of the scores', fallback: 0.5, ...share }),
    minMajority: number({ says: 'least share of the largest group of answers', fallback: 0.5, ...share }),
    lowerMargin: number({
      says: 'where no wrong solution is left to reject, reject a right one scored so much lower',
      fallback: undefined,
      ...share,
    }),
    prompts: promptsSetting,
  },
  resolve: (values, { problemLanguage, models: { model }, madeBy }) => ({
    ...values,
    by: values.by ?? (madeBy('candidates')?.by as readonly ScoreSource[] | undefined),
    prompts: promptsIn(problemLanguage, { prompts: values.prompts, model }),
  }),
  // Another ranking of the same candidates leaves pairs of its own
  stage: ({ by, rule }) => ['rank', ...(rule === 'answers' ? [] : [rule]), ...[...new Set(by)].sort()].join('-'),
  asks: ({ by, noJudge }, { models, madeBy }) => {
    if (by !== undefined || noJudge) return {};
    const model = models.model ?? (madeBy('candidates')?.model as string | undefined);
    if (model !== undefined) return { model };
    throw new InputError(
      `Cannot rank: the candidates have no scores and no judge is named; give ${named('model')} MODEL, or ${named('noJudge')} to rank by agreement alone`,
    );
  },
  checkInRecipe: ({ by = [] }, { recipe }) => {
    const { by: scored = [] } = (recipe.score ?? {}) as { readonly by?: readonly string[] };
    const unscored = by.find((source) => !scored.includes(source));
    if (unscored !== undefined)
      throw new InputError(`Cannot rank by ${unscored}: score.by does not name it; add it there`);
  },
  inRecipe: ({ models, score }) => ({ noJudge: score === undefined && models.judge === undefined }),
  work: async (given) => {
    const { judge } = await import('./judge.js');
    const { rank } = await import('./rank-candidates.js');
    const { run, model, signal, onProgress, seed } = given;
    const { prompts: promptSet, minMajority: minMajorityShare, noJudge: _, ...settings } = given.settings;
    const candidates = given.take<ScoredRow>('candidates');
    const words = promptSet === undefined ? {} : { promptSet };
    const rows =
      model === undefined
        ? candidates
        : (await judge({ rows: candidates, run, model, seed, signal, onProgress, ...words })).rows;
    const { pairs, verdicts, dropped } = await rank({ ...settings, minMajorityShare, rows, run });
    return {
      rows: { pairs, verdicts },
      counts: { unit: 'pairs', input: rows.length, output: pairs.length, lost: sortReasons(dropped) },
      summary: { stage: 'rank', rows: rows.length, pairs: pairs.length, dropped },
      notes: [`${pairs.length} pairs from ${rows.length} problems${formatReasons(dropped, 'dropped: ')}`],
    };
  },
});
