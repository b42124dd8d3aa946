import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readCsv } from './read-csv.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-csv-'));
const file = join(root, 'rows.csv');
afterAll(() => rmSync(root, { recursive: true }));

async function read(text: string, longest?: number): Promise<unknown[]> {
  writeFileSync(file, text);
  const rows: unknown[] = [];
  for await (const { value } of readCsv(file, longest === undefined ? {} : { longest })) rows.push(value);
  return rows;
}
const lines = 'said, word\n'.repeat(100_000);

describe('readCsv(file)', () => {
  it('reads many rows that are longer together than one may be', async () => {
    const row = `1,${'word '.repeat(40)}\n`;
    expect(await read(`a,b\n${row.repeat(5000)}`, 500_000)).toHaveLength(5000);
  });

  it('reads a value with very many lines in it', async () => {
    expect(await read(`a,b\n1,"${lines}"\n`)).toEqual([{ a: '1', b: lines }]);
  });

  it.each([
    ['a row', `a,b\n1,2\n3,"${lines}`, 'its row 2 is longer than 1 MB'],
    ['the head', `a,"b\n${lines}`, 'its head is longer than 1 MB'],
  ])('names %s that never ends, as a quote is not closed', async (_, text, said) => {
    await expect(read(text, 1e6)).rejects.toThrow(`Cannot read ${file}: ${said}; close the quote that begins there`);
  });
});
