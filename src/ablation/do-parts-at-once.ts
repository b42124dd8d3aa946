import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import * as errors from '../errors.js';
import { killTree, listMarked } from '../gpu/process-tree.js';
import { waitAfterStopMs } from '../gpu/wait-after-stop.js';
import { packagePath } from '../package-root.js';
import type { Work } from './ablate-options.js';
import type { AssignedPart } from './do-part.js';
import { armDirectory, isTrained, listArms } from './list-arms.js';
import type { FromPart, ToPart } from './part-messages.js';
import { stopWhereAsked } from './prepare-seed.js';
import type { AblationRecipe } from './recipe.js';

/**
 * Does the parts of an ablation in processes of their own, `atOnce` at a time: first the sets of every seed, then every arm. Each process sees one of
 * `devices`, GPUs by their numbers, where there are any. The first that fails stops the others, and its error is thrown.
 */
export async function doPartsAtOnce(
  recipe: AblationRecipe,
  { work, atOnce, devices }: { readonly work: Work; readonly atOnce: number; readonly devices: readonly string[] },
): Promise<void> {
  const { directory, graceMs } = work;
  const seeds = Array.from({ length: recipe.seeds }, (_, count) => recipe.seed + count);
  const folders = new Set<string>();
  const arms = seeds.flatMap((seed) =>
    listArms(recipe).flatMap((arm) => {
      // The untrained student is the same under every seed
      const folder = armDirectory(arm, { directory, seed });
      const isNew = !folders.has(folder);
      folders.add(folder);
      return isNew ? [{ recipe, directory, graceMs, seed, arm: arm.name, isTrained: isTrained(arm) }] : [];
    }),
  );
  const sets = seeds.map((seed) => ({ recipe, directory, graceMs, seed }));
  // A training and its questions take longer than questions alone, and what takes longest begins first
  const longestFirst = [...arms].sort((left, right) => Number(right.isTrained) - Number(left.isTrained));
  for (const parts of [sets, longestFirst.map(({ isTrained: _, ...part }) => part)])
    await doAll(parts, { work, atOnce, devices });
}

async function doAll(
  parts: readonly AssignedPart[],
  { work, atOnce, devices }: { readonly work: Work; readonly atOnce: number; readonly devices: readonly string[] },
): Promise<void> {
  const failing = new AbortController();
  const signal = AbortSignal.any([failing.signal, ...(work.signal ? [work.signal] : [])]);
  const waiting = [...parts];
  const faults: unknown[] = [];
  const places = Array.from({ length: Math.min(atOnce, parts.length) }, async (_, place) => {
    for (let part = waiting.shift(); part !== undefined && !signal.aborted; part = waiting.shift()) {
      const device = devices[place % Math.max(1, devices.length)];
      try {
        await doApart(part, { work, signal, environment: environmentOf(device, atOnce) });
      } catch (error) {
        faults.push(error);
        failing.abort();
      }
    }
  });
  await Promise.all(places);
  stopWhereAsked(work);
  if (faults.length > 0) throw faults[0];
}

/** Processors are shared out, so that no training takes all of them. */
function environmentOf(device: string | undefined, atOnce: number): NodeJS.ProcessEnv {
  const threads = String(Math.max(1, Math.floor(availableParallelism() / atOnce)));
  return {
    OMP_NUM_THREADS: threads,
    ...process.env,
    ...(device === undefined ? {} : { CUDA_VISIBLE_DEVICES: device }),
  };
}

/** A part's process and all that it starts have it in their environment. */
const markOfPart = 'MATHPIE_PART';

async function doApart(
  part: AssignedPart,
  {
    work,
    signal,
    environment,
  }: { readonly work: Work; readonly signal: AbortSignal; readonly environment: NodeJS.ProcessEnv },
): Promise<void> {
  const mark = randomUUID();
  const child = fork(packagePath('dist', 'ablation', 'part-process.js'), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
    env: { ...environment, [markOfPart]: mark },
    // Ctrl-C reaches it once, through us
    detached: true,
  });
  const send = (message: ToPart): void => {
    if (child.connected) child.send(message, () => undefined);
  };
  const stop = (): void => send('stop');
  signal.addEventListener('abort', stop, { once: true });
  try {
    send(part);
    if (signal.aborted) stop();
    await untilEnd(child, { part, work });
  } finally {
    signal.removeEventListener('abort', stop);
    await endWhatIsLeft(mark, { graceMs: work.graceMs });
  }
}

/** A training outlives a process of ours that is killed, and would hold its directory: it is told to stop, then ended by force. */
async function endWhatIsLeft(
  mark: string,
  { graceMs = waitAfterStopMs.arm }: { readonly graceMs?: number | undefined },
): Promise<void> {
  const end = (stop: (pid: number) => void): void => {
    for (const pid of listMarked(markOfPart, mark)) {
      try {
        stop(pid);
      } catch {
        // It has ended by itself
      }
    }
  };
  end((pid) => process.kill(pid, 'SIGTERM'));
  const untilGone = async (milliseconds: number): Promise<void> => {
    const until = performance.now() + milliseconds;
    while (listMarked(markOfPart, mark).length > 0 && performance.now() < until) await wait(50);
  };
  await untilGone(graceMs);
  end(killTree);
  await untilGone(1000);
}

/** Hands on what the process tells; throws what it ended by. */
function untilEnd(
  child: ChildProcess,
  { part, work }: { readonly part: AssignedPart; readonly work: Work },
): Promise<void> {
  let [said, isDone]: [string, boolean] = ['', false];
  let failure: Error | undefined;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  child.on('message', (message: FromPart) => {
    if ('event' in message) work.onEvent?.(message.event);
    else if ('progress' in message) work.onProgress?.(message.progress);
    else {
      isDone = true;
      if (message.failure !== undefined) failure = errorOf(message.failure);
    }
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, killedBy) => {
      if (isDone) return failure === undefined ? resolve() : reject(failure);
      const what = `seed ${part.seed}, ${part.arm ?? 'the sets of all arms'}`;
      const last = said.trim().split('\n').at(-1);
      const how = `its process ended by ${killedBy ?? `exit code ${code}`}${last ? ` (${last})` : ''}`;
      reject(new errors.MathpieError(`Cannot do ${what}: ${how}; the same command goes on with what is missing`));
    });
  });
}

/** The error of another process, of its own class where callers can tell it apart. */
function errorOf({ name, message }: { readonly name: string; readonly message: string }): Error {
  const known = { InputError: errors.InputError, ModelError: errors.ModelError, StorageError: errors.StorageError };
  if (name in known) return new known[name as keyof typeof known](message);
  if (name === 'CancelledError') return new errors.CancelledError(message);
  return new errors.MathpieError(message);
}
