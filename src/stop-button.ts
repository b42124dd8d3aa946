import { inspect } from 'node:util';
import { CancelledError } from './errors.js';
import { runningKernel } from './running-kernel.js';

/** What hears Ctrl-C, which is what a notebook's stop button sends: the process, and in tests something else. */
export type Interrupts = {
  listeners(event: 'SIGINT'): readonly unknown[];
  on(event: 'SIGINT', listener: () => void): unknown;
  prependListener(event: 'SIGINT', listener: () => void): unknown;
  removeListener(event: 'SIGINT', listener: () => void): unknown;
};

/** The stop button of a notebook. */
export type StopButton = {
  /** Aborts at the next press; undefined where there is no notebook, and Ctrl-C is another's to hear. */
  readonly signal: () => AbortSignal | undefined;
  /**
   * Does work that the button stops: its signal aborts, and if the work goes on all the same, it is left to itself after 1.5 s. Then throws
   * one line for the reader, without a stack. What else hears the button hears nothing meanwhile.
   */
  readonly during: <Result>(work: (signal: AbortSignal | undefined) => Promise<Result>) => Promise<Result>;
};

export function createStopButton({
  interrupts,
  isNotebook,
  patienceMs = 1500,
}: {
  readonly interrupts: Interrupts;
  readonly isNotebook: () => boolean;
  /** How long work that was stopped may take to end in good order. @default 1500 */
  readonly patienceMs?: number;
}): StopButton {
  let next = new AbortController();
  let isListening = false;
  let working = 0;
  let aside: (() => void)[] = [];
  const press = (): void => {
    const pressed = next;
    next = new AbortController();
    pressed.abort();
  };
  const signal = (): AbortSignal | undefined => {
    if (!isNotebook()) return undefined;
    if (!isListening) interrupts.prependListener('SIGINT', press);
    isListening = true;
    return next.signal;
  };
  // tslab ends the cell at once and prints a stack; while the work ends in good order it must not hear of it
  const hold = (): void => {
    if (working++ > 0) return;
    aside = interrupts.listeners('SIGINT').filter((each) => each !== press) as (() => void)[];
    for (const listener of aside) interrupts.removeListener('SIGINT', listener);
  };
  const release = (): void => {
    if (--working > 0) return;
    for (const listener of aside) interrupts.on('SIGINT', listener);
    aside = [];
  };
  return {
    signal,
    during: async (work) => {
      const pressed = signal();
      if (pressed === undefined) return work(undefined);
      hold();
      try {
        return await orStopped(work, { pressed, patienceMs });
      } finally {
        release();
      }
    },
  };
}

/** The one of this process. */
export const stopButton = createStopButton({
  interrupts: process,
  isNotebook: () => runningKernel() !== undefined,
});

async function orStopped<Result>(
  start: (signal: AbortSignal) => Promise<Result>,
  { pressed, patienceMs }: { readonly pressed: AbortSignal; readonly patienceMs: number },
): Promise<Result> {
  // A signal of its own: one that lives as long as the notebook would gather the listeners of all its stages
  const own = new AbortController();
  let waiting: NodeJS.Timeout | undefined;
  let stop = (): void => undefined;
  const patience = new Promise<never>((_, reject) => {
    stop = () => {
      own.abort();
      waiting = setTimeout(() => reject(new StoppedError()), patienceMs);
    };
  });
  pressed.addEventListener('abort', stop, { once: true });
  const work = start(own.signal);
  try {
    return await Promise.race([work, patience]);
  } catch (error) {
    throw own.signal.aborted && !(error instanceof StoppedError) ? new StoppedError(error) : error;
  } finally {
    clearTimeout(waiting);
    pressed.removeEventListener('abort', stop);
    work.catch(() => undefined);
  }
}

/** Shown as its message alone: whoever pressed the button knows where the work was. */
class StoppedError extends CancelledError {
  override name = 'StoppedError';

  constructor(cause?: unknown) {
    super('Stopped; the same cell goes on from here', { cause });
  }

  [inspect.custom](): string {
    return this.message;
  }
}
