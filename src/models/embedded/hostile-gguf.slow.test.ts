import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { eachChange } from '../../__fixtures__/extent.js';
import { CancelledError, ModelError } from '../../errors.js';
import { listTree } from '../../gpu/process-tree.js';
import { packagePath } from '../../package-root.js';
import { tryLoading } from './try-loading.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-hostile-'));
afterAll(() => rmSync(root, { recursive: true }));
const pocket = packagePath('data', 'pocket', 'pocket.gguf');
const bytes = readFileSync(pocket);

/** The file with another number behind a key of its metadata: a key is followed by its type (4 bytes) and its value. */
function withNumber(key: string, value: number): string {
  const changed = Buffer.from(bytes);
  const at = changed.indexOf(key) + key.length + 4;
  changed.writeUInt32LE(value >>> 0, at);
  const file = join(root, `${key}-${value}.gguf`);
  writeFileSync(file, changed);
  return file;
}

const keys = [
  'llama.attention.head_count',
  'llama.embedding_length',
  'llama.block_count',
  'llama.context_length',
  'llama.rope.dimension_count',
  'llama.feed_forward_length',
];
const cases = keys
  .filter((key) => bytes.includes(key))
  .flatMap((key) =>
    eachChange([0, 2 ** 31 - 1], [0, 1, 3, 2 ** 31 - 1, 2 ** 32 - 1]).map((value) => [key, value] as const),
  );

describe('a GGUF file whose header lies', () => {
  it.each(cases)('%s = %i never ends this process', async (key, value) => {
    const error = await tryLoading(withNumber(key, value)).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error !== undefined) expect(error).toBeInstanceOf(ModelError);
  });

  // llama.cpp loads it, and ends the process at the first token
  it.each([-1, Number.NaN])('is refused where only the work with it breaks: epsilon of the norms %d', async (value) => {
    const bits = Buffer.alloc(4);
    bits.writeFloatLE(value);
    const file = withNumber('llama.attention.layer_norm_rms_epsilon', bits.readUInt32LE());
    await expect(tryLoading(file)).rejects.toThrow(/^Cannot open model .+: llama\.cpp breaks on it/);
  });

  it('is tried once, and a whole file is taken', async () => {
    const copy = join(root, 'copy.gguf');
    copyFileSync(pocket, copy);
    await tryLoading(copy);
    const before = performance.now();
    await tryLoading(copy);
    expect(performance.now() - before).toBeLessThan(50);
  });

  it('is not blamed for Ctrl-C, which reaches the process that tries it too', async () => {
    const copy = join(root, 'stopped.gguf');
    copyFileSync(pocket, copy);
    const trying = tryLoading(copy).catch((error: unknown) => error);
    const tries = () => listTree(process.pid).filter(({ command }) => command.includes(copy));
    await vi.waitFor(() => expect(tries()).toHaveLength(1), { interval: 2, timeout: 10_000 });
    for (const { pid } of tries()) process.kill(pid, 'SIGINT');
    expect(await trying).toBeInstanceOf(CancelledError);
  });
});
