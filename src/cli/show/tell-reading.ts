import { stat } from 'node:fs/promises';
import type { Terminal } from './terminal.js';

/** Rows between two looks at the clock. */
const rowsApiece = 1000;

/**
 * The lines of a file as they are, and how far it has been read on the terminal. How many lines it has is not known before its end: it is told from the length of those that
 * were read. Of a file that is packed, or no file, nothing is told.
 */
export async function* tellReading(
  lines: AsyncIterable<string>,
  { file, stage, terminal }: { readonly file: string; readonly stage: string; readonly terminal: Terminal },
): AsyncGenerator<string> {
  const size = await stat(file).then(
    (found) => (found.isFile() && !file.endsWith('.gz') ? found.size : 0),
    () => 0,
  );
  const startedAt = performance.now();
  let [done, bytes] = [0, 0];
  const tell = (total: number): void => {
    const elapsedMs = performance.now() - startedAt;
    const remainingMs = (elapsedMs / done) * (total - done);
    terminal.progress({ stage, done, total, tokens: 0, tokensPerSecond: 0, elapsedMs, remainingMs });
  };
  for await (const line of lines) {
    yield line;
    done += 1;
    bytes += Buffer.byteLength(line) + 1;
    if (size > 0 && done % rowsApiece === 0) tell(Math.max(done + 1, Math.round((done * size) / bytes)));
  }
  if (size > 0 && done >= rowsApiece) tell(done);
}
