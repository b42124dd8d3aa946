import { describe, expect, it } from 'vitest';
import { magpieFileName, modelLabel, siblingFileName } from './magpie-file.js';

describe('magpieFileName()', () => {
  it('holds model, count, unix seconds and type', () => {
    const startedAt = new Date('2025-01-02T03:04:05.678Z');
    const name = magpieFileName({ model: 'pocket', count: 10, startedAt, type: 'ins' });
    expect(name).toBe('Magpie_pocket_10_1735787045_ins.json');
    expect(siblingFileName(name, 'ins_res')).toBe('Magpie_pocket_10_1735787045_ins_res.json');
    expect(siblingFileName('Magpie_pocket_10_1_ins_4res_judged.json', 'Align')).toBe('Magpie_pocket_10_1_Align.json');
  });

  it.each([
    ['pocket', 'pocket'],
    ['gguf:/models/Qwen2.5-0.5B.Q8_0.gguf', 'Qwen2.5-0.5B.Q8-0'],
    ['gguf:C:\\models\\tiny.gguf', 'tiny'],
    ['http://localhost:8000/v1#Qwen/Qwen2.5-Math-7B', 'Qwen2.5-Math-7B'],
    ['openai:gpt-4.1', 'gpt-4.1'],
    ['vllm:Qwen/Qwen2.5-3B', 'Qwen2.5-3B'],
    ['', 'model'],
  ])('calls the model %j %s', (model, label) => {
    expect(modelLabel(model)).toBe(label);
  });
});
