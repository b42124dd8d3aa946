import { join } from 'node:path';
import { InputError } from '../errors.js';
import { type JsonObject, readJsonl } from './read-jsonl.js';
import { type Matrix, readNpy } from './read-npy.js';

/** A vector a row of `data`; `ids` names them in the same order. */
export type Embeddings = Matrix & { readonly ids: readonly string[] };

/**
 * The embeddings in a directory that `mathpie embed` (python-gpu/embed.py) wrote: embeddings.npy and ids.jsonl. Throws
 * `InputError` when one is absent or the two do not fit, such as after a run that did not end.
 */
export async function readEmbeddings(directory: string): Promise<Embeddings> {
  const file = join(directory, 'ids.jsonl');
  const check = ({ id }: JsonObject): { id: string } | string =>
    typeof id === 'string' || typeof id === 'number' ? { id: String(id) } : 'lacks the field "id"';
  const { rows } = await readJsonl({ file, check });
  const matrix = await readNpy(join(directory, 'embeddings.npy'));
  if (rows.length !== matrix.rowCount)
    throw new InputError(
      `Cannot use ${directory}: ${rows.length} ids for ${matrix.rowCount} embeddings; run the same mathpie embed again, which finishes it`,
      { file },
    );
  return { ...matrix, ids: rows.map(({ id }) => id) };
}
