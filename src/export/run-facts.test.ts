import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readRunFacts } from './run-facts.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-facts-'));
afterAll(() => rmSync(directory, { recursive: true }));

const stages = { respond: {}, 'export-sft': {}, 'export-dpo': {}, evaluate: {} };

function writeRun(finished: readonly string[]): void {
  writeFileSync(join(directory, 'config.json'), JSON.stringify({ startedAt: '2026-01-01', seed: 1, stages }));
  const ended = Object.fromEntries(finished.map((stage) => [stage, { summary: { rows: 1 } }]));
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ stages: {}, finished: ended, files: {} }));
}

describe('readRunFacts(directory, { stage })', () => {
  it.each([
    ['an export that is made again before a later stage has ended', ['respond'], 'export-sft', ['respond'], []],
    ['a later export', ['respond', 'export-sft'], 'export-dpo', ['respond', 'export-sft'], []],
    ['an export behind a stage that has not ended', [], 'export-sft', ['respond'], ['respond']],
    [
      'a set of its own, of which other exports are no part',
      ['respond', 'evaluate'],
      undefined,
      Object.keys(stages),
      [],
    ],
    ['a set of its own of a run that goes on', ['respond'], undefined, Object.keys(stages), ['evaluate']],
  ])('%s', async (_, finished, stage, named, unfinished) => {
    writeRun(finished);
    const facts = await readRunFacts(directory, { stage });
    expect(facts?.stages.map(({ name }) => name)).toEqual(named);
    expect(facts?.unfinished).toEqual(unfinished);
  });
});
