import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { removeTemporaryFiles, writeAtomic } from './write-atomic.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-write-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('writeAtomic()', () => {
  it('replaces a file and leaves nothing beside it', async () => {
    const file = join(directory, 'a.json');
    await writeAtomic(file, 'one');
    await writeAtomic(file, 'two');
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(directory)).toEqual(['a.json']);
  });

  it('says what stands in the way', async () => {
    await expect(writeAtomic(join(directory, 'no', 'a.json'), 'x')).rejects.toThrow(
      `Cannot write ${join(directory, 'no', 'a.json')}: the directory does not exist`,
    );
    await expect(writeAtomic(join(directory, 'a.json', 'b'), 'x')).rejects.toThrow(/a part of the path is a file/);
    await expect(writeAtomic(directory, 'x')).rejects.toThrow(/Cannot write/);
  });
});

describe('removeTemporaryFiles()', () => {
  it('removes what dead processes left, and nothing else', async () => {
    const stays = ['a.json', '.hidden.tmp', `.b.json.${process.ppid}.0123abcd.tmp`];
    for (const name of [...stays, '.a.json.99999999.0123abcd.tmp', `.a.json.${process.pid}.0123abcd.tmp`]) {
      writeFileSync(join(directory, name), '');
    }
    await removeTemporaryFiles(directory);
    expect(readdirSync(directory).sort()).toEqual(stays.sort());
  });
});
