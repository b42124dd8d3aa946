import { describe, expect, it } from 'vitest';
import { visibleGpus } from './visible-gpus.js';

describe('visibleGpus()', () => {
  it.each<[string, NodeJS.ProcessEnv, string | undefined, readonly string[]]>([
    ['no GPU', {}, undefined, []],
    ['all that nvidia-smi lists', {}, '0\n1\n', ['0', '1']],
    ['an nvidia-smi that fails', {}, '', []],
    ['the chosen ones', { CUDA_VISIBLE_DEVICES: '2, 3' }, '0\n1\n2\n3\n', ['2', '3']],
    ['names', { CUDA_VISIBLE_DEVICES: 'GPU-8932f937,MIG-1' }, '0\n', ['GPU-8932f937', 'MIG-1']],
    ['none chosen', { CUDA_VISIBLE_DEVICES: '' }, '0\n', []],
    ['none chosen, in the other way', { CUDA_VISIBLE_DEVICES: '-1' }, '0\n', []],
  ])('%s', async (_, environment, listed, expected) => {
    const effects = { hasGpu: () => listed !== undefined, list: async () => listed ?? '' };
    expect(await visibleGpus(environment, effects)).toEqual(expected);
  });
});
