import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hashFile } from '../storage/hash-file.js';
import { noteFile, readExportNote } from './export-note.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-note-'));
const file = join(directory, 'sft.jsonl');
afterAll(() => rmSync(directory, { recursive: true }));

describe('readExportNote(file) of a stranger', () => {
  it.each([
    ['README.md', true],
    ['../secret.txt', false],
    ['/etc/passwd', false],
    ['a/b.md', false],
    ['..\\secret.txt', false],
    ['..', false],
    ['', false],
  ])('takes the card %j: %j', async (card, isTaken) => {
    writeFileSync(file, '{}\n');
    const note = {
      mathpie: '1',
      shape: 'messages',
      rows: 1,
      sha256: await hashFile(file),
      run: null,
      unfinished: [],
      tests: [],
      card,
    };
    writeFileSync(noteFile(file), JSON.stringify(note));
    const read = readExportNote(file);
    if (isTaken) expect((await read).card).toBe(card);
    else await expect(read).rejects.toThrow(/^Cannot use .*sft\.jsonl: no .* says where it is from/);
  });
});
