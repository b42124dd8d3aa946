/** The process that `doPartApart` starts for one part: its first message says which, and `stop` or the end of its parent stop it. */

import { type CarriedError, carryError } from './carry-error.js';
import { doPart } from './do-part.js';
import type { FromPart, ToPart } from './part-messages.js';

const stop = new AbortController();
const say = (message: FromPart): void => {
  if (process.connected) process.send?.(message, () => undefined);
};
/** Waits for nothing that may still hold the process: what it did is on disk, and what it did not is lost anyway. */
const end = (failure: CarriedError | undefined): void => {
  if (!process.connected) process.exit(1);
  process.send?.({ isDone: true, failure } satisfies FromPart, () => process.exit(0));
};

process.on('disconnect', () => stop.abort());
process.on('message', (message: ToPart) => {
  if (message === 'stop') stop.abort();
  else void work(message);
});

async function work(assigned: Exclude<ToPart, 'stop'>): Promise<void> {
  try {
    const { signal } = stop;
    await doPart(assigned, { signal, onEvent: (event) => say({ event }), onProgress: (progress) => say({ progress }) });
    end(undefined);
  } catch (error) {
    end(carryError(error));
  }
}
