import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listFiles } from './list-files.js';

it('listFiles() gives paths relative to the folder, sorted, without hidden files', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'mathpie-list-'));
  mkdirSync(join(directory, 'b'));
  for (const name of ['c.json', 'b/a.jsonl', '.lock.1']) writeFileSync(join(directory, name), 'xyz');
  expect(await listFiles(directory)).toEqual([
    { path: 'b/a.jsonl', bytes: 3 },
    { path: 'c.json', bytes: 3 },
  ]);
});
