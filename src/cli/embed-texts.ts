import { join } from 'node:path';
import { type Embeddings, readEmbeddings } from '../storage/read-embeddings.js';
import { writeJsonl } from '../storage/write-jsonl.js';
import type { CommandContext } from './declare/command.js';
import { followGpuScript } from './follow-gpu-script.js';
import type { gpuOptions } from './options/gpu-options.js';

export type EmbedContext = CommandContext<Pick<typeof gpuOptions, 'set' | 'grace'>>;

/**
 * Embeds texts by python-gpu/embed.py in a directory, where `texts.jsonl` keeps them. The same call again goes on where it
 * was stopped; other texts in the same directory are refused.
 */
export async function embedTexts(
  rows: Iterable<object> | AsyncIterable<object>,
  { directory, model, context }: { directory: string; model: string; context: EmbedContext },
): Promise<Embeddings> {
  const data = join(directory, 'texts.jsonl');
  await writeJsonl({ file: data, rows });
  await followGpuScript('embed', { options: { model, data, run: directory }, context });
  return readEmbeddings(directory);
}
