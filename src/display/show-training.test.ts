import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CancelledError } from '../errors.js';
import { liveRun } from '../live-run.js';
import type { Output } from './kernel.js';
import type { ProgressUpdate } from './show-progress.js';
import { showTraining } from './show-training.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-show-training-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A screen, a clock that goes on by `stepMs` at each look, and what the line said. */
function effects(stepMs: number, isNotebook = true) {
  const outputs: Output[] = [];
  const updates: ProgressUpdate[] = [];
  const ends: (string | undefined)[] = [];
  let time = 0;
  return {
    outputs,
    updates,
    ends,
    screen: { isNotebook, show: (output: Output) => void outputs.push(output) },
    now: () => {
      time += stepMs;
      return time;
    },
    progress: {
      update: (update: ProgressUpdate) => void updates.push(update),
      done: (text?: string) => void ends.push(text),
    },
  };
}

const step = (step: number, loss: number, more: object = {}) => ({ event: 'step-end', step, steps: 4, loss, ...more });

const training = (events: readonly object[], fault?: Error) =>
  liveRun<string, object>(async (tell) => {
    for (const event of events) tell(event);
    if (fault !== undefined) throw fault;
    return 'trained';
  });

describe('showTraining()', () => {
  it('moves the chart, and leaves it with the line', async () => {
    const shown = effects(600);
    const run = training([
      { event: 'plan' },
      step(1, 0.8),
      step(2, 0.4),
      step(3, 0.2, { etaSeconds: 2 }),
      step(4, 0.1),
    ]);
    const { end, curves } = await showTraining(run, { title: 'A <title>' }, shown);
    expect([end, curves]).toEqual(['trained', [{ name: 'loss', steps: [1, 2, 3, 4], loss: [0.8, 0.4, 0.2, 0.1] }]]);
    expect(shown.updates[2]).toEqual({ done: 3, total: 4, text: 'loss 0.200', remainingMs: 2000 });
    expect(shown.ends).toEqual([expect.stringMatching(/^4 steps, loss 0.800 → 0.100 in \d+.\d s$/)]);
    // One output, drawn anew
    expect(shown.outputs.length).toBeGreaterThan(1);
    expect(new Set(shown.outputs.map(({ displayId }) => displayId)).size).toBe(1);
    expect(shown.outputs.map(({ isUpdate }) => isUpdate)).toEqual(shown.outputs.map((_, at) => at > 0));
    expect(shown.outputs.slice(0, -1).every(({ data }) => !('application/vnd.plotly.v1+json' in data))).toBe(true);
    expect(shown.outputs.at(-1)?.data).toMatchObject({ 'application/vnd.plotly.v1+json': expect.any(Object) });
    expect(String(shown.outputs.at(-1)?.data['image/svg+xml'])).not.toContain('<title>');
  });

  it('tells what an ablation does between its trainings', async () => {
    const shown = effects(0);
    const part = (part: string, arm = '') => ({ event: 'part-start', part, arm, seed: 1 });
    const trained = { event: 'training-step', arm: 'a', seed: 1, step: 2, steps: 2, loss: 0.5 };
    const events = [
      { event: 'measure-start', rows: 96 },
      part('grow', 'answers'),
      part('mix', 'a'),
      part('train', 'a'),
    ];
    const run = training([...events, trained, part('evaluate', 'a'), part('train', 'b')]);
    await showTraining(run, { title: 'Arms' }, shown);
    expect(shown.updates).toEqual([
      { done: 0, total: 0, text: 'measuring how fast this machine is' },
      { done: 0, total: 0, text: 'answers: rows grow' },
      { done: 0, total: 0, text: 'a: rows are mixed' },
      { done: 0, total: 0, text: 'a: the training starts' },
      { done: 2, total: 2, text: 'a, loss 0.500' },
      { done: 2, total: 2, text: 'a: questions are asked' },
      { done: 0, total: 2, text: 'b: the training starts' },
    ]);
  });

  it('draws each arm of an ablation', async () => {
    const shown = effects(0);
    const arm = (arm: string, step: number) => ({
      event: 'training-step',
      arm,
      seed: 1,
      step,
      steps: 2,
      loss: 1 / step,
    });
    const run = training([arm('a', 1), arm('a', 2), arm('b', 1), arm('b', 2)]);
    const { curves } = await showTraining(run, { title: 'Arms' }, shown);
    expect(curves.map(({ name, steps }) => [name, steps])).toEqual([
      ['a', [1, 2]],
      ['b', [1, 2]],
    ]);
    expect(shown.ends).toEqual(['4 steps, 2 trainings']);
  });

  it('draws what an earlier session did, and a step that was done again once', async () => {
    const lines = [step(1, 0.9), step(2, 0.7), step(3, 0.6)].map((event) => JSON.stringify(event));
    writeFileSync(join(folder, 'events.jsonl'), `${lines.join('\n')}\n{"event":"step-e`);
    const run = training([step(3, 0.5), step(4, 0.4)]);
    const shown = effects(0);
    const { curves } = await showTraining(run, { title: 'On', directory: folder }, shown);
    expect(shown.ends).toEqual(['4 steps, 2 of them now, loss 0.900 → 0.400']);
    expect(curves).toEqual([{ name: 'loss', steps: [1, 2, 3, 4], loss: [0.9, 0.7, 0.5, 0.4] }]);
  });

  it('draws what is still to come as room', async () => {
    const shown = effects(0);
    await showTraining(training([step(1, 0.8)], new RangeError('no')), { title: 'T' }, shown).catch(() => undefined);
    const plot = shown.outputs.at(-1)?.data['application/vnd.plotly.v1+json'] as { layout: { xaxis: object } };
    expect(plot.layout.xaxis).toMatchObject({ range: [0, 4.08] });
  });

  it('keeps the chart of one that fails, and throws what it threw', async () => {
    const shown = effects(0);
    const showing = showTraining(training([step(1, 0.8)], new RangeError('no')), { title: 'T' }, shown);
    await expect(showing).rejects.toThrow('no');
    expect([shown.outputs.length, shown.ends]).toEqual([1, ['failed: no']]);
  });

  it('says of one that was stopped that it goes on', async () => {
    const shown = effects(0);
    const showing = showTraining(training([step(1, 0.8)], new CancelledError('Stopped')), { title: 'T' }, shown);
    await expect(showing).rejects.toThrow('Stopped');
    expect(shown.ends).toEqual(['stopped; the same cell goes on from here']);
  });

  it('shows the line alone where no notebook is', async () => {
    const shown = effects(2000, false);
    await showTraining(training([step(1, 0.8), step(2, 0.7)]), { title: 'T' }, shown);
    expect([shown.outputs, shown.ends.length]).toEqual([[], 1]);
  });
});
