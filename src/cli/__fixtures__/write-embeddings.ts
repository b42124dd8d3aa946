import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A directory as mathpie embed leaves it, of a model called `tiny-model`. */
export function writeEmbeddings(
  directory: string,
  { ids, vectors }: { readonly ids: readonly string[]; readonly vectors: readonly number[] },
): string {
  mkdirSync(directory, { recursive: true });
  const shape = `{'descr': '<f4', 'fortran_order': False, 'shape': (${ids.length}, ${vectors.length / ids.length}), }\n`;
  const header = Buffer.from(`\x93NUMPY\x01\0\0\0${shape}`, 'latin1');
  header.writeUInt16LE(shape.length, 8);
  const numbers = Buffer.from(Float32Array.from(vectors).buffer);
  writeFileSync(join(directory, 'embeddings.npy'), Buffer.concat([header, numbers]));
  writeFileSync(join(directory, 'ids.jsonl'), ids.map((id, row) => `${JSON.stringify({ id, row })}\n`).join(''));
  writeFileSync(join(directory, 'config.json'), '{"script": "embed", "config": {"model": "tiny-model"}}');
  return directory;
}
