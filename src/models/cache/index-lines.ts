import type { FileHandle } from 'node:fs/promises';

const chunkBytes = 2 ** 20;
const prefix = '{"key":"';
const keyLength = 32;

/**
 * Where the lines of a file of completions are, by key: byte offset and length without the line end. A line that does not
 * begin with a key is passed over, and so is a last one without a line end: its writer was killed, or is at it.
 */
export async function* indexLines(
  handle: FileHandle,
): AsyncGenerator<{ readonly key: string; readonly start: number; readonly length: number }> {
  const chunk = Buffer.alloc(chunkBytes);
  let position = 0;
  let lineStart = 0;
  let head = '';
  for (;;) {
    const { bytesRead } = await handle.read(chunk, 0, chunkBytes, position);
    if (bytesRead === 0) return;
    let from = 0;
    while (from < bytesRead) {
      const end = chunk.subarray(0, bytesRead).indexOf(0x0a, from);
      const wanted = prefix.length + keyLength + 1 - head.length;
      // latin1: a byte is a character, and keys are plain.
      if (wanted > 0) head += chunk.toString('latin1', from, Math.min(end === -1 ? bytesRead : end, from + wanted));
      if (end === -1) break;
      const key = head.slice(prefix.length, -1);
      if (head.startsWith(prefix) && head.endsWith('"') && /^[0-9a-f]{32}$/.test(key)) {
        yield { key, start: lineStart, length: position + end - lineStart };
      }
      lineStart = position + end + 1;
      from = end + 1;
      head = '';
    }
    position += bytesRead;
  }
}
