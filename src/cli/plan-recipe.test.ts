import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { planRecipe } from '../run-recipe.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-plan-'));
afterAll(() => rmSync(folder, { recursive: true }));
const directory = join(folder, 'run');

describe('planRecipe()', () => {
  it('counts every step of models that are not there, and says no cost of a GPU of one’s own', async () => {
    const plan = await planRecipe({ recipe: 'magpie-qwen2-math-7b', count: 20, directory });
    const rows = plan.steps.map(({ step, totals }) => [step, totals.requests, totals.completions]);
    expect(rows.slice(0, 4)).toEqual([
      // A tenth more than asked for, as some will be no good
      ['instruct', 22, 22],
      ['respond', 20, 20],
      ['candidates', 20, 100],
      // Solutions for the reward model
      ['score', 100, 0],
    ]);
    expect(plan.steps.map(({ step }) => step)).toEqual([
      ...['instruct', 'respond', 'candidates', 'score', 'rank', 'deduplicate', 'filter', 'export-sft', 'export-dpo'],
    ]);
    expect(plan).toMatchObject({ usd: 0, maxUsd: 0, totals: { elapsedMs: undefined } });
    // Problems of the usual length (57 tokens) and the words around them
    const [, respond] = plan.steps;
    expect(respond?.totals.inputTokens).toBeGreaterThan(20 * 57);
    expect(existsSync(directory)).toBe(false);
  });

  it('prices an endpoint by the list, and leaves an unknown price unknown', async () => {
    const plan = await planRecipe({ recipe: 'magpie-deepseek-r1', count: 20, directory });
    const cost = Object.fromEntries(plan.steps.map(({ step, usd }) => [step, usd]));
    // 20 solutions of 4,717 tokens at $2.5 a million, and what they are asked with
    expect(cost.respond).toBeGreaterThan((20 * 4717 * 2.5) / 1e6);
    expect(cost.respond).toBeLessThan((20 * 4717 * 2.5 * 1.05) / 1e6);
    expect(plan.usd).toBeCloseTo((cost.respond ?? 0) + (cost.candidates ?? 0));
    const set = ['models.solutions=https://example.com/v1#x'];
    const unknown = await planRecipe({ recipe: 'magpie-deepseek-r1', count: 20, set, directory });
    expect(unknown.usd).toBeNull();
  });

  it('plans without a server at localhost that does not answer, and says so', async () => {
    vi.stubEnv('MATHPIE_MAX_RETRIES', '0');
    onTestFinished(() => void vi.unstubAllEnvs());
    const notes: string[] = [];
    const set = ['models.solutions=http://127.0.0.1:9/v1#deepseek-ai/DeepSeek-R1'];
    const plan = await planRecipe({
      recipe: 'magpie-deepseek-r1',
      ...{ count: 3, set, directory, onNote: (line: string) => notes.push(line) },
    });
    expect(plan.steps[1]).toMatchObject({ step: 'respond', probed: 0, totals: { completions: 3 } });
    expect(notes[0]).toMatch(/^Planned without a probe: Cannot reach .*127\.0\.0\.1:9/);
  });

  it('refuses a batch without an endpoint', async () => {
    const file = join(folder, 'mine.json');
    const instruct = { count: 1, source: 'ours' };
    const recipe = { name: 'mine', version: 1, description: 'x', models: { problems: 'pocket' }, instruct };
    writeFileSync(file, JSON.stringify(recipe));
    await expect(planRecipe({ recipe: file, directory, isBatch: true })).rejects.toThrow(
      /^Cannot use batch with pocket: only an endpoint has a Batch API; leave batch out$/,
    );
  });
});
