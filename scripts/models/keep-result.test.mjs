import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { keepResult } from './keep-result.mjs';
import { describeLacking, findRealModels, realModels, requireSome } from './real-models.mjs';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-measure-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('keepResult()', () => {
  it('measures once with the same settings, and again with others', async () => {
    let measured = 0;
    const measure = (settings) => keepResult(join(folder, 'deep', 'speed.json'), settings, async () => ++measured);
    expect([await measure({ n: 1 }), await measure({ n: 1 }), await measure({ n: 2 })]).toEqual([1, 1, 2]);
  });
});

describe('findRealModels()', () => {
  it('names what is not there with where it is to be had, and refuses a folder without any', () => {
    const names = realModels.map(({ name }) => name);
    const none = findRealModels({ folder, names });
    expect(() => requireSome(none, folder)).toThrow(/holds none of smollm2\.gguf, .*hf:/);
    writeFileSync(join(folder, 'gemma.gguf'), '');
    const { found, lacking } = findRealModels({ folder, names });
    expect(found.map(({ string }) => string)).toEqual([
      `gguf:${join(folder, 'gemma.gguf')}?like=google/gemma-3-270m-it`,
    ]);
    expect(describeLacking(lacking, folder)[0]).toContain('hf:');
  });
});
