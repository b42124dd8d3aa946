import { describe, expect, it } from 'vitest';
import { settleEngine } from './engine-options.js';

describe('settleEngine(options, environment)', () => {
  it.each([
    [{}, {}, undefined],
    [{ device: '0', memoryShare: 0.9 }, { gpuMemoryUtilization: 0.9 }, '0'],
    [{ device: '2, 3', tensorParallel: 2 }, { tensorParallel: 2 }, '2,3'],
    [{ tensorParallel: 4 }, { tensorParallel: 4 }, undefined],
  ])('%j are %j with the GPUs %s', (options, config, devices) => {
    const settled = settleEngine(options, { PATH: '/bin' });
    expect(settled.config).toEqual(config);
    expect(settled.environment).toEqual({
      PATH: '/bin',
      ...(devices === undefined ? {} : { CUDA_VISIBLE_DEVICES: devices }),
    });
  });

  it.each([
    [{ device: '0', tensorParallel: 4 }, /between 4 GPUs: the device "0" names one GPU; name as many/],
    [{ device: 'cuda:0' }, /the device "cuda:0": give numbers of GPUs/],
  ])('refuses %j', (options, message) => {
    expect(() => settleEngine(options, {})).toThrow(message);
  });
});
