import { createHash } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Environment } from '../environment.js';
import { InputError } from '../errors.js';
import { hashFile } from '../storage/hash-file.js';
import { makeDirectory } from '../storage/make-directory.js';
import { type JsonObject, parseJsonObject } from '../storage/read-jsonl.js';
import { type RecordingFiles, readRecordedLines, recordingFiles } from '../storage/recording-files.js';
import { writeAtomic } from '../storage/write-atomic.js';
import type { ScriptConfig } from './check-config.js';
import type { GpuEvent, PlanEvent, RunEndEvent } from './events.js';
import { baseOfRecordedModel, recordedModelName } from './recorded-model-name.js';
import { type PythonRun, stoppedScript } from './run-python.js';
import { dataKeys, type ScriptName } from './scripts.js';

/** A script's run as a recording keeps it: what it told, and the small files that others read. */
type RecordedRun = {
  readonly script: string;
  readonly events: readonly Omit<GpuEvent, 'time'>[];
  readonly files: { readonly [path: string]: string };
};

/** Files of a run directory that a recording keeps, where they are there: never weights. */
const keptFiles = ['model/training.json', 'completions.jsonl'];
/** So long a recorded step of training stays on the screen, in milliseconds; none where the clock stands still. */
const stepMs = 30;

type Work = {
  readonly config: ScriptConfig;
  readonly directory: string;
  readonly onEvent: (event: GpuEvent) => void;
  readonly environment: Environment;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Runs a script, or takes its run from the recording that the environment names (`MATHPIE_REPLAY`); with `MATHPIE_RECORD` it is written there.
 * A run is found by its script, its settings and what its files hold. Of a model that was trained in a recording training.json alone is
 * there: it answers what is recorded. Throws `InputError` for a run that the recording does not know.
 */
export async function runOrReplay(
  script: ScriptName,
  { config, directory, onEvent, environment, signal }: Work,
  run: (onEvent: (event: GpuEvent) => void) => Promise<PythonRun>,
): Promise<PythonRun> {
  const recording = recordingFiles(environment);
  if (recording === undefined) return run(onEvent);
  const key = await runKey(script, config);
  const known = await findRun(recording, key);
  if (known !== undefined) {
    await keep(recording, { key, ...known });
    return replay(known, { directory, onEvent, signal, isStill: Boolean(environment.MATHPIE_CLOCK) });
  }
  if (recording.record === undefined && !recording.asksWhatIsMissing)
    throw new InputError(
      `Cannot replay ${script} in ${directory}: this run is not in ${recording.replay}; record anew with "npm run record:notebooks"`,
    );
  refuseWithoutWeights(script, config);
  const events: GpuEvent[] = [];
  const done = await run((event) => {
    events.push(event);
    onEvent(event);
  });
  // Earlier sessions of a run that was stopped have steps of it too
  const steps = stepsOf(
    await readFile(join(directory, 'events.jsonl'), 'utf8').catch(() => ''),
  ) as unknown as readonly GpuEvent[];
  const first = events.reduce(
    (least, event) => (event.event === 'step-end' ? Math.min(least, event.step) : least),
    Number.POSITIVE_INFINITY,
  );
  const before = steps.filter((event) => event.event === 'step-end' && event.step < first);
  const all = [...before, ...events].flatMap(shorten);
  await keep(recording, { key, script, events: all, files: await readFiles(directory) });
  return done;
}

/** Whether a recording that is replayed has runs of a script: then it needs no Python. */
export async function isRecorded(script: ScriptName, environment: Environment): Promise<boolean> {
  const recording = recordingFiles(environment);
  if (recording?.replay === undefined) return false;
  return [...(await readRecordedLines(recording.replay)).values()].some((line) => line.script === script);
}

async function runKey(script: ScriptName, config: ScriptConfig): Promise<string> {
  const settings: Record<string, unknown> = {};
  for (const key of Object.keys(config).sort()) {
    const value = config[key];
    if (key === 'model' || key === 'reference') settings[key] = recordedModelName(String(value));
    else if (dataKeys.has(key)) settings[key] = await Promise.all([value].flat().map(contentOf));
    else settings[key] = value;
  }
  return createHash('sha256')
    .update(JSON.stringify([script, settings]))
    .digest('hex')
    .slice(0, 32);
}

/** A training that was taken from the recording left no weights to go on with. */
function refuseWithoutWeights(script: ScriptName, { model }: ScriptConfig): void {
  if (baseOfRecordedModel(String(model)) === undefined) return;
  throw new InputError(
    `Cannot start ${script} with ${model}: its training was taken from a recording, which keeps no weights; train it here, or record all anew with "npm run record:notebooks -- --all"`,
  );
}

const contentOf = async (file: unknown): Promise<unknown> => hashFile(String(file)).catch(() => file);

async function findRun({ replay }: RecordingFiles, key: string): Promise<RecordedRun | undefined> {
  if (replay === undefined) return undefined;
  return (await readRecordedLines(replay)).get(key) as RecordedRun | undefined;
}

async function keep({ record }: RecordingFiles, line: RecordedRun & { readonly key: string }): Promise<void> {
  if (record !== undefined) await appendFile(record, `${JSON.stringify(line)}\n`);
}

/** As the script itself: stopped, it leaves the steps that were told, and the next call goes on behind them. */
async function replay(
  { script, events, files }: RecordedRun,
  { directory, onEvent, signal, isStill }: Omit<Work, 'config' | 'environment'> & { readonly isStill: boolean },
): Promise<PythonRun> {
  await makeDirectory(directory);
  const file = join(directory, 'events.jsonl');
  const done = lastStep(await readFile(file, 'utf8').catch(() => ''));
  const told: GpuEvent[] = [];
  for (const each of events) {
    const event = { ...each, time: new Date().toISOString() } as GpuEvent;
    if (event.event === 'step-end' && event.step <= done) continue;
    if (signal?.aborted) throw stoppedScript(script, directory);
    told.push(event);
    await appendFile(file, `${JSON.stringify(event)}\n`);
    onEvent(event);
    // Whoever reads the events reads this one before the next comes
    await new Promise((wake) => setTimeout(wake, event.event === 'step-end' && !isStill ? stepMs : 0));
  }
  for (const [path, text] of Object.entries(files)) {
    if (!keptFiles.includes(path)) continue;
    await makeDirectory(dirname(join(directory, path)));
    await writeAtomic(join(directory, path), text);
  }
  const find = <Event extends GpuEvent>(name: Event['event']) =>
    told.find(({ event }) => event === name) as Event | undefined;
  return { directory, plan: find<PlanEvent>('plan'), end: find<RunEndEvent>('run-end') };
}

const lastStep = (text: string): number =>
  stepsOf(text).reduce((most, { step }) => (typeof step === 'number' ? Math.max(most, step) : most), 0);

/** The steps in a file of events, of all sessions; of one that was done twice, the later. */
function stepsOf(text: string): JsonObject[] {
  const steps = new Map<unknown, JsonObject>();
  for (const line of text.split('\n')) {
    const event = line.includes('"step-end"') ? parseJsonObject(line) : '';
    if (typeof event !== 'string') steps.set(event.step, event);
  }
  return [...steps.values()];
}

async function readFiles(directory: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const path of keptFiles) {
    const text = await readFile(join(directory, path), 'utf8').catch(() => undefined);
    if (text !== undefined) files[path] = text;
  }
  return files;
}

/** Without what is of the machine alone: its clock, its folders, its versions. */
function shorten(event: GpuEvent): Omit<GpuEvent, 'time'>[] {
  if (event.event === 'step-end') {
    const { step, steps, loss, tokens, tokensPerSecond } = event;
    const short = loss === null ? null : Number(loss.toPrecision(5));
    return [{ event: 'step-end', step, steps, loss: short, tokens, tokensPerSecond }];
  }
  if (event.event === 'run-end') {
    const { model: _, time: __, ...rest } = event;
    return [rest];
  }
  if (event.event === 'plan' || event.event === 'progress' || event.event === 'warning') {
    const { time: _, ...rest } = event;
    return [rest];
  }
  return [];
}
