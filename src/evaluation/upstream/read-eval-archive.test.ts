import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { readEvalArchive } from './read-eval-archive.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-archive-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The one entry of an archive, with the size that it says it has. */
function entry(name: string, { method, body, told }: { method: number; body: Buffer; told: number }): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(method, 8);
  head.writeUInt32LE(body.length, 18);
  head.writeUInt32LE(told, 22);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, Buffer.from(name), body, endOfArchive]);
}

/** The record that closes an archive (4.3.16 of the ZIP format). */
const endOfArchive = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');

/** A zstd frame of blocks that repeat one blank 131,072 times, four bytes each (RFC 8878, 3.1.1.2). */
function repeated(blocks: number): Buffer {
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38]);
  const block = (isLast: boolean): Buffer => {
    const bytes = Buffer.alloc(4, 0x20);
    bytes.writeUIntLE((131_072 << 3) | (1 << 1) | Number(isLast), 0, 3);
    return bytes;
  };
  return Buffer.concat([head, ...Array.from({ length: blocks }, (_, index) => block(index === blocks - 1))]);
}

const sample = 'samples/1_epoch_1.json';
const blanks = (megabytes: number): Buffer => deflateRawSync(Buffer.alloc(megabytes * 1024 * 1024, 0x20));

const read = async (bytes: Buffer): Promise<number> => {
  const file = join(folder, 'made.eval');
  writeFileSync(file, bytes);
  let count = 0;
  for await (const _ of readEvalArchive(file)) count += 1;
  return count;
};

describe('readEvalArchive(file) refuses a sample that unpacks to more than 64 MB', () => {
  it.each([
    ['which says so itself', entry(sample, { method: 8, body: blanks(1), told: 2 ** 31 })],
    ['deflated, whatever it says', entry(sample, { method: 8, body: blanks(65), told: 100 })],
    ['by zstd: 2.6 GB in 80 kB', entry(sample, { method: 93, body: repeated(20_000), told: 100 })],
  ])('%s', async (_, bytes) => {
    await expect(read(bytes)).rejects.toThrow(`${sample}: it unpacks to more than 64 MB`);
  });

  it('and reads a long one', async () => {
    const text = JSON.stringify({ id: 1, input: 'é'.repeat(5_000_000) });
    expect(await read(entry(sample, { method: 8, body: deflateRawSync(text), told: text.length }))).toBe(1);
  });
});
