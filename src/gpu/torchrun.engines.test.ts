import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { CancelledError, GpuError, InputError } from '../errors.js';
import { isProcessAlive } from '../storage/living-process.js';
import { enginesEnvironment, enginesPython } from './__fixtures__/engines.js';
import { killNode } from './__fixtures__/kill-node.js';
import type { GpuEvent } from './events.js';
import { runPython } from './run-python.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-torchrun-'));
afterAll(() => rmSync(root, { recursive: true }));

function start(action: string, { onEvent, ...more }: Partial<Parameters<typeof runPython>[0]> = {}) {
  const events: GpuEvent[] = [];
  const run = runPython({
    script: 'fake-run',
    config: { action },
    run: join(root, action),
    python: enginesPython(),
    gpus: 2,
    folder: join(import.meta.dirname, '__fixtures__', 'python-gpu'),
    environment: { ...enginesEnvironment(), OMP_NUM_THREADS: '1' },
    ...more,
    onEvent: (event) => {
      events.push(event);
      onEvent?.(event);
    },
  });
  return { run, names: () => events.map(({ event }) => event), events };
}

const steps = ['step-end', 'step-end', 'step-end'];

describe('two processes under torchrun', () => {
  it('report once', async () => {
    const { run, names } = start('finish');
    expect((await run).end).toMatchObject({ status: 'done' });
    expect(names()).toEqual(['run-start', 'plan', ...steps, 'run-end']);
  });

  it('say in one line what they refuse', async () => {
    const { run } = start('refuse');
    await expect(run).rejects.toThrow(InputError);
    // torchrun ends the other process when one has failed: either may be the one that comes to speak.
    await expect(run).rejects.toThrow(
      /^(Rank 1: )?Cannot fit the model: it needs 80 GiB, the GPU has 40; lower microBatchTokens$/,
    );
  });

  it('say what they failed with', async () => {
    const { run } = start('crash');
    await expect(run).rejects.toThrow(GpuError);
    await expect(run).rejects.toThrow(
      /^Cannot finish fake-run: (Rank 1: )?ValueError: no way[^\n]+--nproc-per-node=2 --standalone /,
    );
  });

  it('save and stop in good order', async () => {
    const controller = new AbortController();
    const { run, names } = start('wait', {
      signal: controller.signal,
      onEvent: ({ event, step }) => event === 'step-end' && step === 3 && controller.abort(),
    });
    await expect(run).rejects.toThrow(CancelledError);
    expect(names()).toEqual(['run-start', 'plan', ...steps, 'checkpoint-saved', 'run-end']);
  });

  it('save and stop where the Node that started them was killed', async () => {
    const events = await killNode(
      {
        ...{ script: 'fake-run', config: { action: 'wait' }, run: join(root, 'killed-node') },
        ...{ python: enginesPython(), gpus: 2, folder: join(import.meta.dirname, '__fixtures__', 'python-gpu') },
        environment: { ...enginesEnvironment(), OMP_NUM_THREADS: '1' },
      },
      2 + steps.length,
    );
    const names = events.map(({ event }) => event);
    expect(names).toEqual(['run-start', 'plan', ...steps, 'checkpoint-saved', 'run-end']);
    expect(events.at(-1)).toMatchObject({ status: 'interrupted' });
  });

  it('are ended by force, in sessions of their own as they are', async () => {
    const controller = new AbortController();
    const { run, events } = start('ignore-stop', {
      signal: controller.signal,
      graceMs: 500,
      onEvent: ({ event }) => event === 'warning' && controller.abort(),
    });
    await expect(run).rejects.toThrow(CancelledError);
    const pids = events.flatMap((event) => (event.event === 'run-start' ? [event.pid] : []));
    expect(pids).toHaveLength(1);
    // A signal needs a moment on a busy machine.
    await vi.waitFor(() => expect(pids.filter(isProcessAlive)).toEqual([]), 20_000);
  });
});
