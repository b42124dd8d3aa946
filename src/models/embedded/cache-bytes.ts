import type { GgufHeader } from './read-gguf.js';

/** A number that the file tells of its architecture; undefined where it tells none, or one for each layer. */
export function architectureField({ metadata }: GgufHeader, key: string): number | undefined {
  const value = metadata.get(`${String(metadata.get('general.architecture') ?? 'llama')}.${key}`);
  return value === undefined ? undefined : Number(value);
}

/** Keys and values of every layer, two bytes each, for one token. Nought where no layer has attention. */
export function cacheBytesPerToken(header: GgufHeader): number {
  const field = (key: string, otherwise: number): number => architectureField(header, key) ?? otherwise;
  const heads = field('attention.head_count', 32);
  const width = heads > 0 ? field('embedding_length', 4096) / heads : 0;
  const lengths = field('attention.key_length', width) + field('attention.value_length', width);
  const bytes = field('block_count', 32) * field('attention.head_count_kv', heads) * lengths * 2;
  return Number.isFinite(bytes) && bytes > 0 ? bytes : 0;
}
