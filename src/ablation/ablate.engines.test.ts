import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enginesEnvironment } from '../gpu/__fixtures__/engines.js';
import { ablate } from './run-ablation.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-ablation-'));
beforeAll(() => {
  Object.assign(process.env, enginesEnvironment());
});
afterAll(() => rmSync(directory, { recursive: true }));

it('the smallest ablation trains the student on the real trainer and finds it better', async () => {
  const steps: number[] = [];
  const options = { recipe: 'pocket-smallest', directory };
  const run = ablate(options);
  for await (const event of run.events) if (event.event === 'training-step') steps.push(event.loss);
  const summary = await run;
  expect(steps).toHaveLength(45);
  expect(steps.at(-1)).toBeLessThan(steps[0] ?? 0);
  expect(summary.arms.map(({ arm, n, verdict }) => [arm, n, verdict])).toEqual([
    ['none', 100, null],
    ['originals', 100, 'better'],
  ]);
  expect(existsSync(join(directory, 'seed-1', 'originals', 'train', 'checkpoints'))).toBe(false);
  expect(JSON.parse(readFileSync(join(directory, 'table.json'), 'utf8'))).toHaveLength(2);
  expect(await ablate(options)).toEqual(summary);
});

it('more seeds come later, and arms can be done beside each other', async () => {
  const told: [string, number, boolean][] = [];
  const summary = await ablate({
    ...{ recipe: 'pocket-smallest', directory, seeds: 2, atOnce: 2 },
    onEvent: (event) => {
      if (event.event === 'part-end' && event.part !== 'mix') told.push([event.part, event.seed, event.isKept]);
    },
  });
  expect(told.filter(([, seed]) => seed === 1).every(([, , isKept]) => isKept)).toBe(true);
  expect(told.filter(([, seed, isKept]) => seed === 2 && !isKept).map(([part]) => part)).toEqual([
    'grow',
    'train',
    'evaluate',
  ]);
  expect(summary.arms.map(({ arm, n }) => [arm, n])).toEqual([
    ['none', 100], // one student under all seeds
    ['originals', 200],
  ]);
});
