import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { planRuns } from './plan-runs.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A run directory with one answer to each of ten questions. */
const runOf = (name: string, { id, ask, right }: { id: string; ask: string; right: (index: number) => boolean }) => {
  const directory = join(folder, name);
  mkdirSync(directory);
  const rows = Array.from({ length: 10 }, (_, index) => ({
    ...{ problem: `${id}${index}`, question: `${ask} ${index}?`, gold: '1', correct: right(index) },
  }));
  writeFileSync(join(directory, 'graded.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return directory;
};

describe('planRuns({ detect, from })', () => {
  const before = runOf('before', { id: 'a', ask: 'What is', right: (index) => index > 4 });
  const after = runOf('after', { id: 'b', ask: 'What is', right: (index) => index > 2 });
  const other = runOf('other', { id: 'c', ask: 'Who was', right: () => true });

  it('pairs runs whose ids differ by the text of their questions', async () => {
    const { discordance, available } = await planRuns({ detect: 0.02, from: [before, after] });
    expect(discordance).toMatchObject({ share: 0.2, from: 'these runs on 10 questions' });
    expect(available).toBe(10);
  });

  it('refuses runs without a question in common, where published ones would stand in silently', async () => {
    await expect(planRuns({ detect: 0.02, from: [before, other] })).rejects.toThrow('they have no question in common');
  });

  it('takes published runs where one answer a question tells nothing', async () => {
    const { discordance } = await planRuns({ detect: 0.02, from: [before] });
    expect(discordance.from).toContain('four published models');
  });
});
