import { setImmediate } from 'node:timers/promises';
import { CancelledError } from './errors.js';

/** A loop that computes gives way so often, in milliseconds: Ctrl-C is heard between two of its rounds, and never in one. */
const everyMs = 50;

/** `items.map(make)` in turns: for work that computes a while for each of many rows. Throws `CancelledError` when `signal` is aborted. */
export async function mapInTurns<Item, Made>(
  items: Iterable<Item>,
  make: (item: Item) => Made,
  signal: AbortSignal | undefined,
): Promise<Made[]> {
  const breathe = letOthersRun(signal);
  const made: Made[] = [];
  for (const item of items) {
    made.push(make(item));
    const breath = breathe();
    if (breath !== undefined) await breath;
  }
  return made;
}

/**
 * For loops over many rows that wait for nothing: call the result once a round, and await what it returns where it returns something.
 * Throws `CancelledError` when `signal` is aborted.
 */
export function letOthersRun(signal: AbortSignal | undefined): () => Promise<void> | undefined {
  let due = performance.now() + everyMs;
  return () => {
    if (performance.now() < due) return undefined;
    return setImmediate().then(() => {
      due = performance.now() + everyMs;
      if (signal?.aborted) throw new CancelledError('Stopped');
    });
  };
}
