import { join } from 'node:path';
import { InputError } from '../errors.js';
import type { GradedRow } from '../evaluation/graded-row.js';
import { visibleGpus } from '../gpu/visible-gpus.js';
import { type LiveRun, liveRun } from '../live-run.js';
import { named } from '../name-setting.js';
import { requireCount } from '../require-count.js';
import { stopButton } from '../stop-button.js';
import { lockDirectory } from '../storage/lock-directory.js';
import { writeAtomic } from '../storage/write-atomic.js';
import { writeJsonl } from '../storage/write-jsonl.js';
import { type AblateOptions, type AblationEvent, defaultEffects, type Models, type Work } from './ablate-options.js';
import { armsAtOnce } from './arms-at-once.js';
import { bindDirectory } from './bind-directory.js';
import { doOnce } from './do-once.js';
import { doPartsAtOnce } from './do-parts-at-once.js';
import { testSets } from './evaluate-arm.js';
import { listArms } from './list-arms.js';
import type { MixedSet } from './mix-set.js';
import { openModels } from './open-models.js';
import { type AblationPlan, planAblation } from './plan-ablation.js';
import { prepareSeed, stopWhereAsked, testFileOf } from './prepare-seed.js';
import { type AblationRecipe, loadAblation, parseAblation } from './recipe.js';
import { runArm } from './run-arm.js';
import { type AblationSummary, type ArmResults, summarizeAblation } from './summarize-ablation.js';

/**
 * Trains a student on sets that differ in one technique, one check or one share of wrong answers, and compares what it can do afterwards,
 * question by question: the ablation of MetaMath (Yu et al. 2023, arXiv 2309.12284, table 3), as one run directory with a folder for each
 * seed and arm. Parts that are there are not done again; a kill loses at most 25 steps of a training. Writes `table.json` and
 * `summary.json`.
 *
 * What happens meanwhile is told by `events`, each step of a training with its loss. In a notebook the stop button ends it where no other
 * signal is given.
 *
 * @throws InputError for a recipe that cannot be used, StorageError for a directory of another recipe or other data, CancelledError when it was stopped,
 * and what models and trainings throw
 * @example const run = ablate({ recipe: 'pocket-smallest', directory: 'runs/ablation' });
 * for await (const event of run.events) if (event.event === 'training-step') console.log(event.arm, event.step, event.loss);
 * const { sentences } = await run;
 */
export function ablate(options: AblateOptions): LiveRun<AblationSummary, AblationEvent> {
  return liveRun((tell) => {
    const work = (signal: AbortSignal | undefined) =>
      runAblation({
        ...options,
        signal,
        onEvent: (event) => {
          tell(event);
          options.onEvent?.(event);
        },
      });
    return options.signal === undefined ? stopButton.during(work) : work(options.signal);
  });
}

async function runAblation(options: AblateOptions): Promise<AblationSummary> {
  const recipe = resolveRecipe(options);
  const { directory, signal, gpus, onEvent } = options;
  if (typeof directory !== 'string' || directory === '')
    throw new InputError(`Cannot start: ${named('directory')} is missing; name a run directory`);
  requireCount('graceMs', options.graceMs, { least: 0 });
  const devices = await visibleGpus();
  const atOnce = armsAtOnce(recipe, { ...options, devices });
  const lock = await lockDirectory({ directory });
  const models = openModels(options);
  try {
    await bindDirectory(directory, recipe);
    const { measure } = { ...defaultEffects, ...options.effects };
    const rates = await doOnce(join(directory, 'rates.json'), {}, () =>
      measure({
        recipe,
        ...openersOf(recipe, models),
        ...{ signal, gpus, onStart: (rows) => onEvent?.({ event: 'measure-start', rows }) },
      }),
    );
    onEvent?.({ event: 'plan', plan: await planAblation(recipe, { rates: rates.result, atOnce }) });
    const { results, grader } = await runArms(recipe, { atOnce, devices, work: { ...options, models } });
    const summary = summarizeAblation(results, { recipe, grader });
    await writeAtomic(join(directory, 'table.json'), `${JSON.stringify(summary.arms, null, 2)}\n`);
    await writeAtomic(join(directory, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
    return summary;
  } finally {
    await models.close();
    await lock.release();
  }
}

/** What `ablate` would do, from rates that are measured now; the run directory is left alone. */
export async function planOfAblation(
  options: Asked & Pick<AblateOptions, 'signal' | 'gpus' | 'atOnce' | 'effects'>,
): Promise<AblationPlan> {
  const recipe = resolveRecipe(options);
  const models = openModels(options);
  try {
    const { measure } = { ...defaultEffects, ...options.effects };
    const { signal, gpus } = options;
    const atOnce = armsAtOnce(recipe, { ...options, devices: await visibleGpus() });
    const rates = await measure({ recipe, ...openersOf(recipe, models), signal, gpus });
    return await planAblation(recipe, { rates, atOnce });
  } finally {
    await models.close();
  }
}

type Asked = Pick<AblateOptions, 'recipe' | 'seeds' | 'teacher' | 'student'>;

/** What `measureRates` and `growPool` open models with. */
function openersOf(recipe: AblationRecipe, models: Models) {
  return {
    openTeacher: () => models.open(recipe.teacher),
    openStudent: () => models.open(recipe.student),
    freeGpu: models.freeGpu,
  };
}

function resolveRecipe({ recipe, seeds, teacher, student }: Asked): AblationRecipe {
  const loaded = typeof recipe === 'string' ? loadAblation(recipe) : recipe;
  const whole = {
    ...loaded,
    ...(seeds === undefined ? {} : { seeds }),
    ...(teacher === undefined ? {} : { teacher }),
    ...(student === undefined ? {} : { student }),
  };
  // What a caller gives is no more to be trusted than a file
  return parseAblation(whole, { file: typeof recipe === 'string' ? recipe : (loaded?.name ?? 'of the caller') });
}

async function runArms(
  recipe: AblationRecipe,
  {
    atOnce,
    devices,
    work: given,
  }: { readonly atOnce: number; readonly devices: readonly string[]; readonly work: Work },
): Promise<{ results: ArmResults[]; grader: string }> {
  const arms = listArms(recipe);
  const tests = await testSets(recipe);
  await writeJsonl({ file: testFileOf(given.directory), rows: tests.get('forward') ?? [] });
  if (atOnce > 1) await doPartsAtOnce(recipe, { work: given, atOnce, devices });
  // What other processes did is there, and was told of as they did it
  const work = atOnce > 1 ? { ...given, onEvent: undefined, onProgress: undefined } : given;
  const found = new Map(
    arms.map((arm) => [
      arm.name,
      { forward: [] as GradedRow[][], backward: [] as GradedRow[][], sets: [] as MixedSet[] },
    ]),
  );
  let grader = 'unknown';
  for (let count = 0; count < recipe.seeds; count += 1) {
    const seed = recipe.seed + count;
    const sets = await prepareSeed(recipe, { seed, work });
    for (const arm of arms) {
      stopWhereAsked(work);
      const [kept, set] = [found.get(arm.name), sets.get(arm.name)];
      if (set !== undefined) kept?.sets.push(set);
      const done = await runArm(arm, { recipe, seed, set, tests, work });
      kept?.forward.push([...(done.rows.get('forward') ?? [])]);
      if (done.rows.has('backward')) kept?.backward.push([...(done.rows.get('backward') ?? [])]);
      grader = done.grader;
    }
  }
  const results = arms.map((arm): ArmResults => {
    const { forward, backward, sets } = found.get(arm.name) as {
      forward: GradedRow[][];
      backward: GradedRow[][];
      sets: MixedSet[];
    };
    return { arm, forward, backward: backward.length === 0 ? undefined : backward, sets };
  });
  return { results, grader };
}
