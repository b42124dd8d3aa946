import { describe, expect, it } from 'vitest';
import { cacheBytesPerToken } from './cache-bytes.js';
import type { GgufHeader } from './read-gguf.js';

const header = (values: Record<string, number>): GgufHeader =>
  ({
    metadata: new Map([
      ['general.architecture', 'a'],
      ...Object.entries(values).map(([key, value]) => [`a.${key}`, value]),
    ] as [string, string | number][]),
  }) as unknown as GgufHeader;

describe('cacheBytesPerToken(header)', () => {
  it.each<[string, Record<string, number>, number]>([
    ['heads of the width', { embedding_length: 384, 'attention.head_count': 6, block_count: 8 }, 8 * 6 * 128 * 2],
    [
      'fewer heads of keys',
      { embedding_length: 384, 'attention.head_count': 6, 'attention.head_count_kv': 2, block_count: 8 },
      8 * 2 * 128 * 2,
    ],
    [
      'heads of their own length',
      {
        'attention.head_count': 4,
        'attention.head_count_kv': 1,
        'attention.key_length': 256,
        'attention.value_length': 256,
        block_count: 18,
      },
      18 * 512 * 2,
    ],
    ['no heads (Mamba)', { embedding_length: 768, 'attention.head_count': 0, block_count: 24 }, 0],
    ['nonsense', { 'attention.head_count': Number.NaN, block_count: 2 }, 0],
  ])('%s', (_, values, expected) => {
    expect(cacheBytesPerToken(header(values))).toBe(expected);
  });
});
