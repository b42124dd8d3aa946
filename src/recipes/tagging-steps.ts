import type { MagpieRow } from '../magpie/rows/magpie-row.js';
import { ratesOfCandidates } from '../magpie/tag/solve-rates.js';
import { askedMissions, type TagMission } from '../magpie/tag/tag-missions.js';
import { type MissionCounts, tagRows } from '../magpie/tag/tag-rows.js';
import type { JsonObject } from '../storage/read-jsonl.js';
import type { MagpieRecipe } from './recipe-schema.js';
import { type RecipeRows, type RecipeStep, sortReasons, toConfig } from './recipe-step.js';

/** Tags, a step for each model that has to be open: what is counted and scored, what is asked for in words, what a guard says. */
export function taggingSteps(recipe: MagpieRecipe): readonly RecipeStep[] {
  const { models, tag } = recipe;
  if (tag === undefined) return [];
  const asked: readonly TagMission[] = askedMissions;
  const groups = [
    { name: 'tag', model: undefined, isOf: (mission: TagMission) => !asked.includes(mission) && mission !== 'safety' },
    { name: 'tag-asked', model: models.tags, isOf: (mission: TagMission) => asked.includes(mission) },
    { name: 'tag-safety', model: models.guard, isOf: (mission: TagMission) => mission === 'safety' },
  ];
  return groups.flatMap(({ name, model, isOf }) => {
    const missions = [...new Set(tag.missions)].filter(isOf);
    return missions.length === 0 ? [] : [tagStep(recipe, { name, model, missions, repairs: tag.repairs })];
  });
}

function tagStep(
  { models, seed, respond, score }: MagpieRecipe,
  {
    name,
    model: asked,
    missions,
    repairs,
  }: { name: string; model: string | undefined; missions: readonly TagMission[]; repairs: number },
): RecipeStep {
  const rewards = missions.includes('reward') ? models.rewards : undefined;
  const set = score?.rewardSettings ?? [];
  // Each step leaves a file of its own, or a later one would write over what an earlier one left
  const type = `${respond === undefined ? 'ins' : 'ins_res'}_${name === 'tag' ? 'tagged' : `tagged_${name.slice(4)}`}`;
  return {
    name,
    model: asked,
    script: rewards,
    config: toConfig({ missions, model: asked, rewards, repairs, seed }),
    work: async (rows, { model, run, signal, onProgress }) => {
      const stopped = signal === undefined ? {} : { signal };
      const made = await tagRows({
        rows: rows.problems as unknown as readonly JsonObject[],
        run,
        missions,
        type,
        model: name === 'tag-safety' ? undefined : model,
        guard: name === 'tag-safety' ? model : undefined,
        reward: rewards === undefined ? undefined : { model: rewards, set, onProgress, ...stopped },
        solveRates: ratesOfCandidates(rows.candidates),
        repairs,
        seed,
        signal,
        onProgress,
      });
      const tagged = countWhole(made.rows);
      const counts = {
        unit: 'problems',
        input: made.rows.length,
        output: tagged,
        lost: sortReasons(describeFailures(made.counts)),
        files: [made.fileName],
      };
      return { rows: { ...rows, problems: made.rows as unknown as readonly MagpieRow[] }, counts };
    },
    reload: async (rows, read, { files }): Promise<RecipeRows> => ({ ...rows, problems: await read(files[0] ?? '') }),
  };
}

/** Rows of which no mission failed. */
function countWhole(rows: readonly JsonObject[]): number {
  return rows.filter(({ tag_failed: failed }) => failed === undefined).length;
}

function describeFailures(counts: Readonly<Partial<Record<TagMission, MissionCounts>>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).flatMap(([mission, { failed }]) =>
      Object.entries(failed).map(([reason, number]) => [`no ${mission} (${reason})`, number]),
    ),
  );
}
