import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '../errors.js';
import type { GradedRow } from '../evaluation/graded-row.js';
import type { GpuProgress } from '../gpu/track-events.js';
import { readGradedRows } from '../runs/read-graded-rows.js';
import type { StageProgress } from '../runs/track-progress.js';
import { hashFile } from '../storage/hash-file.js';
import { makeDirectory } from '../storage/make-directory.js';
import { type AblationPart, defaultEffects, type Work } from './ablate-options.js';
import { doOnce } from './do-once.js';
import { evaluateArm, type TestSets } from './evaluate-arm.js';
import { type Arm, armDirectory, isTrained } from './list-arms.js';
import type { MixedSet } from './mix-set.js';
import type { AblationRecipe } from './recipe.js';
import { nameOfTrained } from './student-names.js';
import { readSteps, type TrainedArm } from './train-arm.js';

/** One arm under one seed: the student is trained on its set, if it has one, and asked. What is there already is not done again. */
export async function runArm(
  arm: Arm,
  {
    recipe,
    seed,
    set,
    tests,
    work,
  }: {
    readonly recipe: AblationRecipe;
    readonly seed: number;
    readonly set: MixedSet | undefined;
    readonly tests: TestSets;
    readonly work: Work;
  },
): Promise<{ readonly rows: ReadonlyMap<string, readonly GradedRow[]>; readonly grader: string }> {
  const { models, onEvent, onProgress, signal } = work;
  const directory = armDirectory(arm, { directory: work.directory, seed });
  const part = { part: 'evaluate', arm: arm.name, seed } as const;
  await makeDirectory(directory);
  const trained = set === undefined ? undefined : await trainOnce(arm, { recipe, seed, set, directory, work });

  onEvent?.({ event: 'part-start', ...part });
  // Rows that were lost since are graded again, from the answers that are there
  if ((await readAll(directory, tests)) === undefined) await rm(join(directory, 'evaluated.json'), { force: true });
  const inputs = {
    model: trained === undefined ? recipe.student : (set?.sha256 ?? ''),
    seed: isTrained(arm) ? seed : 0,
  };
  const judged = await doOnce(join(directory, 'evaluated.json'), inputs, async () => {
    const name = trained?.model ?? recipe.student;
    const model = await models.open(name);
    let grader = 'unknown';
    try {
      for (const [test, problems] of tests) {
        const folder = join(directory, test);
        const told = { signal, onProgress: showing(onProgress, { arm, seed }) };
        grader = (await evaluateArm({ model, problems, directory: folder, recipe, ...told })).grader;
      }
    } finally {
      if (trained !== undefined) await models.close(name);
    }
    return { grader };
  });
  const rows = (await readAll(directory, tests)) ?? new Map<string, readonly GradedRow[]>();
  const right = (rows.get('forward') ?? []).filter(({ correct }) => correct).length;
  const text = `${right} of ${rows.get('forward')?.length ?? 0} right`;
  onEvent?.({ event: 'part-end', ...part, isKept: judged.isKept, text });
  return { rows, grader: judged.result.grader };
}

/** The graded rows of every test; undefined where one of them lacks rows or cannot be read. */
async function readAll(directory: string, tests: TestSets): Promise<Map<string, readonly GradedRow[]> | undefined> {
  const rows = new Map<string, readonly GradedRow[]>();
  for (const [test, problems] of tests) {
    const found = await readGradedRows<GradedRow>(join(directory, test)).catch(() => []);
    if (found.length < problems.length) return undefined;
    rows.set(test, found);
  }
  return rows;
}

async function trainOnce(
  arm: Arm,
  {
    recipe,
    seed,
    set,
    directory,
    work,
  }: {
    readonly recipe: AblationRecipe;
    readonly seed: number;
    readonly set: MixedSet;
    readonly directory: string;
    readonly work: Work;
  },
): Promise<TrainedArm> {
  const { onEvent, onProgress, signal, graceMs, gpus } = work;
  const { train } = { ...defaultEffects, ...work.effects };
  const part: AblationPart = { part: 'train', arm: arm.name, seed };
  const tellStep = (step: number, steps: number, loss: number): void =>
    onEvent?.({ event: 'training-step', ...part, step, steps, loss });
  onEvent?.({ event: 'part-start', ...part });
  const run = join(directory, 'train');
  const { result, isKept } = await doOnce(join(directory, 'trained.json'), { set: set.sha256, seed }, async () => {
    const data = join(directory, 'set.jsonl');
    if ((await hashFile(data)) !== set.sha256)
      throw new StorageError(
        `Cannot train ${arm.name} (seed ${seed}): ${data} is not the set that was mixed; delete set.json beside it, and the same command mixes it again`,
      );
    await work.models.freeGpu();
    // Who draws a curve draws it from its begin: also what a session did that nobody watched any more
    for (const { step, steps, loss } of await readSteps(run)) tellStep(step, steps, loss);
    const done = await train({
      ...{ recipe, data, directory: run, seed, signal, graceMs, gpus },
      onProgress: showing(onProgress, { arm, seed }),
      onEvent: (event) => {
        if (event.event === 'step-end') tellStep(event.step, event.steps, Number(event.loss));
      },
    });
    // What goes on from a checkpoint has ended
    await rm(join(run, 'checkpoints'), { recursive: true, force: true });
    return done;
  });
  // Who draws a curve draws that of an arm that is kept as well
  if (isKept) for (const [place, loss] of result.loss.entries()) tellStep(place + 1, result.steps, loss);
  const { steps, loss, warnings = [] } = result;
  const text = [`${steps} steps, last loss ${(loss.at(-1) ?? 0).toFixed(3)}`, ...warnings].join('; ');
  onEvent?.({ event: 'part-end', ...part, isKept, text });
  // The directory may have been moved since, or be named from another folder
  return { ...result, model: nameOfTrained(join(run, 'model'), recipe.student) };
}

/** Names arm and seed in front of what is under way. */
const showing =
  (onProgress: Work['onProgress'], { arm, seed }: { readonly arm: Arm; readonly seed: number }) =>
  <Progress extends StageProgress | GpuProgress>(progress: Progress): void =>
    onProgress?.({ ...progress, stage: `seed ${seed}, ${arm.name}, ${progress.stage}` });
