import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import { readJsonTexts } from './read-json-texts.js';

const directory = mkdtempSync(join(tmpdir(), 'json-texts-'));
afterAll(() => rmSync(directory, { recursive: true }));

const rows = [{ query: 'a {"b": [1]}\n"', list: [{ x: 1 }] }, {}, { query: '\\', nested: { y: '}' } }];

async function read(content: string): Promise<{ place: number; text: string }[]> {
  const file = join(directory, 'rows');
  writeFileSync(file, content);
  const texts: { place: number; text: string }[] = [];
  for await (const one of readJsonTexts(file)) texts.push(one);
  return texts;
}

describe('readJsonTexts(file)', () => {
  it.each([
    ['JSON lines', rows.map((row) => JSON.stringify(row)).join('\n')],
    ['an array on one line', JSON.stringify(rows)],
    ['an indented array with a byte order mark', `\uFEFF\n${JSON.stringify(rows, null, 2)}\n`],
    ['an array with Windows line ends', JSON.stringify(rows, null, 2).replaceAll('\n', '\r\n')],
  ])('reads the rows of %s', async (_, content) => {
    expect((await read(content)).map(({ text }) => JSON.parse(text))).toEqual(rows);
  });

  it('numbers lines, and objects of an array', async () => {
    expect((await read('{}\n\n{}')).map(({ place }) => place)).toEqual([1, 3]);
    expect((await read('[\n{},\n\n{}]')).map(({ place }) => place)).toEqual([1, 2]);
  });

  it('ends with the torn rest of an array', async () => {
    expect(await read('[{"a": 1}, {"b": ')).toEqual([
      { place: 1, text: '{"a": 1}' },
      { place: 2, text: '{"b": ' },
    ]);
  });

  it.each([
    ['', []],
    ['[]', []],
    ['[1, [{"a": "]"}, 2], {"b": 1}, "x, ]"]\n', ['1', '[{"a": "]"}, 2]', '{"b": 1}', '"x, ]"']],
    ['[{"a": 1},\n', ['{"a": 1}', 'end of the file, where ] is missing']],
    ['[{"a": 1}, nul', ['{"a": 1}', 'nul']],
    ['[{"a": 1}] {"b": 2}', ['{"a": 1}', '{"b": 2}']],
  ])('keeps what is no row, and says where an array has no end: %j', async (content, expected) => {
    expect((await read(content)).map(({ text }) => text)).toEqual(expected);
  });

  it('names a file that is not there', async () => {
    await expect(readJsonTexts(join(directory, 'absent')).next()).rejects.toThrow(InputError);
  });
});
