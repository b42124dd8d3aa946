import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packagePath } from '../package-root.js';
import { findModelConfig } from '../prompts/model-configs.js';
import { fitModel, loadHardware } from './fit-model.js';
import { hardwareTable } from './hardware-table.js';

const { models, machines } = loadHardware();
const shape = (name: string) => models.find(({ model }) => model.endsWith(name)) ?? expect.fail(name);
const machine = (name: string) => machines.find((candidate) => candidate.name === name) ?? expect.fail(name);

describe('fitModel()', () => {
  it.each([
    ['DeepSeek-R1', 'A100 80 GB', undefined],
    ['DeepSeek-R1', '4 x A100 80 GB', undefined],
    ['DeepSeek-R1', '8 x H100 80 GB', undefined],
    ['DeepSeek-R1', '4 x H200', undefined],
    ['DeepSeek-R1', '8 x H200', 8],
    ['Qwen2.5-Math-72B-Instruct', 'A100 80 GB', undefined],
    ['Qwen2.5-Math-72B-Instruct', '4 x A100 80 GB', 4],
    ['Qwen2.5-Math-72B-Instruct', 'H200', undefined],
    ['Qwen2.5-32B-Instruct', 'A100 80 GB', 1],
    ['Qwen2-Math-7B-Instruct', 'T4', undefined],
    ['Qwen2-Math-7B-Instruct', 'A100 40 GB', 1],
    ['Qwen2.5-3B-Instruct', 'T4', 1],
    ['Qwen2-Math-7B-Instruct', 'V100 32 GB', 1],
    ['Qwen2.5-32B-Instruct', 'V100 32 GB', undefined],
  ])('%s on %s takes %s GPUs a copy', (model, name, gpus) => {
    expect(fitModel(shape(model), { machine: machine(name), sequenceTokens: 4096 }).gpusPerCopy).toBe(gpus);
  });

  it('says a tenth less than vLLM 0.24.0 measured on an H200 with a Llama-7B: 234,224 tokens of cache', () => {
    const llama = { ...shape('Qwen2-Math-7B-Instruct'), parameters: 6.74e9, layers: 32 };
    const { cacheTokens } = fitModel(
      { ...llama, keyValueNumbersPerLayer: 2 * 32 * 128, keyValueHeads: 32 },
      { machine: machine('H200'), sequenceTokens: 4096 },
    );
    expect(cacheTokens / 234_224).toBeCloseTo(0.91, 2);
  });
});

describe('configs/hardware.json', () => {
  it.each(models.map(({ model, contextTokens }) => [model, contextTokens] as const))(
    '%s has the context of configs/model_configs.json',
    (model, contextTokens) => {
      expect(findModelConfig(model)?.context_tokens).toBe(contextTokens);
    },
  );
});

describe('docs/hardware.md', () => {
  it.each([4096, 34_816])('holds the table of mathpie hardware --tokens %d', (sequenceTokens) => {
    const text = readFileSync(packagePath('docs', 'hardware.md'), 'utf8');
    for (const row of hardwareTable({ sequenceTokens }))
      expect(text.includes(`| ${row.join(' | ')} |`), row[0]).toBe(true);
  });
});
