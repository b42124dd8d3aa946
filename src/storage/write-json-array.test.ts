import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeJsonArray } from './write-json-array.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-array-'));
const file = join(folder, 'rows.json');
afterAll(() => rmSync(folder, { recursive: true }));

describe('writeJsonArray()', () => {
  it.each([
    [[]],
    [[{}]],
    [[{ a: 1, text: 'two\nlines\r\n  "quoted" \u2028' }]],
    [[{ a: { b: [1, [], {}, null] } }, { c: [] }, { d: undefined, e: 'x' }]],
  ])('writes %j as JSON.stringify does', async (rows) => {
    await writeJsonArray({ file, rows });
    expect(readFileSync(file, 'utf8')).toBe(`${JSON.stringify(rows, null, 2)}\n`);
  });

  it('leaves the file as it was where a row cannot be written', async () => {
    await writeJsonArray({ file, rows: [{ a: 1 }] });
    const endless: { self?: object } = {};
    endless.self = endless;
    await expect(writeJsonArray({ file, rows: [{ a: 2 }, endless] })).rejects.toThrow(TypeError);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([{ a: 1 }]);
    expect(readdirSync(folder)).toEqual(['rows.json']);
  });
});
