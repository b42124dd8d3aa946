import { describe, expect, it } from 'vitest';
import type { LanguageModel } from '../models/language-model.js';
import { probesOf } from './measure-rates.js';
import { openModels } from './open-models.js';
import { baseOf, nameOfTrained } from './student-names.js';

describe('openModels()', () => {
  it('keeps models in this process, and one engine at a time', async () => {
    const log: string[] = [];
    const open = async (name: string) => {
      log.push(`open ${name}`);
      return { name, close: async () => void log.push(`close ${name}`) } as unknown as LanguageModel;
    };
    const models = openModels({ effects: { open } });
    for (const name of ['pocket', 'vllm:a', 'pocket', 'vllm:a', 'vllm:b']) await models.open(name);
    await models.freeGpu();
    await models.open('vllm:b');
    await models.close();
    expect(log).toEqual([
      ...['open pocket', 'open vllm:a', 'close vllm:a', 'open vllm:b', 'close vllm:b', 'open vllm:b'],
      ...['close pocket', 'close vllm:b'],
    ]);
  });
});

describe('names of students', () => {
  it.each([
    ['student', 'student', 'runs/a/model'],
    ['models/small', 'models/small', 'runs/a/model'],
    ['vllm:models/small', 'models/small', 'vllm:runs/a/model'],
    ['vllm:models/small?gpuMemoryUtilization=0.3', 'models/small', 'vllm:runs/a/model?gpuMemoryUtilization=0.3'],
  ])('%s starts from %s and is asked as %s', (student, base, trained) => {
    expect(baseOf(student)).toBe(base);
    expect(nameOfTrained('runs/a/model', student)).toBe(trained);
  });
});

describe('probesOf()', () => {
  it.each([
    ['pocket', 24],
    ['gguf:smollm2.gguf', 24],
    // Answers of an endpoint are paid for
    ['http://localhost:8000/v1#qwen', 24],
    ['vllm:Qwen/Qwen2.5-Coder-1.5B-Instruct?gpuMemoryUtilization=0.2', 256],
  ])('%s answers %i problems to tell its rate', (name, count) => {
    expect(probesOf(name)).toBe(count);
  });
});
