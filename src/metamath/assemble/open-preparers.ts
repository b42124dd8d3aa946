import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { createPreparer, type PreparedBatch, type PrepareOptions } from './prepare-batch.js';

/** Judges batches of rows by themselves. Batches may be given while earlier ones are being worked on. */
export type Preparers = {
  /** Batches that can be worked on at the same time. */
  readonly width: number;
  prepare(texts: readonly string[]): Promise<PreparedBatch>;
  close(): Promise<void>;
};

/** Input in bytes from which on threads pay for their start: half a second of work. */
const threadsPayFrom = 20e6;

const mostThreads = 4;

/**
 * Opens threads that judge rows, or none where the input is small or there is one processor: then the caller's thread does
 * it. The results are the same.
 */
export function openPreparers(options: PrepareOptions, { bytes }: { readonly bytes: number }): Preparers {
  const file = new URL('./prepare-worker.js', import.meta.url);
  const count = Math.min(mostThreads, availableParallelism());
  // In a source tree that is not built there is no such file.
  if (bytes < threadsPayFrom || count < 2 || !existsSync(fileURLToPath(file))) {
    const prepare = createPreparer(options);
    return { width: 1, prepare: async (texts) => prepare(texts), close: async () => undefined };
  }
  const threads = Array.from({ length: count }, () => openThread(new Worker(file, { workerData: options })));
  let turn = 0;
  return {
    width: count * 2,
    prepare: (texts) => {
      turn += 1;
      return (threads[turn % count] as Thread).prepare(texts);
    },
    close: async () => void (await Promise.all(threads.map((thread) => thread.close()))),
  };
}

type Thread = Omit<Preparers, 'width'>;
type Waiting = { readonly resolve: (batch: PreparedBatch) => void; readonly reject: (error: Error) => void };

/** A thread answers in the order in which it was asked. */
function openThread(worker: Worker): Thread {
  const waiting: Waiting[] = [];
  worker.on('message', (batch: PreparedBatch) => waiting.shift()?.resolve(batch));
  worker.on('error', (error) => {
    for (const { reject } of waiting.splice(0)) reject(error);
  });
  return {
    prepare: (texts) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        worker.postMessage(texts);
      }),
    close: async () => void (await worker.terminate()),
  };
}
