import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { writeAtomic } from '../storage/write-atomic.js';
import { checkConfig, type ScriptConfig } from './check-config.js';
import { loadContract, scriptsFolder } from './contract.js';
import { describeFailure } from './describe-failure.js';
import { followLines } from './follow-lines.js';
import { hideSecrets } from './hide-secrets.js';
import { createEventParser } from './parse-event.js';
import { remember, type Seen } from './remember-events.js';
import { type EndedChild, runChild } from './run-child.js';
import { waitAfterStopMs } from './wait-after-stop.js';

/** A script that lives until it is closed, and speaks in JSON lines. */
export type Session = {
  /** Gives it a message. Nothing happens when it has ended already. */
  send(message: object): void;
  /** Tells it that nothing more comes and waits for its end; by force after the grace. */
  close(): Promise<void>;
};

export type OpenSessionOptions = {
  /** Whose schema the configuration has to fit, such as `generate`. */
  readonly script: string;
  /** The file that is started, such as `generate_session.py`. */
  readonly file: string;
  readonly config: ScriptConfig;
  readonly python: string | (() => Promise<string>);
  readonly onMessage: (message: { readonly [field: string]: unknown }) => void;
  /** Called once, when it has ended without being closed. */
  readonly onFailure: (error: Error) => void;
  /** How long closing may take before it is ended by force, in milliseconds. @default 20000 */
  readonly graceMs?: number;
  readonly folder?: string;
  readonly environment?: NodeJS.ProcessEnv;
};

/**
 * Starts a script that reads messages on standard input and answers on standard output. Its run directory is a temporary
 * one and goes with it. Throws `InputError` for a configuration that does not fit.
 */
export async function openSession({
  script,
  file,
  config,
  python,
  onMessage,
  onFailure,
  graceMs = waitAfterStopMs.session,
  folder = scriptsFolder(),
  environment = process.env,
}: OpenSessionOptions): Promise<Session> {
  const contract = await loadContract(folder);
  checkConfig({ ...config, run: tmpdir() }, { script, contract });
  const executable = typeof python === 'string' ? python : await python();
  const directory = await mkdtemp(join(tmpdir(), 'mathpie-session-'));
  const given = join(directory, 'given-config.json');
  await writeAtomic(given, JSON.stringify({ ...config, run: directory }));
  const words = [executable, join(folder, file), given];

  const parse = createEventParser(contract);
  const seen: Seen = {};
  const followed = followLines(join(directory, 'events.jsonl'), {
    onLine: (line) => {
      const event = parse(line);
      if (event !== undefined) remember(seen, event);
    },
  });
  const force = new AbortController();
  let input: Writable | undefined;
  let isClosed = false;
  const running = runChild(words, {
    signal: force.signal,
    graceMs,
    environment,
    workerCommand: undefined,
    onInput: (writable) => {
      input = writable;
    },
    onOutput: (line) => {
      const message = parseMessage(line);
      if (message !== undefined) onMessage(message);
    },
  });
  const fail = async ({ exitCode, errorLines }: EndedChild): Promise<void> => {
    await followed.stop();
    if (isClosed) return;
    const log = { file: join(directory, 'run.log'), from: 0 };
    const hide = hideSecrets(environment);
    onFailure(await describeFailure({ script, exitCode, errorLines, log, seen, hide }));
  };
  const ended = running
    .then(fail, (error: Error) => (isClosed ? undefined : onFailure(error)))
    .finally(() => rm(directory, { recursive: true, force: true }));
  return {
    send: (message) => {
      input?.write(`${JSON.stringify(message)}\n`);
    },
    close: async () => {
      isClosed = true;
      input?.end();
      // The end of its input ends it; one that is still loading hears of it too late.
      const timer = setTimeout(() => force.abort(), input === undefined ? 0 : graceMs);
      await ended.finally(() => clearTimeout(timer));
    },
  };
}

function parseMessage(line: string): { readonly [field: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as { [field: string]: unknown }) : undefined;
  } catch {
    return undefined;
  }
}
