import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { Environment } from '../environment.js';
import { CancelledError } from '../errors.js';
import { requireCount } from '../require-count.js';
import { makeDirectory } from '../storage/make-directory.js';
import { storageFailure } from '../storage/storage-failure.js';
import { writeAtomic } from '../storage/write-atomic.js';
import { checkConfig, type ScriptConfig } from './check-config.js';
import { loadContract, scriptsFolder } from './contract.js';
import { describeFailure } from './describe-failure.js';
import type { GpuEvent, PlanEvent, RunEndEvent } from './events.js';
import { endOfLines, followLines } from './follow-lines.js';
import { hideSecrets } from './hide-secrets.js';
import { type Launch, launchWords } from './launch-words.js';
import { createEventParser } from './parse-event.js';
import { quoteWords } from './quote-words.js';
import { remember, type Seen } from './remember-events.js';
import { runChild } from './run-child.js';
import { type GpuProgress, trackEvents } from './track-events.js';
import { waitAfterStopMs } from './wait-after-stop.js';

export type RunPythonOptions = Launch & {
  /** Such as `train-sft`: the file is train_sft.py, the schema contract/train-sft.config.schema.json. */
  readonly script: string;
  /** The settings without their defaults. */
  readonly config: ScriptConfig;
  /** Run directory; the same call again continues what is there. */
  readonly run: string;
  /** The Python executable, or how to find it once the configuration is known to be right. */
  readonly python: string | (() => Promise<string>);
  /** Checks everything, plans, and writes nothing. @default false */
  readonly dryRun?: boolean;
  /** Stops the script in good order: it finishes its step, saves what it has and ends. */
  readonly signal?: AbortSignal;
  /** How long that may take before the script is ended by force, in milliseconds. @default 600000 */
  readonly graceMs?: number;
  readonly onEvent?: (event: GpuEvent) => void;
  readonly onProgress?: (progress: GpuProgress) => void;
  /** Where the scripts are. @default python-gpu of this package */
  readonly folder?: string;
  readonly environment?: Environment;
};

export type PythonRun = {
  readonly directory: string;
  readonly plan: PlanEvent | undefined;
  /** With the script's totals. */
  readonly end: RunEndEvent | undefined;
};

/**
 * Runs a script of python-gpu to its end. The contract between the two sides is files: the configuration goes in as
 * `given-config.json` of the run directory, events come back in `events.jsonl`, logs in `run.log`.
 *
 * Throws `InputError` for what the script refuses (its own line), `GpuError` when it fails, `CancelledError` when it was
 * stopped; what it had saved by then stays.
 */
export async function runPython({
  script,
  config,
  run,
  python,
  dryRun = false,
  signal,
  graceMs = waitAfterStopMs.script,
  onEvent,
  onProgress,
  folder = scriptsFolder(),
  environment = process.env,
  ...launch
}: RunPythonOptions): Promise<PythonRun> {
  const stopped = (): CancelledError => stoppedScript(script, run);
  requireCount('graceMs', graceMs, { least: 0 });
  if (signal?.aborted) throw stopped();
  const contract = await loadContract(folder);
  // As a setting, not as the flag --run: torchrun would take that for one of its own.
  const whole = { ...config, run };
  checkConfig(whole, { script, contract });
  launchWords([], launch);

  const executable = typeof python === 'string' ? python : await python();
  const file = shorten(join(folder, `${script.replaceAll('-', '_')}.py`));
  const place = dryRun ? await mkdtemp(join(tmpdir(), 'mathpie-plan-')) : run;
  const given = join(place, 'given-config.json');
  const words = launchWords([file, given, ...(dryRun ? ['--dry-run'] : [])], launch);
  await makeDirectory(place).catch((error: unknown) => {
    throw storageFailure(`open ${place}`, error);
  });
  await writeAtomic(given, `${JSON.stringify(whole, null, 2)}\n`);

  const parse = createEventParser(contract);
  const track = trackEvents({ script });
  const seen: Seen = {};
  const take = (line: string): void => {
    const event = parse(line);
    if (event === undefined) return;
    remember(seen, event);
    onEvent?.(event);
    const progress = track(event);
    if (progress !== undefined) onProgress?.(progress);
  };
  const events = join(run, 'events.jsonl');
  const log = { file: join(run, 'run.log'), from: await endOfLines(join(run, 'run.log')) };
  // Of a dry run the events come on standard output, as nothing may be written.
  const followed = dryRun ? undefined : followLines(events, { from: await endOfLines(events), onLine: take });
  const { exitCode, errorLines } = await runChild([executable, ...words], {
    signal,
    graceMs,
    // Where one worker ends, torchrun gives the others 30 seconds of its own; older versions do not look at this.
    environment: { TORCH_ELASTIC_SHUTDOWN_TIMEOUT: String(Math.ceil(graceMs / 1000)), ...environment },
    workerCommand: words[0] === file ? undefined : file,
    onOutput: dryRun ? take : () => undefined,
    hasLifeline: true,
  }).finally(async () => {
    await followed?.stop();
    if (dryRun) await rm(place, { recursive: true, force: true });
  });

  const wasInterrupted = seen.end?.status === 'interrupted';
  if (exitCode === 0 && !wasInterrupted) return { directory: run, plan: seen.plan, end: seen.end };
  const wasStopped = signal?.aborted === true;
  // A fault while it saves (a full disk, say) is no good order.
  const hasFailed = seen.failure !== undefined && seen.failure.kind !== 'interrupt';
  if ((wasStopped || wasInterrupted) && !hasFailed) throw stopped();
  const hide = hideSecrets(environment);
  const command = quoteWords([shorten(executable), ...words]);
  throw await describeFailure({ script, exitCode, errorLines, log, seen, command, hide, wasStopped });
}

export const stoppedScript = (script: string, run: string): CancelledError =>
  new CancelledError(`Stopped ${script}; what it saved is in ${run}, the same command continues`);

/** Relative to the current folder where it lies in it. */
function shorten(file: string): string {
  const path = relative('.', resolve(file));
  return path.startsWith('..') || !file.includes('/') ? file : path;
}
