import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { StorageError } from '../errors.js';
import { openJsonlAppender } from './append-jsonl.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-append-'));
const file = join(directory, 'records.jsonl');
afterAll(() => rmSync(directory, { recursive: true }));

describe('openJsonlAppender()', () => {
  it.each([
    ['an empty file', '', ''],
    ['whole lines', '{"a":1}\n', '{"a":1}\n'],
    ['a torn last line', '{"a":1}\n{"a":', '{"a":1}\n'],
    ['nothing but a torn line', '{"a', ''],
    ['a torn line longer than the read chunk', `{"a":1}\n${'x'.repeat(200_000)}`, '{"a":1}\n'],
    ['zeros in a line', '{"a":1}\n{"b\0\0\0\n', '{"a":1}\n'],
    ['zeros at the end', '{"a":1}\n\0\0\0', '{"a":1}\n'],
    ['zeros in front of whole lines', '\0\0\n{"a":1}\n', '{"a":1}\n'],
    ['a last line cut inside a letter', Buffer.from('{"a":1}\n{"a":"é').subarray(0, -1), '{"a":1}\n'],
  ])('opens %s at its last newline', async (_, before, kept) => {
    writeFileSync(file, before);
    const appender = await openJsonlAppender({ file });
    if (!before.includes('\0')) expect(appender.repairedBytes).toBe(Buffer.byteLength(before) - kept.length);
    await appender.append({ a: 2 });
    expect(readFileSync(file, 'utf8')).toBe(`${kept}{"a":2}\n`);
    await appender.close();
  });

  it('keeps the order of rows appended at the same time', async () => {
    writeFileSync(file, '');
    const appender = await openJsonlAppender({ file });
    await Promise.all(Array.from({ length: 500 }, (_, index) => appender.append({ index })));
    await appender.close();
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).index)).toEqual(Array.from({ length: 500 }, (_, index) => index));
  });

  it('cuts a half-written line away and stays failed when the disk is full', async () => {
    writeFileSync(file, '{"a":1}\n');
    const appender = await openJsonlAppender({ file, effects: { open: openOnFullDisk(5) } });
    const message = `Cannot append to ${file}: the disk is full; what was written before is kept, free some space and repeat the same command`;
    await expect(appender.append({ a: 2 })).rejects.toThrow(new StorageError(message));
    await expect(appender.append({ a: 3 })).rejects.toThrow(message);
    await appender.close();
    expect(readFileSync(file, 'utf8')).toBe('{"a":1}\n');
  });

  it.skipIf(process.platform !== 'linux')('says that the device /dev/full is full', async () => {
    const appender = await openJsonlAppender({ file: '/dev/full' });
    await expect(appender.append({ a: 1 })).rejects.toThrow(/the disk is full/);
    await appender.close();
  });

  it('throws StorageError when the path goes through a file', async () => {
    await expect(openJsonlAppender({ file: join(file, 'records.jsonl') })).rejects.toThrow(
      /a part of the path is a file/,
    );
  });
});

/** A file whose disk takes `bytes` more bytes, then none. */
function openOnFullDisk(bytes: number): (path: string, flags: string) => Promise<FileHandle> {
  return async (path, flags) => {
    const handle = await open(path, flags);
    let room = bytes;
    const write = async (buffer: Buffer, offset: number): Promise<{ bytesWritten: number }> => {
      if (room === 0) throw Object.assign(new Error('write'), { code: 'ENOSPC' });
      const { bytesWritten } = await handle.write(buffer, offset, Math.min(room, buffer.length - offset));
      room -= bytesWritten;
      return { bytesWritten };
    };
    return new Proxy(handle, {
      get: (target, key) => {
        const value = key === 'write' ? write : Reflect.get(target, key);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  };
}
