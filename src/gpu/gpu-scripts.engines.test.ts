import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelledError } from '../errors.js';
import { choosePocketProblems } from '../problems/pocket/choose-problems.js';
import { enginesEnvironment } from './__fixtures__/engines.js';
import { trainSft } from './gpu-scripts.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-train-'));
const data = join(root, 'rows.jsonl');
beforeAll(() => {
  Object.assign(process.env, enginesEnvironment(), { OMP_NUM_THREADS: '1' });
  const rows = choosePocketProblems({ count: 32, seed: 1, split: 'train' });
  writeFileSync(data, rows.map(({ question, solution }) => `${JSON.stringify({ question, solution })}\n`).join(''));
});
afterAll(() => rmSync(root, { recursive: true }));

const options = (name: string) => ({
  recipe: 'sft-student',
  data,
  run: join(root, name),
  config: { maxSteps: 4, rowsPerStep: 8 },
});

async function losses(run: ReturnType<typeof trainSft>): Promise<number[]> {
  const found: number[] = [];
  for await (const event of run.events) if (event.event === 'step-end') found.push(Number(event.loss));
  expect((await run).end).toMatchObject({ status: 'done', steps: 4 });
  return found;
}

describe('trainSft()', () => {
  it('tells each step of one process and of two alike', async () => {
    const [one, two] = [await losses(trainSft(options('one'))), await losses(trainSft({ ...options('two'), gpus: 2 }))];
    expect(one).toHaveLength(4);
    expect(two).toHaveLength(4);
    for (const [place, loss] of one.entries()) expect(two[place]).toBeCloseTo(loss, 3);
  });

  it('stops where its signal says so, and the same call goes on from there', async () => {
    const stop = new AbortController();
    const run = trainSft({ ...options('stopped'), signal: stop.signal });
    const reading = (async () => {
      for await (const event of run.events) if (event.event === 'step-end' && event.step === 2) stop.abort();
    })();
    await expect(reading).rejects.toThrow(CancelledError);
    const steps: number[] = [];
    for await (const event of trainSft(options('stopped')).events)
      if (event.event === 'step-end') steps.push(event.step);
    expect(steps.at(-1)).toBe(4);
    expect(steps[0]).toBeGreaterThan(2);
  });
});
