import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { CancelledError, GpuError, InputError } from '../errors.js';
import { isProcessAlive } from '../storage/living-process.js';
import { killNode } from './__fixtures__/kill-node.js';
import type { GpuEvent } from './events.js';
import { runPython } from './run-python.js';
import type { GpuProgress } from './track-events.js';

// A real child process: the fixture keeps the contract by means of the scripts' own open_run.
const root = mkdtempSync(join(tmpdir(), 'mathpie-bridge-'));
afterAll(() => rmSync(root, { recursive: true }));
let runCount = 0;

function start(action: string, more: Partial<Parameters<typeof runPython>[0]> = {}) {
  const directory = more.run ?? join(root, `run-${runCount++}`);
  const events: GpuEvent[] = [];
  const progress: GpuProgress[] = [];
  const run = runPython({
    script: 'fake-run',
    config: { action },
    run: directory,
    python: process.env.MATHPIE_TEST_PYTHON ?? 'python3',
    folder: join(import.meta.dirname, '__fixtures__', 'python-gpu'),
    environment: { ...process.env, HF_TOKEN: 'abcdefghij123' },
    onProgress: (state) => progress.push(state),
    ...more,
    onEvent: (event) => {
      events.push(event);
      more.onEvent?.(event);
    },
  });
  return { run, directory, events, progress, names: () => events.map(({ event }) => event) };
}

async function failure(run: Promise<unknown>): Promise<Error> {
  return run.then(
    () => new Error('It did not fail'),
    (error: Error) => error,
  );
}

const steps = ['step-end', 'step-end', 'step-end'];

describe('runPython()', () => {
  it('hands over events and progress, and returns plan and end', async () => {
    const { run, directory, names, progress } = start('finish');
    const { plan, end } = await run;
    expect(names()).toEqual(['run-start', 'plan', ...steps, 'run-end']);
    expect(plan).toMatchObject({ items: 3 });
    expect(end).toMatchObject({ status: 'done', steps: 3 });
    expect(progress.at(-1)).toMatchObject({ stage: 'fake-run', done: 3, total: 3, tokens: 300, tokensPerSecond: 50 });
    expect(progress[0]).toMatchObject({ loss: 1, remainingMs: 2000 });
    expect(JSON.parse(readFileSync(join(directory, 'given-config.json'), 'utf8'))).toEqual({
      action: 'finish',
      run: directory,
    });
  });

  it('a second session hands over its own events alone', async () => {
    const first = start('finish');
    await first.run;
    const second = start('finish', { run: first.directory });
    await second.run;
    expect(second.names()).toEqual(first.names());
  });

  it('passes over lines that are no events and waits for the rest of a torn one', async () => {
    const { run, events, names } = start('tear');
    await run;
    expect(names()).toEqual(['run-start', 'plan', ...steps, 'warning', 'run-end']);
    expect(events.find(({ event }) => event === 'warning')).toMatchObject({ message: 'whole at last: ½' });
  });

  it('a dry run writes nothing and returns the plan', async () => {
    const { run, directory, names } = start('finish', { dryRun: true });
    expect((await run).plan).toMatchObject({ items: 3 });
    expect(names().slice(0, 2)).toEqual(['run-start', 'plan']);
    expect(existsSync(directory)).toBe(false);
  });

  it('refuses a wrong configuration before anything is started', async () => {
    const { run, directory } = start('finish', { config: { action: 'finish', itms: 1 }, python: 'no-such-python' });
    await expect(run).rejects.toThrow('Cannot start fake-run: there is no setting "itms" (nearest: items)');
    expect(existsSync(directory)).toBe(false);
  });

  it('passes on what the script refuses as its one line', async () => {
    const error = await failure(start('refuse').run);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toBe('Cannot fit the model: it needs 80 GiB, the GPU has 40; lower microBatchTokens');
  });

  it('passes on what is refused before the first event', async () => {
    const { directory, run } = start('finish');
    await run;
    const error = await failure(start('finish', { run: directory, config: { action: 'finish', items: 4 } }).run);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toMatch(
      /^Cannot continue .*: it was made with another configuration \(items: 3 → 4\); [^\n]+$/,
    );
  });

  it('a fault names the last event and the command, keeps the log, and hides secrets', async () => {
    const { run, directory } = start('crash');
    const error = (await failure(run)) as GpuError;
    expect(error).toBeInstanceOf(GpuError);
    expect(error.message).toMatch(
      /^Cannot finish fake-run: ValueError: no way with …; .* \(its last event is step-end\); repeat with: python3 .*fake_run\.py .*given-config\.json$/,
    );
    expect(error).toMatchObject({ lastEvent: 'step-end', exitCode: 1, command: expect.stringContaining(directory) });
    expect(error.logLines).toEqual(expect.arrayContaining(['a line of a library', 'the token is …']));
    expect(error.logLines.at(-1)).toBe('ValueError: no way with …');
    expect(JSON.stringify(error) + error.message).not.toContain('abcdefghij123');
  });

  it('a killed script is a fault', async () => {
    const error = await failure(start('die').run);
    expect(error).toBeInstanceOf(GpuError);
    expect(error.message).toMatch(/^Cannot finish fake-run: a signal ended it \(its last event is step-end\); repeat/);
  });

  it('refuses a Python that is not there', async () => {
    const error = await failure(start('finish', { python: '/nowhere/python' }).run);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toMatch(/^Cannot start \/nowhere\/python: .*ENOENT; name another Python in MATHPIE_PYTHON$/);
  });

  it('stops in good order when the signal aborts', async () => {
    const controller = new AbortController();
    const { run, names } = start('wait', {
      signal: controller.signal,
      onEvent: ({ event }) => event === 'step-end' && controller.abort(),
    });
    await expect(run).rejects.toThrow(CancelledError);
    expect(names()).toEqual(['run-start', 'plan', ...steps, 'checkpoint-saved', 'run-end']);
  });

  it('starts nothing when the signal is aborted already', async () => {
    const { run, directory } = start('finish', { signal: AbortSignal.abort() });
    await expect(run).rejects.toThrow(CancelledError);
    expect(existsSync(directory)).toBe(false);
  });

  it('ends what does not stop in time, together with all that it started', async () => {
    const controller = new AbortController();
    const { run, events } = start('ignore-stop', {
      signal: controller.signal,
      graceMs: 100,
      onEvent: ({ event }) => event === 'warning' && controller.abort(),
    });
    await expect(run).rejects.toThrow(CancelledError);
    const pids = events.flatMap((event) =>
      event.event === 'run-start'
        ? [event.pid]
        : event.event === 'warning'
          ? [Number(event.message.split(' ')[1])]
          : [],
    );
    expect(pids).toHaveLength(2);
    // A signal needs a moment on a busy machine.
    await vi.waitFor(() => expect(pids.filter(isProcessAlive)).toEqual([]), 20_000);
  });

  it('a script whose Node was killed saves, stops and lets its directory go', async () => {
    const directory = join(root, 'killed-node');
    const events = await killNode(
      {
        ...{ script: 'fake-run', config: { action: 'wait' }, run: directory },
        python: process.env.MATHPIE_TEST_PYTHON ?? 'python3',
        folder: join(import.meta.dirname, '__fixtures__', 'python-gpu'),
      },
      2 + steps.length,
    );
    const names = events.map(({ event }) => event);
    expect(names).toEqual(['run-start', 'plan', ...steps, 'checkpoint-saved', 'run-end']);
    expect(events.at(-1)).toMatchObject({ status: 'interrupted' });
    await vi.waitFor(() => expect(readdirSync(directory).filter((name) => name.startsWith('.lock'))).toEqual([]));
  });
});
