import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gradeResponse } from '../answers/grade/grade-response.js';
import type { LanguageModel } from '../models/language-model.js';
import { openModel } from '../models/open-model.js';
import { pocketProblems } from '../problems/pocket/generate.js';
import { openRun } from '../runs/open-run.js';
import { augment } from './grow-problems.js';

let model: LanguageModel;
let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'augment-pocket-'));
  model = await openModel('pocket');
}, 60_000);
afterAll(async () => {
  await model.close();
  await rm(directory, { recursive: true, force: true });
});

describe('augment() on pocket', () => {
  it('grows problems by all four techniques, with grades that can be repeated', async () => {
    const run = await openRun({ directory, stage: 'augment', config: { seed: 2 } });
    const problems = pocketProblems({ count: 10, seed: 21, split: 'test' });
    const { rows, yields } = await augment({ problems, technique: 'all', model, run, maxBackward: 1 });
    await run.close();
    expect(yields.map(({ type }) => type)).toEqual(['POCKET_AnsAug', 'POCKET_Rephrased', 'POCKET_SV', 'POCKET_FOBAR']);
    for (const { asked, kept } of yields) {
      expect(asked).toBeGreaterThan(0);
      expect(kept).toBeGreaterThan(0);
    }
    const kept = rows.filter(({ status }) => status === 'kept');
    for (const { gold, response } of kept) {
      expect(gradeResponse({ gold: gold ?? '', response: response ?? '' }).equivalent).toBe(true);
    }
  }, 120_000);
});
