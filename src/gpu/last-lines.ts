import { open } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';

/** What is kept of a long log: enough for a Python traceback. */
export const mostLines = 40;
const mostBytes = 64 * 1024;

/** The last lines of a file from byte `from` on, without empty ones; none for a file that cannot be read. */
export async function lastLines(file: string, { from = 0 }: { from?: number } = {}): Promise<string[]> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return [];
  try {
    const { size } = await handle.stat();
    const start = Math.max(from, size - mostBytes);
    const buffer = Buffer.alloc(Math.max(0, size - start));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
    return splitLines(buffer.toString('utf8', 0, bytesRead)).slice(-mostLines);
  } finally {
    await handle.close();
  }
}

/** Keeps the last lines of a stream that is fed to it piece by piece: as many as fit into 64 KiB, however torchrun reports. */
export function keepLastLines(): { add(text: string): void; lines(): string[] } {
  let kept = '';
  return {
    add: (text) => {
      kept = (kept + text).slice(-mostBytes);
    },
    lines: () => splitLines(kept),
  };
}

function splitLines(text: string): string[] {
  // A progress line that is redrawn counts as what it showed last.
  const lines = text.split('\n').map((line) => line.replace(/\r$/, '').split('\r').at(-1) ?? '');
  return lines.map((line) => stripVTControlCharacters(line).trimEnd()).filter((line) => line !== '');
}
