import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeDirectory } from './make-directory.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-make-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('makeDirectory()', () => {
  it('makes what is absent, however often', async () => {
    await Promise.all(Array.from({ length: 40 }, () => makeDirectory(join(root, 'a', 'b', 'c'))));
    expect(statSync(join(root, 'a', 'b', 'c')).isDirectory()).toBe(true);
  });

  it('throws where a file stands in the way', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(makeDirectory(join(root, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeDirectory(join(root, 'file', 'a'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it.skipIf(process.platform !== 'linux').each(['/proc/mathpie/run', '/proc/mathpie'])(
    'returns for %s',
    async (path) => {
      await expect(makeDirectory(path)).rejects.toMatchObject({ code: 'ENOENT' });
    },
  );
});
