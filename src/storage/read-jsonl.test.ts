import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import { readJsonl, requireFields } from './read-jsonl.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-read-'));
const file = join(directory, 'rows.jsonl');
afterAll(() => rmSync(directory, { recursive: true }));

const long = 'x'.repeat(3_000_000);

describe('readJsonl()', () => {
  it.each([
    ['reads one object per line', '{"a":1}\n{"a":2}\n', [1, 2]],
    ['reads a last line without newline', '{"a":1}\n{"a":2}', [1, 2]],
    ['accepts CRLF', '{"a":1}\r\n{"a":2}\r\n', [1, 2]],
    ['drops a byte order mark', '\uFEFF{"a":1}\n', [1]],
    ['passes over empty lines', '\n{"a":1}\n   \n\r\n{"a":2}\n\n', [1, 2]],
    ['keeps U+2028 inside a string', '{"a":"x\u2028y"}\n', ['x\u2028y']],
    ['reads lines of megabytes', `{"a":"${long}"}\n{"a":2}\n`, [long, 2]],
    ['reads letters cut by a chunk border', `{"a":"${'é'.repeat(300_001)}"}\n`, ['é'.repeat(300_001)]],
    ['reads an empty file as no rows', '', []],
  ])('%s', async (_, content, values) => {
    writeFileSync(file, content);
    const { rows, bad } = await readJsonl<{ a: unknown }>({ file });
    expect(rows.map(({ a }) => a)).toEqual(values);
    expect(bad).toEqual([]);
  });

  it('reads what gzip packed, and says what is damaged or in UTF-16', async () => {
    const packed = gzipSync('{"a":1}\n{"a":2}\n');
    writeFileSync(file, packed);
    expect((await readJsonl<{ a: unknown }>({ file })).rows).toEqual([{ a: 1 }, { a: 2 }]);
    for (const [bytes, said] of [
      [packed.subarray(0, -12), /packed by gzip and damaged/],
      [Buffer.from('\ufeff{"a":1}\n', 'utf16le'), /it is written in UTF-16; save it as UTF-8/],
    ] as const) {
      writeFileSync(file, bytes);
      await expect(readJsonl({ file })).rejects.toThrow(said);
    }
  });

  it.each([
    ['no JSON', '{"a":1}\n{"a":\n', 2, 'not JSON (starts with "{\\"a\\":")'],
    ['an array', '[1]\n', 1, 'a JSON array where an object belongs'],
    ['null', '\nnull\n', 2, 'a JSON null where an object belongs'],
    ['a number', '3\n', 1, 'a JSON number where an object belongs'],
    ['a missing field', '{"a":1}\n{"b":1}\n', 2, 'lacks the field "a"'],
    ['a null field', '{"a":null}\n', 1, 'lacks the field "a"'],
  ])('names file, line and reason of %s', async (_, content, line, reason) => {
    writeFileSync(file, content);
    const check = requireFields(['a']);
    const failure = await readJsonl({ file, check }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect(failure).toMatchObject({ file, line });
    expect((failure as Error).message).toContain(`${file}:${line}: ${reason}`);
    expect((await readJsonl({ file, check, skipBad: true })).bad).toEqual([{ file, line, reason }]);
  });

  it('goes on after bad lines with skipBad', async () => {
    writeFileSync(file, 'x\n{"a":1}\ny\n{"a":2}\n');
    const { rows, bad } = await readJsonl({ file, skipBad: true });
    expect(rows).toEqual([{ a: 1 }, { a: 2 }]);
    expect(bad.map(({ line }) => line)).toEqual([1, 3]);
  });

  it('stops at the limit before it meets a bad line', async () => {
    writeFileSync(file, '{"a":1}\n{"a":2}\nbad\n');
    expect((await readJsonl({ file, limit: 2 })).rows).toHaveLength(2);
  });

  it.each([
    ['absent', () => join(directory, 'absent.jsonl'), 'no such file; check the path'],
    ['a directory', () => directory, 'it is a directory; name a file in it'],
  ])('says why it cannot read a file that is %s', async (_, path, state) => {
    await expect(readJsonl({ file: path() })).rejects.toThrow(`Cannot read ${path()}: ${state}`);
  });
});
