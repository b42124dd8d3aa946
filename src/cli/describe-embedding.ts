import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lexicalEmbeddingName } from '../selection/lexical-vectors.js';

/** How a report calls what texts were compared by: the model of the directory that mathpie embed wrote, or the lexical hashing. */
export async function describeEmbedding(
  directory: string | undefined,
  { text }: { text: 'both' | 'question' },
): Promise<string> {
  if (directory === undefined)
    return `${lexicalEmbeddingName}, ${text === 'both' ? 'question and solution' : 'question alone'}`;
  try {
    const { config }: { config?: { model?: unknown } } = JSON.parse(
      await readFile(join(directory, 'config.json'), 'utf8'),
    );
    if (typeof config?.model === 'string') return config.model;
  } catch {
    // The vectors may come from elsewhere
  }
  return `the embeddings in ${directory}`;
}
