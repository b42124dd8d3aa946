import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachChange } from '../__fixtures__/extent.js';
import { CancelledError } from '../errors.js';
import type { LanguageModel } from '../models/language-model.js';
import { openModel } from '../models/open-model.js';
import { openRun } from '../runs/open-run.js';
import { judge } from './compare/judge.js';
import { rank } from './compare/rank-candidates.js';
import { checkInstruction } from './draw/check-instruction.js';
import { instruct } from './draw/draw-instructions.js';
import { candidates } from './solve/draw-candidates.js';
import { respond } from './solve/solve-instructions.js';

let model: LanguageModel;
const directories: string[] = [];
beforeAll(async () => {
  model = await openModel('pocket');
}, 60_000);
afterAll(async () => {
  await model.close();
  await Promise.all(directories.map((directory) => rm(directory, { recursive: true, force: true })));
});

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'magpie-pocket-'));
  directories.push(directory);
  return directory;
}

/** All steps; stops after `stopAfter` completions. */
async function allSteps(directory: string, stopAfter = Number.POSITIVE_INFINITY) {
  const run = await openRun({
    directory,
    stage: 'magpie',
    config: { seed: 5 },
    effects: { now: () => new Date('2025-01-02T03:04:05Z') },
  });
  const control = new AbortController();
  let last = -1;
  let made = 0;
  const onProgress = ({ done }: { done: number }): void => {
    if (done > last) made += 1;
    last = done;
    if (made > stopAfter) control.abort();
  };
  const options = { run, model, onProgress, signal: control.signal };
  try {
    const instructed = await instruct({ ...options, count: 6, temperature: 1.1 });
    const responded = await respond({ ...options, instructions: instructed.rows });
    const sampled = await candidates({ ...options, instructions: instructed.rows, k: 3, temperatures: [0.8, 1.2] });
    const judged = await judge({ ...options, rows: sampled.rows });
    return { instructed, responded, judged, ranked: await rank({ rows: judged.rows, run }) };
  } finally {
    await run.close();
  }
}

async function derivedFiles(directory: string): Promise<Record<string, string>> {
  const names = (await readdir(directory)).filter((name) => name !== 'records.jsonl' && name !== 'config.json');
  const contents = names.sort().map(async (name) => [name, await readFile(join(directory, name), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(contents));
}

// recipe-kill.slow.test.ts does as much by the command line
describe.skipIf(eachChange(true, false))('Magpie on pocket', () => {
  it('grows problems, solves, judges and ranks them, and a stopped run ends in the same files', async () => {
    const [straight, broken] = [await newDirectory(), await newDirectory()];
    const { instructed, responded, judged, ranked } = await allSteps(straight);
    for (const { instruction } of instructed.rows) {
      expect(checkInstruction({ text: instruction, finishReason: 'stop' })).toBeUndefined();
    }
    expect(instructed.rows).toHaveLength(6);
    expect(responded.rows.filter(({ extracted }) => typeof extracted === 'string').length).toBeGreaterThanOrEqual(4);
    const scores = judged.rows.flatMap((row) => row.scores);
    expect(scores.every((score) => score === null || (score >= 0 && score <= 1))).toBe(true);
    expect(judged).toMatchObject({ source: 'first-token', unscoredCount: 0 });
    const dropped = Object.values(ranked.dropped).reduce((sum, count) => sum + count, 0);
    expect(ranked.pairs.length + dropped).toBe(6);

    for (const stopAfter of [3, 11]) {
      await expect(allSteps(broken, stopAfter)).rejects.toThrow(CancelledError);
    }
    await allSteps(broken);
    expect(await derivedFiles(broken)).toEqual(await derivedFiles(straight));
  }, 120_000);
});
