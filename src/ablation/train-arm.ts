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
  const steps = await readSteps(join(directory, 'events.jsonl'));
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

/** The steps of all sessions; of one that was done twice after a kill, the later. */
async function readSteps(file: string): Promise<{ readonly loss: number; readonly rate: number | undefined }[]> {
  const steps = new Map<number, { loss: number; rate: number | undefined }>();
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    if (!line.includes('"step-end"')) continue;
    try {
      const { event, step, loss, tokensPerSecond } = JSON.parse(line);
      if (event === 'step-end') steps.set(step, { loss: Number(loss), rate: tokensPerSecond ?? undefined });
    } catch {
      // A torn line of a session that was killed
    }
  }
  return [...steps].sort(([left], [right]) => left - right).map(([, each]) => each);
}
