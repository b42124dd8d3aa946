import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findEngine } from './find-engine.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-find-engine-'));
afterAll(() => rmSync(folder, { recursive: true }));
const recording = join(folder, 'recording.jsonl');
writeFileSync(recording, '{"key": "a", "script": "train-sft", "events": [], "files": {}}\n');
const environment = { MATHPIE_PYTHON: '/nowhere/python' };

describe('findEngine()', () => {
  it('says in one line what is missing and what to type', async () => {
    expect(await findEngine('generate', environment)).toEqual({
      isThere: false,
      says: expect.stringMatching(/^Left out, as vllm is not installed\. Cannot run generate\.py: .*; type "[^\n]*$/),
    });
  });

  it.each([
    ['train-sft', true],
    ['generate', false],
  ] as const)('needs no Python for what is recorded: %s', async (script, isThere) => {
    expect((await findEngine(script, { ...environment, MATHPIE_REPLAY: recording })).isThere).toBe(isThere);
  });
});
