import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GpuEvent } from '../gpu/events.js';
import { trainSft } from '../gpu/gpu-scripts.js';
import type { GpuProgress } from '../gpu/track-events.js';
import { waitAfterStopMs } from '../gpu/wait-after-stop.js';
import type { AblationRecipe } from './recipe.js';
import { baseOf, nameOfTrained } from './student-names.js';

/** What a training came to. */
export type TrainedArm = {
  readonly steps: number;
  readonly loss: readonly number[];
  readonly tokensPerSecond: number;
  readonly seconds: number;
  /** How its folder is opened. */
  readonly model: string;
  /** What it warned of, such as rows that were too long for it: then an arm learnt from fewer rows than another. */
  readonly warnings?: readonly string[];
};

/** Steps between two checkpoints: what a kill loses at most. */
const saveEvery = 25;

/** Trains the student on a set by `train sft`, in a run directory of its own, which goes on after a kill from its last checkpoint. */
export async function trainArm({
  recipe,
  data,
  directory,
  seed,
  signal,
  graceMs = waitAfterStopMs.arm,
  gpus,
  onEvent,
  onProgress,
}: {
  readonly recipe: Pick<AblationRecipe, 'student' | 'training' | 'epochs'>;
  readonly data: string;
  readonly directory: string;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  readonly graceMs?: number | undefined;
  readonly gpus?: number | undefined;
  readonly onEvent?: ((event: GpuEvent) => void) | undefined;
  readonly onProgress?: ((progress: GpuProgress) => void) | undefined;
}): Promise<TrainedArm> {
  const startedAt = performance.now();
  const warnings: string[] = [];
  await trainSft({
    recipe: recipe.training,
    data,
    run: directory,
    config: {
      model: baseOf(recipe.student),
      seed,
      saveEvery,
      ...(recipe.epochs === undefined ? {} : { epochs: recipe.epochs }),
    },
    ...(signal === undefined ? {} : { signal }),
    graceMs,
    ...(gpus === undefined ? {} : { gpus }),
    onEvent: (event) => {
      if (event.event === 'warning') warnings.push(event.message);
      onEvent?.(event);
    },
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const steps = await readSteps(directory);
  const rates = steps.flatMap(({ rate }) => (rate === undefined ? [] : [rate])).sort((left, right) => left - right);
  return {
    steps: steps.length,
    loss: steps.map(({ loss }) => loss),
    tokensPerSecond: rates[Math.floor(rates.length / 2)] ?? 0,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    model: nameOfTrained(join(directory, 'model'), recipe.student),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

/** A step as a run directory tells of it. */
type TrainedStep = {
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  readonly rate: number | undefined;
};

/** The steps of all sessions in a run directory, in their order; of one that was done twice after a kill, the later. None where nothing was trained yet. */
export async function readSteps(directory: string): Promise<TrainedStep[]> {
  const found = new Map<number, TrainedStep>();
  const text = await readFile(join(directory, 'events.jsonl'), 'utf8').catch(() => '');
  for (const line of text.split('\n')) {
    if (!line.includes('"step-end"')) continue;
    try {
      const { event, step, steps, loss, tokensPerSecond } = JSON.parse(line);
      if (event === 'step-end')
        found.set(step, { step, steps, loss: Number(loss), rate: tokensPerSecond ?? undefined });
    } catch {
      // A torn line of a session that was killed
    }
  }
  return [...found.values()].sort((left, right) => left.step - right.step);
}
