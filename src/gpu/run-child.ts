import type { Writable } from 'node:stream';
import { InputError } from '../errors.js';
import { keepLastLines } from './last-lines.js';
import { lifeline } from './lifeline.js';
import { killTree } from './process-tree.js';
import { stopProcess } from './stop-process.js';

export type EndedChild = {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  /** The last lines of its standard error. */
  readonly errorLines: string[];
};

/**
 * Starts a program and waits for its end. An aborted signal asks it to stop, as `stopProcess` does; when Node exits
 * meanwhile, it is ended together with all that it has started.
 */
export async function runChild(
  [file = '', ...words]: readonly string[],
  {
    signal,
    graceMs,
    environment,
    workerCommand,
    onOutput,
    onInput,
    hasLifeline = false,
  }: {
    signal: AbortSignal | undefined;
    graceMs: number;
    environment: NodeJS.ProcessEnv;
    /** Part of the command of torchrun's workers. */
    workerCommand: string | undefined;
    /** Whole lines of its standard output. */
    onOutput: (line: string) => void;
    /** Given its standard input, which is empty otherwise. */
    onInput?: (input: Writable) => void;
    /** Whether it is a script that stops by itself when this process is gone, as `lifeline` says. */
    hasLifeline?: boolean;
  },
): Promise<EndedChild> {
  const { execa } = await import('execa');
  const child = execa(file, words, {
    env: { ...environment, ...(hasLifeline ? lifeline(graceMs) : {}) },
    extendEnv: false,
    stdin: onInput === undefined && !hasLifeline ? 'ignore' : 'pipe',
    buffer: false,
    reject: false,
    // A group of its own, so that Ctrl-C reaches the script once and through us; we also see to its end.
    detached: true,
    cleanup: false,
  });
  const { pid } = child;
  if (pid === undefined) {
    const { originalMessage } = await child;
    throw new InputError(
      `Cannot start ${file}: ${originalMessage ?? 'it is no program'}; name another Python in MATHPIE_PYTHON`,
    );
  }
  const onExit = (): void => killTree(pid);
  let stopping: { readonly cancel: () => void } | undefined;
  const onAbort = (): void => {
    stopping ??= stopProcess(pid, { graceMs, workerCommand });
  };
  process.once('exit', onExit);
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  // Writing to one that has ended is no event of its own: its end is.
  child.stdin?.on('error', () => undefined);
  if (child.stdin && onInput !== undefined) onInput(child.stdin);
  const errors = keepLastLines();
  child.stderr.setEncoding('utf8').on('data', errors.add);
  try {
    for await (const line of child.iterable({ from: 'stdout' })) onOutput(line);
    const { exitCode } = await child;
    return { exitCode, errorLines: errors.lines() };
  } finally {
    stopping?.cancel();
    process.removeListener('exit', onExit);
    signal?.removeEventListener('abort', onAbort);
  }
}
