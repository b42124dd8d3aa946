import { existsSync, mkdtempSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clearRun } from './clear-run.js';
import { openRun } from './open-run.js';
import { readManifest } from './read-manifest.js';
import { runName } from './run-name.js';

const temporary = (): string => mkdtempSync(join(tmpdir(), 'mathpie-run-'));

describe('runName(title, settings)', () => {
  it('is the same for the same settings in another order, and another for other settings', () => {
    const name = runName('My set', { model: 'pocket', nested: { a: 1, b: 2 } });
    expect(name).toMatch(/^My-set-[0-9a-f]{8}$/);
    expect(runName('My set', { nested: { b: 2, a: 1 }, model: 'pocket' })).toBe(name);
    expect(runName('My set', { model: 'pocket', nested: { a: 1, b: 3 } })).not.toBe(name);
  });

  it.each(['../../etc', 'a/b', '..', 'C:\\x'])('makes a plain directory name of %j', (title) => {
    expect(runName(title, 1)).toMatch(/^[A-Za-z0-9][\w.-]*$/);
  });
});

describe('clearRun(directory)', () => {
  it('empties the directory, which can then be opened with another configuration', async () => {
    const directory = temporary();
    const first = await openRun({ directory, stage: 'a', config: { seed: 1 } });
    await first.writeFile('rows.jsonl', '{}\n');
    await first.close();
    await writeFile(join(directory, 'other.txt'), 'x');
    await clearRun(directory);
    expect(existsSync(join(directory, 'other.txt'))).toBe(false);
    await (await openRun({ directory, stage: 'a', config: { seed: 2 } })).close();
  });

  it('refuses while a run is open there', async () => {
    const directory = temporary();
    const run = await openRun({ directory, stage: 'a', config: {} });
    await expect(clearRun(directory)).rejects.toThrow('has it open already');
    await run.close();
  });

  it('makes a directory that is not there', async () => {
    const directory = join(temporary(), 'new');
    await clearRun(directory);
    expect(existsSync(directory)).toBe(true);
  });
});

describe('readManifest(directory)', () => {
  it('gives what finish wrote', async () => {
    const directory = temporary();
    const run = await openRun({ directory, stage: 'a', config: {} });
    await run.finish({ rows: 3 });
    await run.close();
    expect((await readManifest(directory)).finished.a?.summary).toEqual({ rows: 3 });
  });

  it('says that nothing finished where there is no manifest', async () => {
    await expect(readManifest(temporary())).rejects.toThrow('no stage has finished');
  });
});
