import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, StorageError } from '../errors.js';
import type { GradedRow } from '../evaluation/graded-row.js';
import { type LiveRun, liveRun } from '../live-run.js';
import { describeDifference } from '../runs/describe-difference.js';
import type { JsonValue } from '../runs/run-record.js';
import { stopButton } from '../stop-button.js';
import { lockDirectory } from '../storage/lock-directory.js';
import { makeDirectory } from '../storage/make-directory.js';
import { writeAtomic } from '../storage/write-atomic.js';
import { writeJsonl } from '../storage/write-jsonl.js';
import { type AblateOptions, type AblationEvent, defaultEffects, type Models, type Work } from './ablate-options.js';
import type { PoolRow } from './check-answers.js';
import { doOnce } from './do-once.js';
import { testSets } from './evaluate-arm.js';
import { growPool } from './grow-pool.js';
import { isTrained, listArms } from './list-arms.js';
import { isMixed, mixArm } from './mix-arm.js';
import type { MixedSet } from './mix-set.js';
import { openModels } from './open-models.js';
import { type AblationPlan, planAblation } from './plan-ablation.js';
import { type AblationRecipe, loadAblation, type RowSource } from './recipe.js';
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
 * @throws InputError for a recipe that cannot be used, StorageError for a directory of another recipe, CancelledError when it was stopped,
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
  await makeDirectory(directory);
  const lock = await lockDirectory({ directory });
  const models = openModels(options);
  try {
    await bindRecipe(directory, recipe);
    const { measure } = { ...defaultEffects, ...options.effects };
    const rates = await doOnce(join(directory, 'rates.json'), {}, () =>
      measure({
        recipe,
        ...openersOf(recipe, models),
        ...{ signal, gpus, onStart: (rows) => onEvent?.({ event: 'measure-start', rows }) },
      }),
    );
    onEvent?.({ event: 'plan', plan: await planAblation(recipe, rates.result) });
    const { results, grader } = await runArms(recipe, { ...options, models });
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
  options: Asked & Pick<AblateOptions, 'signal' | 'gpus' | 'effects'>,
): Promise<AblationPlan> {
  const recipe = resolveRecipe(options);
  const models = openModels(options);
  try {
    const { measure } = { ...defaultEffects, ...options.effects };
    const { signal, gpus } = options;
    return await planAblation(recipe, await measure({ recipe, ...openersOf(recipe, models), signal, gpus }));
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
  return {
    ...loaded,
    ...(seeds === undefined ? {} : { seeds }),
    ...(teacher === undefined ? {} : { teacher }),
    ...(student === undefined ? {} : { student }),
  };
}

/** A run directory belongs to one recipe; more seeds may come later, and what was measured elsewhere decides nothing. */
async function bindRecipe(directory: string, recipe: AblationRecipe): Promise<void> {
  const file = join(directory, 'recipe.json');
  const binding = ({ seeds: _, measured: __, description: ___, ...rest }: AblationRecipe) =>
    rest as unknown as JsonValue;
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text !== undefined) {
    const differences = describeDifference(binding(JSON.parse(text)), JSON.parse(JSON.stringify(binding(recipe))));
    if (differences.length > 0)
      throw new StorageError(
        `Cannot continue ${directory}: it was started with another recipe (was → now: ${differences.slice(0, 3).join(', ')}); use the earlier one, or another run directory`,
      );
  }
  await writeAtomic(file, `${JSON.stringify(recipe, null, 2)}\n`);
}

async function runArms(recipe: AblationRecipe, work: Work): Promise<{ results: ArmResults[]; grader: string }> {
  const arms = listArms(recipe);
  const tests = await testSets(recipe);
  const testFile = join(work.directory, 'test.jsonl');
  await writeJsonl({ file: testFile, rows: tests.get('forward') ?? [] });
  const found = new Map(
    arms.map((arm) => [
      arm.name,
      { forward: [] as GradedRow[][], backward: [] as GradedRow[][], sets: [] as MixedSet[] },
    ]),
  );
  let grader = 'unknown';
  for (let count = 0; count < recipe.seeds; count += 1) {
    const seed = recipe.seed + count;
    const trained = arms.filter(isTrained);
    const areMixed = await Promise.all(trained.map((arm) => isMixed(arm, { seed, work })));
    // The teacher is not even opened where its answers have gone into sets: it may be an engine, or out of reach by now
    const pools = areMixed.every(Boolean) ? new Map() : await growPools(recipe, { seed, work });
    // All sets first: an engine that counts the student's tokens is loaded once, not before each training
    for (const arm of trained) {
      stopWhereAsked(work);
      found.get(arm.name)?.sets.push(await mixArm(arm, { recipe, seed, pools, testFile, work }));
    }
    for (const arm of arms) {
      stopWhereAsked(work);
      const kept = found.get(arm.name);
      const done = await runArm(arm, { recipe, seed, set: kept?.sets[count], tests, work });
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

function stopWhereAsked({ signal, directory }: Pick<Work, 'signal' | 'directory'>): void {
  if (signal?.aborted)
    throw new CancelledError(`Stopped; what is done is kept in ${directory}, continue with the same command`);
}

async function growPools(
  recipe: AblationRecipe,
  { seed, work }: { readonly seed: number; readonly work: Work },
): Promise<ReadonlyMap<RowSource, readonly PoolRow[]>> {
  const pools = new Map<RowSource, readonly PoolRow[]>();
  const wanted = new Set(listArms(recipe).flatMap(({ shares }) => Object.keys(shares) as RowSource[]));
  for (const source of wanted) {
    const part = { part: 'grow', arm: source, seed } as const;
    work.onEvent?.({ event: 'part-start', ...part });
    const rows = await growPool(source, {
      recipe,
      seed,
      directory: join(work.directory, `seed-${seed}`, 'grown'),
      openTeacher: () => work.models.open(recipe.teacher),
      signal: work.signal,
      onProgress: (progress) => work.onProgress?.({ ...progress, stage: `seed ${seed}, ${progress.stage}` }),
    });
    pools.set(source, rows);
    work.onEvent?.({ event: 'part-end', ...part, isKept: false, text: `${rows.length} answers` });
  }
  return pools;
}
