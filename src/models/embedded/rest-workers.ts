import { execFileSync } from 'node:child_process';
import { constants, openSync, read, unlinkSync, writeSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';

/** How many of Node's workers whoever computes now has use for. */
export type WorkerNeed = 'none' | 'one' | 'several';

/** Node's workers (libuv's), where nobody asked for another number. */
const workers = 4;
/** On more of them it was not measured. */
const fewProcessors = 4;

const needs = new Map<object, WorkerNeed>();
let pipe: number | undefined;
let isResting = false;
let isPossible = process.platform === 'linux' && isMainThread && process.env['UV_THREADPOOL_SIZE'] === undefined;

/**
 * Says how many workers `owner` has use for from now on. Where one model alone computes, and draws so cheaply that one is enough, the others are put to rest.
 *
 * llama.cpp starts its threads anew in each step, and Linux often puts them on the processor of the thread that starts them where that one has rested since its last
 * step, as workers that take turns do (docs/log.md, "the embedded engine"): the two then wait for each other. A single worker does not rest. `UV_THREADPOOL_SIZE`
 * would have to be set before Node starts; so the others read from a pipe in which nothing is, until they are let go of. Files and the network have
 * one worker meanwhile, and wait for a step at most.
 */
export function needWorkers(owner: object, need: WorkerNeed): void {
  if (need === 'none') needs.delete(owner);
  else needs.set(owner, need);
  const wantsRest = needs.size === 1 && needs.values().next().value === 'one';
  if (wantsRest && !isResting) rest();
  else if (!wantsRest && isResting) wake();
}

/** True while all workers but one rest. */
export const workersRest = (): boolean => isResting;

function rest(): void {
  if (!isPossible || availableParallelism() > fewProcessors) return;
  pipe ??= openPipe();
  if (pipe === undefined) return;
  isResting = true;
  for (let worker = 1; worker < workers; worker++) read(pipe, Buffer.alloc(1), 0, 1, null, () => undefined);
}

function wake(): void {
  isResting = false;
  if (pipe !== undefined) writeSync(pipe, Buffer.alloc(workers - 1));
}

/** A named pipe of which this process holds both ends; its name is gone at once. */
function openPipe(): number | undefined {
  const name = join(tmpdir(), `mathpie-workers-${process.pid}-${Math.random().toString(36).slice(2)}`);
  try {
    execFileSync('mkfifo', ['-m', '600', name], { stdio: 'ignore' });
    const opened = openSync(name, constants.O_RDWR);
    unlinkSync(name);
    process.on('exit', () => isResting && wake()); // a process waits for its workers at the end
    return opened;
  } catch {
    isPossible = false; // it is slower, and nothing else
    return undefined;
  }
}
