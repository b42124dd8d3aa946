import type { GpuEvent, ProgressEvent, StepEndEvent } from './events.js';

/** The state of a running script, in the shape of a stage's progress: items of generation and scoring, steps of training. */
export type GpuProgress = {
  /** The script, such as `train-sft`. */
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly tokens: number;
  readonly tokensPerSecond: number;
  readonly elapsedMs: number;
  readonly remainingMs: number | undefined;
  /** Of the last step of training. */
  readonly loss?: number;
  /** The loss in words, for whoever shows it. */
  readonly text?: string;
};

/** Turns events into progress; undefined for an event that says nothing about it. */
export function trackEvents({ script, now = () => performance.now() }: { script: string; now?: () => number }) {
  const startedAt = now();
  return (event: GpuEvent): GpuProgress | undefined => {
    const shared = { stage: script, elapsedMs: now() - startedAt };
    if (event.event === 'progress') {
      const { done, total } = event;
      return { ...shared, done, total, ...rates(event) };
    }
    if (event.event === 'step-end') {
      const { step, steps, loss } = event;
      return {
        ...shared,
        done: step,
        total: steps,
        ...rates(event),
        ...(loss === null ? {} : { loss, text: `loss ${loss < 0.001 ? loss.toPrecision(2) : loss.toFixed(4)}` }),
      };
    }
    return undefined;
  };
}

function rates({ tokens, tokensPerSecond, etaSeconds }: ProgressEvent | StepEndEvent) {
  const remainingMs = typeof etaSeconds === 'number' ? 1000 * etaSeconds : undefined;
  return { tokens: tokens ?? 0, tokensPerSecond: tokensPerSecond ?? 0, remainingMs };
}
