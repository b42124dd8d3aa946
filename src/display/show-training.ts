import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LiveRun } from '../live-run.js';
import { parseJsonObject } from '../storage/read-jsonl.js';
import { type LossCurve, lossCurves } from './figures/loss-curves.js';
import { figureForms, findScreen, type Screen } from './kernel.js';
import { sayEnding } from './say-ending.js';
import { type ProgressHandle, showProgress } from './show-progress.js';

/** What a training tells, of `trainSft` and `trainDpo` (`step-end`) or of an ablation (`training-step`, with its arm). */
export type TrainingEvent = { readonly event: string; readonly [field: string]: unknown };

/** The end of a training, and the losses that were seen. */
export type ShownTraining<Result> = { readonly end: Result; readonly curves: readonly LossCurve[] };

export type ShowTrainingEffects = {
  readonly screen: Screen;
  readonly now: () => number;
  readonly progress: ProgressHandle;
};

/** Time between two drawings of the chart, in milliseconds. */
const drawingMs = 1000;

/**
 * Follows a training in a cell: a line with steps, loss and the time that is left, and below it the loss as a chart that moves, drawn once a
 * second. Outside of a notebook the line alone, every ten seconds. What stays is the line with the result, and the chart. Throws what the
 * training throws. With `directory`, its run directory, the steps of earlier sessions are drawn too.
 *
 * @example const run = trainSft({ recipe: 'sft-student', data: 'rows.jsonl', run: 'runs/sft' });
 * const { end, curves } = await showTraining(run, { title: 'SFT' });
 */
export async function showTraining<Result>(
  run: LiveRun<Result, object>,
  { title, directory }: { readonly title: string; readonly directory?: string },
  { screen, now, progress }: ShowTrainingEffects = {
    screen: findScreen(),
    now: () => performance.now(),
    progress: showProgress({ title }),
  },
): Promise<ShownTraining<Result>> {
  const found = new Map<string, Map<number, number>>();
  const curves = (): LossCurve[] =>
    [...found].map(([name, steps]) => ({ name, steps: [...steps.keys()], loss: [...steps.values()] }));
  const take = (step: Step): void => {
    const curve = found.get(step.name) ?? new Map<number, number>();
    found.set(step.name, curve);
    // A step that is done again after a kill is the later one
    for (const known of [...curve.keys()].filter((known) => known >= step.step)) curve.delete(known);
    curve.set(step.step, step.loss);
  };
  for (const step of directory === undefined ? [] : await readEarlierSteps(directory)) take(step);
  const chart = openChart(screen, { title, curves });
  const startedAt = now();
  let shownAt = startedAt;
  let told = 0;
  let total = 0;
  let count = { done: 0, total: 0 };
  let words = '';
  try {
    for await (const heard of run.events) {
      const event = heard as TrainingEvent;
      const step = readStep(event);
      if (step === undefined) {
        const text = sayPart(event);
        if (event.event === 'part-start' && event.part === 'train') count = { ...count, done: 0 };
        if (text !== undefined) progress.update({ ...count, text });
        continue;
      }
      take(step);
      told += 1;
      total = Math.max(total, step.steps);
      count = { done: step.step, total: step.steps };
      progress.update({ ...count, ...step.shown });
      if (now() - shownAt < drawingMs) continue;
      shownAt = now();
      chart.draw(total);
    }
    const end = await run;
    words = describe(curves(), { told, seconds: (now() - startedAt) / 1000 });
    return { end, curves: curves() };
  } catch (error) {
    words = sayEnding(error);
    throw error;
  } finally {
    progress.done(words);
    chart.end(total);
  }
}

type Step = NonNullable<ReturnType<typeof readStep>>;

/** The steps that stand in `events.jsonl` of a run directory; a torn line is passed over. */
async function readEarlierSteps(directory: string): Promise<Step[]> {
  const text = await readFile(join(directory, 'events.jsonl'), 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const event = line.includes('"step-end"') ? parseJsonObject(line) : '';
    return typeof event === 'string' ? [] : (readStep(event as TrainingEvent) ?? []);
  });
}

function readStep(event: TrainingEvent) {
  if (event.event !== 'step-end' && event.event !== 'training-step') return undefined;
  const { step, steps, loss, tokensPerSecond, etaSeconds, arm, seed } = event;
  if (typeof step !== 'number' || typeof steps !== 'number' || typeof loss !== 'number') return undefined;
  const name =
    typeof arm === 'string' ? `${arm}${typeof seed === 'number' && seed > 1 ? `, seed ${seed}` : ''}` : 'loss';
  const shown = {
    text: `${name === 'loss' ? '' : `${name}, `}loss ${inWords(loss)}`,
    ...(typeof tokensPerSecond === 'number' ? { tokensPerSecond } : {}),
    ...(typeof etaSeconds === 'number' ? { remainingMs: 1000 * etaSeconds } : {}),
  };
  return { step, steps, loss, name, shown };
}

/** What an ablation does while no step is told: minutes may go by in it. */
function sayPart({ event, part, arm }: TrainingEvent): string | undefined {
  if (event === 'measure-start') return 'measuring how fast this machine is';
  const words = event === 'part-start' ? partWords[String(part)] : undefined;
  return words === undefined ? undefined : `${arm}: ${words}`;
}

const partWords: { readonly [part: string]: string } = {
  grow: 'rows grow',
  mix: 'rows are mixed',
  train: 'the training starts',
  evaluate: 'questions are asked',
};

function openChart(screen: Screen, { title, curves }: { title: string; curves: () => readonly LossCurve[] }) {
  const displayId = `mathpie-${randomUUID()}`;
  let isShown = false;
  const show = (data: { readonly [mime: string]: unknown }): void => {
    screen.show({ data, displayId, isUpdate: isShown });
    isShown = true;
  };
  return {
    draw: (steps: number): void => {
      if (!screen.isNotebook) return;
      const figure = lossCurves(curves(), { title, steps });
      // A picture while it moves: Plotly would build its chart anew each time, and flicker
      const { 'application/vnd.plotly.v1+json': _, ...picture } = figureForms(figure);
      show(picture);
    },
    end: (steps: number): void => {
      const drawn = curves();
      if (drawn.length === 0 || !screen.isNotebook) return;
      const last = Math.max(steps, ...drawn.map((curve) => curve.steps.at(-1) ?? 0));
      show(figureForms(lossCurves(drawn, { title, steps: last })));
    },
  };
}

function describe(
  curves: readonly LossCurve[],
  { told, seconds }: { readonly told: number; readonly seconds: number },
): string {
  if (told === 0) return 'nothing was left to do';
  const [first, last] = [curves[0]?.loss[0] ?? 0, curves.at(-1)?.loss.at(-1) ?? 0];
  const all = curves.reduce((sum, curve) => sum + curve.steps.length, 0);
  const now = told < all ? `, ${told.toLocaleString('en')} of them now` : '';
  const fell = curves.length === 1 ? `loss ${inWords(first)} → ${inWords(last)}` : `${curves.length} trainings`;
  // On a clock that stands still there is no time to tell
  const time = seconds === 0 ? '' : ` in ${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  return `${Math.max(told, all).toLocaleString('en')} steps${now}, ${fell}${time}`;
}

const inWords = (loss: number): string => (loss < 0.001 ? loss.toPrecision(2) : loss.toFixed(3));
