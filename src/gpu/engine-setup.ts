import { readFile } from 'node:fs/promises';
import { ModelError } from '../errors.js';
import { packagePath } from '../package-root.js';

/** How the installation of vLLM gets on that `scripts/colab_engine.py` started. */
export type EngineSetup = {
  /** `absent`: nobody started one, which is so wherever people install it by hand. */
  readonly state: 'absent' | 'none' | 'installing' | 'ready' | 'failed';
  /** Which engine, or why there is none and what works all the same. */
  readonly says: string;
  /** Of an installation under way. */
  readonly seconds?: number;
  /** How long it usually takes. */
  readonly minutes?: string;
};

const home = (): string => packagePath('.cache', 'engine');
const log = '.cache/engine/install.log';

/** Reads how it gets on; an installation whose process is gone has failed. */
export async function readEngineSetup(folder: string = home(), now: number = Date.now()): Promise<EngineSetup> {
  const text = await readFile(`${folder}/state.json`, 'utf8').catch(() => undefined);
  if (text === undefined) return { state: 'absent', says: 'as it is installed on this machine' };
  try {
    const { state, says, reason, pid, startedAt, minutes } = JSON.parse(text) as { [name: string]: unknown };
    if (state === 'none' || state === 'ready') return { state, says: String(says) };
    if (state === 'installing' && isAlive(Number(pid))) {
      const seconds = Math.max(0, Math.round(now / 1000 - Number(startedAt)));
      return { state, says: String(says), seconds, minutes: String(minutes) };
    }
    return { state: 'failed', says: `${says}: ${reason ?? 'its process is gone'}` };
  } catch {
    return { state: 'failed', says: 'state.json cannot be read' };
  }
}

/**
 * Waits until an installation under way has ended; at once where there is none. Throws `ModelError` where it failed, or where no engine fits this
 * machine.
 */
export async function waitForEngine({
  onProgress = () => undefined,
  signal,
  folder,
  pauseMs = 2000,
}: {
  readonly onProgress?: (setup: EngineSetup) => void;
  readonly signal?: AbortSignal | undefined;
  readonly folder?: string;
  readonly pauseMs?: number;
} = {}): Promise<EngineSetup> {
  for (;;) {
    signal?.throwIfAborted();
    const setup = await readEngineSetup(folder);
    if (setup.state === 'none') throw new ModelError(`Cannot use vLLM here: ${setup.says}`);
    if (setup.state === 'failed') {
      throw new ModelError(
        `Cannot use vLLM, its installation failed (${setup.says}): read the end of ${log}, run the set-up cell again, or use a server`,
      );
    }
    if (setup.state !== 'installing') return setup;
    onProgress(setup);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
