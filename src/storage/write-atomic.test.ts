import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeAtomic } from './write-atomic.js';

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
