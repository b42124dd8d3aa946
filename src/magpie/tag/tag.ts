import { existsSync } from 'node:fs';
import { formatReasons } from '../../steps/format-reasons.js';
import { text, words } from '../../steps/setting.js';
import { repairsSetting, rewardSettings } from '../../steps/shared-settings.js';
import { defineStep, type ModelNames, type StepGiven, type StepPart, sortReasons } from '../../steps/step.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { readRowFiles } from '../rows/read-files.js';
import { baseType } from '../rows/rows-file.js';
import type { ScoredRow } from '../rows/score-fields.js';
import { checkTagMissions } from './check-tag-missions.js';
import { modelMissions, type TagMission, tagMissions } from './tag-missions.js';
import type { MissionCounts } from './tag-rows.js';

const settings = {
  missions: words({
    says: `what to tag: ${tagMissions.join(', ')}`,
    words: tagMissions,
    fallback: ['solve-rate', 'language'],
  }),
  graded: text({
    valueName: 'DIR',
    isRead: true,
    says: 'for solve-rate: a run of mathpie evaluate on the same problems, instead of candidates',
  }),
  repairs: repairsSetting,
  ...rewardSettings,
};

type Values = {
  readonly missions: readonly TagMission[];
  readonly graded: string | undefined;
  readonly repairs: number;
  readonly scores: string | undefined;
  readonly rewardSettings: readonly string[];
};

/** Fields of rows: difficulty as a solve rate and as a model's word, language, quality, category, soundness, safety, reward. */
export const tag = defineStep<typeof settings, Values>({
  name: 'tag',
  command: 'magpie tag',
  says: 'Tag problems: measured difficulty, language, and by models difficulty, quality, category, soundness, safety, reward',
  examples: [
    'magpie tag --run runs/magpie',
    'magpie tag --run runs/magpie --missions difficulty,quality,category --model vllm:Qwen/Qwen2.5-7B-Instruct',
    'magpie tag --run runs/magpie --missions soundness --model gguf:qwen2.5-coder-1.5b-instruct-q4_k_m.gguf',
    'magpie tag --run runs/magpie --missions safety --guard-model vllm:meta-llama/Llama-Guard-3-8B',
  ],
  takes: { rows: 'needed', candidates: 'optional' },
  read: readRowFiles,
  gives: ['rows'],
  models: {
    model: {
      role: 'tags',
      says: `for ${modelMissions.join(', ')}: a model that writes JSON, or for soundness one that tells log-probabilities`,
    },
    guardModel: { role: 'guard', says: 'for safety: any model string; a Llama-Guard gets its own prompt' },
    rewardModel: { role: 'rewards', says: 'for reward: OWNER/NAME or a folder', isScript: true },
  },
  settings,
  check: async ({ missions, graded }, { models: { model, guardModel: guard, rewardModel: reward } }) => {
    checkTagMissions(missions, { model, guard, reward });
    const { findGradedRows } = await import('../../runs/read-graded-rows.js');
    if (graded !== undefined && existsSync(graded)) await findGradedRows(graded);
  },
  parts: splitMissions,
  work: async (given) => {
    const { tagRows } = await import('./tag-rows.js');
    const { missions, repairs } = given.settings;
    const { run, model, seed, signal, onProgress } = given;
    const isGuard = missions.includes('safety');
    const rows = given.take<JsonObject>('rows');
    const made = await tagRows({
      rows,
      run,
      missions,
      type: `${baseType(rows, given.rowsAre)}_tagged`,
      model: isGuard ? undefined : model,
      guard: isGuard ? model : undefined,
      reward: rewardOf(given),
      solveRates: missions.includes('solve-rate') ? await findRates(given) : undefined,
      repairs,
      seed,
      signal,
      onProgress,
    });
    // What failed before is none of this step's work, and one tag of several is something
    const isTagged = ({ tag_failed: failed }: JsonObject): boolean =>
      missions.some((mission) => !Object.hasOwn((failed ?? {}) as JsonObject, mission));
    const tagged = made.rows.filter(isTagged).length;
    return {
      rows: { [given.rowsAre]: made.rows },
      counts: { unit: 'problems', input: rows.length, output: tagged, lost: sortReasons(reasonsOf(made.counts)) },
      summary: { stage: 'tag', rows: rows.length, missions: made.counts },
      notes: Object.entries(made.counts).map(([mission, counts]) => describe(mission, counts)),
    };
  },
});

/** A stage for each model that has to be open: what is counted and scored, what is asked for in words, what a guard says. */
function splitMissions(values: Values, models: ModelNames): readonly StepPart<Values>[] {
  const asked: readonly TagMission[] = modelMissions;
  const distinct = [...new Set(values.missions)];
  const parts = [
    { missions: distinct.filter((mission) => !asked.includes(mission) && mission !== 'safety'), of: 'rewardModel' },
    { missions: distinct.filter((mission) => asked.includes(mission)), of: 'model' },
    { missions: distinct.filter((mission) => mission === 'safety'), of: 'guardModel' },
  ];
  return parts
    .filter(({ missions }) => missions.length > 0)
    .map(({ missions, of }) => ({
      // One mission adds to another, so that each combination is a stage of its own
      stage: `tag-${[...missions].sort().join('-')}`,
      values: { ...values, missions },
      models: of === 'rewardModel' && !missions.includes('reward') ? {} : { [of]: models[of] },
    }));
}

function rewardOf({ models: { rewardModel: model }, settings, onProgress, signal }: StepGiven<Values>) {
  if (model === undefined) return undefined;
  const stopped = signal === undefined ? {} : { signal };
  const { scores, rewardSettings: set } = settings;
  return { model, scores, set, onProgress, onEvent: () => undefined, ...stopped };
}

/** From an evaluation, else from the run's candidates; none where the rows have to bring their own. */
async function findRates({ settings: { graded }, find }: StepGiven<Values>) {
  const { ratesOfCandidates, ratesOfVerdicts } = await import('./solve-rates.js');
  if (graded !== undefined) {
    const { readGradedRows, readGrader } = await import('../../runs/read-graded-rows.js');
    return ratesOfVerdicts(await readGradedRows(graded), { grader: await readGrader(graded), solver: null });
  }
  const candidates = find<ScoredRow>('candidates');
  return candidates === undefined ? undefined : ratesOfCandidates(candidates);
}

function reasonsOf(counts: Readonly<Partial<Record<TagMission, MissionCounts>>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).flatMap(([mission, { failed }]) =>
      Object.entries(failed).map(([reason, number]) => [`no ${mission} (${reason})`, number]),
    ),
  );
}

function describe(mission: string, { tagged, failed, words = {} }: MissionCounts): string {
  const spread = Object.entries(words)
    .sort(([, left], [, right]) => right - left)
    .slice(0, 12)
    .map(([word, number]) => `${word} ${number}`);
  const said = spread.length > 0 ? `: ${spread.join(', ')}` : '';
  return `${mission}: ${tagged} rows tagged${said}${formatReasons(failed, 'not: ')}`;
}
