import { rank } from '../magpie/compare/rank.js';
import { scoreCandidates } from '../magpie/compare/score-candidates.js';
import { type ScoredRow, type ScoreSource, scoresOf } from '../magpie/rows/score-fields.js';
import type { MagpieRecipe } from './recipe-schema.js';
import { type RecipeStep, sortReasons, toConfig } from './recipe-step.js';

/** The steps that compare solutions of one problem with each other. */
export function comparingSteps(recipe: MagpieRecipe): readonly RecipeStep[] {
  return [scoreStep(recipe), rankStep(recipe)].filter((step) => step !== undefined);
}

function scoreStep({ models, seed, score }: MagpieRecipe): RecipeStep | undefined {
  if (score === undefined) return undefined;
  const { by, repairs, prompts: promptSet, rewardSettings: set } = score;
  const judge = by.includes('judge') || by.includes('grade') ? models.judge : undefined;
  const rewards = by.includes('reward') ? models.rewards : undefined;
  return {
    name: 'score',
    model: judge,
    script: rewards,
    config: toConfig({ by, judge, rewards, promptSet, repairs, set, seed }),
    scriptWork:
      rewards === undefined
        ? undefined
        : async (rows, { run, signal, onProgress }) => {
            const reward = { model: rewards, set, onProgress, ...(signal === undefined ? {} : { signal }) };
            const made = await scoreCandidates({ rows: rows.candidates, run, by: ['reward'], reward });
            return { ...rows, candidates: made.rows };
          },
    work: async (rows, { model, run, signal, onProgress }) => {
      const others = by.filter((source) => source !== 'reward');
      const asked = { model, promptSet, repairs, seed, signal, onProgress };
      const made = await scoreCandidates({ ...asked, rows: rows.candidates, run, by: others });
      const unscored = [...new Set(by)].map((source) => [source, countUnscored(made.rows, source)] as const);
      const input = made.rows.reduce((sum, row) => sum + row.candidates.length, 0);
      const most = Math.max(0, ...unscored.map(([, count]) => count));
      const lost = Object.fromEntries(unscored.map(([source, count]) => [`no ${source} score`, count]));
      const files = [made.fileName];
      const counts = { unit: 'solutions', input, output: input - most, lost: sortReasons(lost), files };
      return { rows: { ...rows, candidates: made.rows }, counts };
    },
    reload: async (rows, read, { files }) => ({ ...rows, candidates: await read(files[0] ?? '') }),
  };
}

function countUnscored(rows: readonly ScoredRow[], source: ScoreSource): number {
  return rows
    .flatMap((row) => scoresOf(row, source) ?? row.candidates.map(() => null))
    .filter((score) => score === null).length;
}

function rankStep({ score, rank: wanted }: MagpieRecipe): RecipeStep | undefined {
  if (wanted === undefined) return undefined;
  const { by = score?.by, margin, agreementWeight, minMajority: minMajorityShare, lowerMargin } = wanted;
  const settings = { by, margin, agreementWeight, minMajorityShare, lowerMargin };
  return {
    name: 'rank',
    model: undefined,
    config: toConfig(settings),
    work: async (rows, { run }) => {
      const { lowerMargin: lower, ...more } = settings;
      const lowest = lower === undefined ? {} : { lowerMargin: lower };
      const { pairs, verdicts, dropped, fileName } = await rank({ ...more, ...lowest, rows: rows.candidates, run });
      const counts = {
        unit: 'pairs',
        input: rows.candidates.length,
        output: pairs.length,
        lost: sortReasons(dropped),
        files: [fileName, 'ranked.jsonl'],
      };
      return { rows: { ...rows, pairs, verdicts }, counts };
    },
    reload: async (rows, read, { files }) => {
      const [pairs, verdicts] = await Promise.all(files.map(read));
      return { ...rows, pairs: pairs ?? [], verdicts: verdicts ?? [] };
    },
  };
}
