import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How a report calls what texts were compared by: the model of the directory that mathpie embed wrote. */
export async function describeEmbedding(directory = ''): Promise<string> {
  try {
    const { config }: { config?: { model?: unknown } } = JSON.parse(
      await readFile(join(directory, 'config.json'), 'utf8'),
    );
    if (typeof config?.model === 'string') return shortenModel(config.model);
  } catch {
    // The vectors may come from elsewhere
  }
  return `the embeddings in ${directory}`;
}

/** `OWNER/NAME` as it is; of a longer path its last two parts, which a chart has room for. */
export function shortenModel(model: string): string {
  const parts = model.split(/[\\/]/).filter((part) => part !== '');
  return parts.length > 2 ? `…/${parts.slice(-2).join('/')}` : model;
}
