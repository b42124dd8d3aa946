import { describe, expect, it } from 'vitest';
import { armsAtOnce } from './arms-at-once.js';

const [own, engine] = [
  { student: 'student', teacher: 'pocket' },
  { student: 'vllm:HuggingFaceTB/SmolLM2-135M-Instruct', teacher: 'vllm:Qwen/Qwen2.5-7B-Instruct' },
];
type Given = Parameters<typeof armsAtOnce>[1];

describe('armsAtOnce()', () => {
  it.each<[string, typeof own, Given, number]>([
    ['models of this process on two processors', own, { devices: [], processors: 2 }, 1],
    ['on one', own, { devices: [], processors: 1 }, 1],
    ['on sixteen, beside a GPU', own, { devices: ['0'], processors: 16 }, 8],
    ['an engine on one GPU', engine, { devices: ['0'], processors: 16 }, 1],
    ['an engine on four', engine, { devices: ['0', '1', '2', '3'], processors: 16 }, 4],
    ['an engine that finds its GPU itself', engine, { devices: [], processors: 16 }, 1],
    ['an endpoint as teacher', { ...own, teacher: 'openai:gpt-5-mini' }, { devices: [], processors: 8 }, 4],
    ['as asked', own, { devices: [], processors: 2, atOnce: 3 }, 3],
    ['GPUs that share a training', engine, { devices: ['0', '1'], processors: 16, gpus: 2 }, 1],
    ['effects of the caller', own, { devices: [], processors: 16, effects: {} }, 1],
  ])('%s', (_, models, given, expected) => {
    expect(armsAtOnce(models, given)).toBe(expected);
  });

  it('refuses GPUs that are to share a training and to have an arm each', () => {
    expect(() => armsAtOnce(engine, { devices: ['0', '1'], atOnce: 2, gpus: 2 })).toThrow(
      'Cannot train 2 arms at once on 2 GPUs each: an arm at a time shares its training over several GPUs; leave out gpus or atOnce',
    );
  });
});
