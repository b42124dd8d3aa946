import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StorageError } from '../errors.js';
import { openAtomicWriter } from './open-atomic-writer.js';
import { temporaryBeside } from './temporary-file.js';
import { writeJsonl } from './write-jsonl.js';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'write-jsonl-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('writeJsonl({file, rows})', () => {
  it('writes more than one chunk whole, in a folder that it makes', async () => {
    const file = join(directory, 'new', 'rows.jsonl');
    const text = 'é'.repeat(3000);
    const rows = Array.from({ length: 300 }, (_, id) => ({ id, text }));
    expect(await writeJsonl({ file, rows })).toBe(300);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(rows);
    expect(await readdir(join(directory, 'new'))).toEqual(['rows.jsonl']);
  });

  it('leaves the earlier file as it was when the rows fail', async () => {
    const file = join(directory, 'rows.jsonl');
    await writeFile(file, 'before');
    async function* broken() {
      yield { id: 1 };
      throw new RangeError('broken');
    }
    await expect(writeJsonl({ file, rows: broken() })).rejects.toThrow('broken');
    expect(await readFile(file, 'utf8')).toBe('before');
    expect(await readdir(directory)).toEqual(['rows.jsonl']);
  });

  it('names the file that cannot be written', async () => {
    await writeFile(join(directory, 'taken'), '');
    const work = writeJsonl({ file: join(directory, 'taken', 'rows.jsonl'), rows: [] });
    await expect(work).rejects.toThrow(StorageError);
    await expect(work).rejects.toThrow('rows.jsonl');
  });
});

describe('openAtomicWriter(file)', () => {
  it('shows the old content until it commits, and keeps the new one after it', async () => {
    const file = join(directory, 'text');
    await writeFile(file, 'old');
    const writer = await openAtomicWriter(file);
    await writer.write('new');
    expect(await readFile(file, 'utf8')).toBe('old');
    await writer.commit();
    await writer.abort();
    expect(await readFile(file, 'utf8')).toBe('new');
  });

  it('removes what killed writers of the same file left, and nothing of others', async () => {
    const file = join(directory, 'orphans.jsonl');
    const of = (name: string, pid: number): string =>
      basename(temporaryBeside(name)).replace(`.${process.pid}.`, `.${pid}.`);
    const [orphan, other, living] = [
      of('orphans.jsonl', 99_999_999),
      of('x.jsonl', 99_999_999),
      of('orphans.jsonl', process.ppid),
    ];
    for (const name of [orphan, other, living]) await writeFile(join(directory, name ?? ''), '');
    await writeJsonl({ file, rows: [{ a: 1 }] });
    const left = await readdir(directory);
    expect([orphan, other, living].map((name) => left.includes(name ?? ''))).toEqual([false, true, true]);
  });
});
