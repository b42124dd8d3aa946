import { readSync } from 'node:fs';

/** Reads little-endian values one after the other; `where` names the place in the error when the file ends there. */
export type ByteReader = {
  readonly position: () => number;
  /** Valid until the next call. At most 16 MiB. */
  readonly bytes: (length: number, where: string) => Buffer;
  readonly uint32: (where: string) => number;
  /** An unsigned 64-bit number. One that no file could hold counts as the end of the file. */
  readonly count: (where: string) => number;
  /** A 64-bit length and so many bytes of UTF-8. */
  readonly text: (where: string) => string;
  readonly skip: (length: number, where: string) => void;
};

export function openByteReader({
  descriptor,
  size,
  truncated,
}: {
  readonly descriptor: number;
  readonly size: number;
  readonly truncated: (where: string) => Error;
}): ByteReader {
  let window = Buffer.alloc(0);
  let windowStart = 0;
  let position = 0;

  const need = (length: number, where: string): void => {
    if (length > size - position) throw truncated(where);
  };
  const bytes = (length: number, where: string): Buffer => {
    need(length, where);
    if (length > maxBytes) throw truncated(where);
    if (position < windowStart || position + length > windowStart + window.length) {
      window = Buffer.alloc(Math.min(Math.max(length, windowBytes), size - position));
      windowStart = position;
      let filled = 0;
      while (filled < window.length) {
        const count = readSync(descriptor, window, filled, window.length - filled, position + filled);
        if (count === 0) throw truncated(where);
        filled += count;
      }
    }
    const start = position - windowStart;
    position += length;
    return window.subarray(start, start + length);
  };
  const count = (where: string): number => {
    const value = bytes(8, where).readBigUInt64LE();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw truncated(where);
    return Number(value);
  };
  return {
    position: () => position,
    bytes,
    uint32: (where) => bytes(4, where).readUInt32LE(),
    count,
    text: (where) => bytes(count(where), where).toString('utf8'),
    skip: (length, where) => {
      need(length, where);
      position += length;
    },
  };
}

const windowBytes = 1 << 20;
const maxBytes = 16 << 20;
