import { basename, join, resolve } from 'node:path';
import { InputError } from '../errors.js';
import { readJsonl } from '../storage/read-jsonl.js';
import type { Figure } from './figures/figure.js';
import { type LossCurve, lossCurves } from './figures/loss-curves.js';

/**
 * The loss of one training or several, step by step, from the `events.jsonl` of their run directories: `showFigure(await
 * lossCurve('runs/sft'))`. A step that was done again after a restart counts as its later time. Throws `InputError` where a
 * directory holds no training, or none that has come to a step.
 */
export async function lossCurve(
  runs: string | readonly string[],
  { title = 'Loss by step' }: { readonly title?: string } = {},
): Promise<Figure> {
  const curves = await Promise.all((typeof runs === 'string' ? [runs] : runs).map(readCurve));
  return lossCurves(curves, { title, steps: Math.max(...curves.map(({ last }) => last)) });
}

async function readCurve(directory: string): Promise<LossCurve & { readonly last: number }> {
  const file = join(directory, 'events.jsonl');
  const { rows } = await readJsonl({ file });
  const byStep = new Map<number, number>();
  let last = 0;
  for (const { event, step, steps, loss } of rows) {
    if (event !== 'step-end' || typeof step !== 'number' || typeof loss !== 'number') continue;
    byStep.set(step, loss);
    if (typeof steps === 'number') last = steps;
  }
  if (byStep.size === 0) {
    throw new InputError(
      `Cannot draw the loss of ${directory}: ${file} tells of no step; give the run directory of a training`,
      {
        file,
      },
    );
  }
  const steps = [...byStep.keys()].sort((one, other) => one - other);
  return {
    name: basename(resolve(directory)),
    steps,
    loss: steps.map((step) => byStep.get(step) ?? 0),
    last: Math.max(last, steps.at(-1) ?? 0),
  };
}
