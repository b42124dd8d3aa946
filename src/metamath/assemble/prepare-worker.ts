import { parentPort, workerData } from 'node:worker_threads';
import { createPreparer, type PrepareOptions } from './prepare-batch.js';

/** The thread behind `openPreparers`: judges batches of rows by themselves, one after another. */
const prepare = createPreparer(workerData as PrepareOptions);

parentPort?.on('message', (texts: readonly string[]) => {
  const batch = prepare(texts);
  const buffers = [batch.keys, batch.places, batch.gates, batch.bandKeys, batch.shingles, batch.shingleEnds];
  parentPort?.postMessage(
    batch,
    buffers.map(({ buffer }) => buffer as ArrayBuffer),
  );
});
