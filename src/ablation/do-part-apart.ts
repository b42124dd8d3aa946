import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { MathpieError } from '../errors.js';
import { killTree, listMarked } from '../gpu/process-tree.js';
import { waitAfterStopMs } from '../gpu/wait-after-stop.js';
import { packagePath } from '../package-root.js';
import type { Work } from './ablate-options.js';
import { receiveError } from './carry-error.js';
import type { AssignedPart } from './do-part.js';
import type { FromPart, ToPart } from './part-messages.js';

/** A part's process and all that it starts have it in their environment. */
const markOfPart = 'MATHPIE_PART';

/**
 * Does a part in a process of its own, which an aborted signal tells to stop, and hands on what it tells. Throws what the part throws, and `MathpieError` where
 * the process ended otherwise; nothing that it started is left behind.
 */
export async function doPartApart(
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
      if (message.failure !== undefined) failure = receiveError(message.failure);
    }
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, killedBy) => {
      if (isDone) return failure === undefined ? resolve() : reject(failure);
      const what = `seed ${part.seed}, ${part.arm ?? 'the sets of all arms'}`;
      const last = said.trim().split('\n').at(-1);
      const how = `its process ended by ${killedBy ?? `exit code ${code}`}${last ? ` (${last})` : ''}`;
      reject(new MathpieError(`Cannot do ${what}: ${how}; the same command goes on with what is missing`));
    });
  });
}
