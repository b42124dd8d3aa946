import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { StorageError } from '../../errors.js';
import type { Completion, GenerationRequest, LanguageModel } from '../language-model.js';
import { cacheCompletions } from './cache-completions.js';
import { cacheDirectory } from './cache-directory.js';
import { completionKey } from './completion-key.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-cache-'));
const directory = join(root, 'cache');
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => rmSync(directory, { recursive: true, force: true }));

const request = (id: string, more: Partial<GenerationRequest> = {}): GenerationRequest => ({
  id,
  prompt: { messages: [{ role: 'user', content: 'Größe? 1 + 1' }] },
  sampling: { temperature: 0.7, maxTokens: 9, seed: 5 },
  ...more,
});

/** Numbers its completions, so that a second one is told from the first. */
function numberingModel(name = 'openai:a', fails = false) {
  const asked: string[] = [];
  const model: LanguageModel = {
    name,
    capabilities: { chat: true, raw: false, topLogProbabilities: 0, seed: false },
    async *generate(requests) {
      for (const { id, samples = 1, firstSample = 0 } of requests) {
        for (let sample = firstSample; sample < samples; sample++) {
          asked.push(`${id}${sample}`);
          const text = `${asked.length}: Größe\n`;
          const usage = { promptTokens: 4, completionTokens: 3 };
          if (fails) yield { requestId: id, sample, text: '', finishReason: 'error', error: 'no', ...usage };
          else yield { requestId: id, sample, text, finishReason: 'stop', ...usage };
        }
      }
    },
    close: async () => undefined,
  };
  return { model, asked };
}

async function ask(model: LanguageModel, requests: readonly GenerationRequest[], at = directory) {
  const cached = await cacheCompletions(model, { directory: at });
  const completions: Completion[] = [];
  for await (const completion of cached.generate(requests)) completions.push(completion);
  await cached.close();
  return completions.sort((a, b) => `${a.requestId}${a.sample}`.localeCompare(`${b.requestId}${b.sample}`));
}

const files = () => {
  const [folder = ''] = readdirSync(join(directory, 'completions'));
  return readdirSync(join(directory, 'completions', folder)).map((name) =>
    join(directory, 'completions', folder, name),
  );
};

describe('cacheCompletions()', () => {
  it('gives a text that was stopped behind its answer to those alone who want no more', async () => {
    const stopping: LanguageModel = {
      ...numberingModel().model,
      async *generate(requests) {
        for (const { id, stopsBehindAnswer } of requests) {
          const usage = { promptTokens: 4, completionTokens: 3 };
          const stopped = stopsBehindAnswer ? { text: '7\nQ:\n', ranOn: true as const } : { text: '7\nQ:\nA shop' };
          yield { requestId: id, sample: 0, finishReason: 'stop', ...stopped, ...usage };
        }
      },
    };
    const texts = async (more: Partial<GenerationRequest>) =>
      (await ask(stopping, [request('a', more)])).map(({ text }) => text);
    expect(await texts({ stopsBehindAnswer: true })).toEqual(['7\nQ:\n']);
    expect(await texts({})).toEqual(['7\nQ:\nA shop']);
    expect(await texts({ stopsBehindAnswer: true })).toEqual(['7\nQ:\nA shop']);
  });

  it('asks nothing twice, whatever the id, and gives the same completions', async () => {
    const first = numberingModel();
    const before = await ask(first.model, [request('x', { samples: 3 })]);
    const second = numberingModel();
    const after = await ask(second.model, [request('y', { samples: 3 })]);
    expect([first.asked.length, second.asked.length]).toEqual([3, 0]);
    expect(after).toEqual(before.map((completion) => ({ ...completion, requestId: 'y' })));
  });

  it('asks for the samples that are missing alone', async () => {
    await ask(numberingModel().model, [request('x', { samples: 2 })]);
    const more = numberingModel();
    const completions = await ask(more.model, [request('x', { samples: 4 })]);
    expect(more.asked).toEqual(['x2', 'x3']);
    expect(completions.map(({ sample }) => sample)).toEqual([0, 1, 2, 3]);
  });

  it.each<[string, string, Partial<GenerationRequest>]>([
    ['another model', 'openai:b', {}],
    ['another prompt', 'openai:a', { prompt: { raw: 'Größe? 1 + 1' } }],
    ['another temperature', 'openai:a', { sampling: { temperature: 0.8, maxTokens: 9, seed: 5 } }],
    ['another seed', 'openai:a', { sampling: { temperature: 0.7, maxTokens: 9, seed: 6 } }],
    ['another token limit', 'openai:a', { sampling: { temperature: 0.7, maxTokens: 8, seed: 5 } }],
  ])('asks again for %s', async (_, name, more) => {
    await ask(numberingModel().model, [request('x')]);
    const other = numberingModel(name);
    await ask(other.model, [request('x', more)]);
    expect(other.asked).toEqual(['x0']);
  });

  it('does not keep failures', async () => {
    await ask(numberingModel('openai:a', true).model, [request('x')]);
    const later = numberingModel();
    await ask(later.model, [request('x')]);
    expect(later.asked).toEqual(['x0']);
  });

  it('is shared by processes that write at the same time', async () => {
    const one = await cacheCompletions(numberingModel().model, { directory });
    const two = await cacheCompletions(numberingModel().model, { directory });
    for (const [cached, id] of [
      [one, 'a'],
      [two, 'b'],
    ] as const) {
      for (let n = 0; n < 50; n++) {
        for await (const _ of cached.generate([request('x', { prompt: { raw: `${id}${n}` } })]));
      }
    }
    await Promise.all([one.close(), two.close()]);
    expect(files()).toHaveLength(2);
    const later = numberingModel();
    const all = ['a', 'b'].flatMap((id) =>
      Array.from({ length: 50 }, (_, n) => request(`${id}${n}`, { prompt: { raw: `${id}${n}` } })),
    );
    expect(await ask(later.model, all)).toHaveLength(100);
    expect(later.asked).toEqual([]);
  });

  it.each<[string, (file: string) => void, number]>([
    ['torn by a kill', (file) => truncateSync(file, readFileSync(file).length - 5), 1],
    ['being written', (file) => appendFileSync(file, '{"key":"00000000000000000000000000000000","text":"ha'), 0],
    ['spoilt', (file) => writeFileSync(file, readFileSync(file, 'utf8').replace('"text":', '"text"!')), 1],
    ['something else', (file) => writeFileSync(file, 'hello\n{"key":3}\n\n'), 2],
  ])('passes over a line that is %s', async (_, spoil, again) => {
    await ask(numberingModel().model, [request('x', { samples: 2 })]);
    for (const file of files()) spoil(file);
    const later = numberingModel();
    expect(await ask(later.model, [request('x', { samples: 2 })])).toHaveLength(2);
    expect(later.asked).toHaveLength(again);
  });

  it('finds lines that are longer than what is read at once', async () => {
    const prompts = ['a', 'b', 'c'].map((id) => request(id, { prompt: { raw: id } }));
    const { model } = numberingModel();
    const long: LanguageModel = {
      ...model,
      async *generate(requests) {
        for await (const completion of model.generate(requests)) yield { ...completion, text: 'ä'.repeat(700_000) };
      },
    };
    await ask(long, prompts);
    const later = numberingModel();
    const lengths = (await ask(later.model, prompts)).map(({ text }) => text.length);
    expect({ lengths, asked: later.asked }).toEqual({ lengths: [700_000, 700_000, 700_000], asked: [] });
  });

  it('that cannot be opened says so in one line', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(cacheCompletions(numberingModel().model, { directory: join(root, 'file') })).rejects.toThrow(
      StorageError,
    );
  });
});

it('completionKey() of a greedy completion does not depend on the seed', () => {
  const key = (temperature: number, seed: number) =>
    completionKey(request('x', { sampling: { temperature, maxTokens: 9, seed } }), { model: 'm', sample: 0 });
  expect([key(0, 1) === key(0, 2), key(0.1, 1) === key(0.1, 2)]).toEqual([true, false]);
});

it.each([
  ['linux', { MATHPIE_CACHE: '/c' }, '/c'],
  ['linux', {}, '/home/a/.cache/mathpie'],
  ['linux', { XDG_CACHE_HOME: '/x' }, '/x/mathpie'],
  ['darwin', {}, '/home/a/Library/Caches/mathpie'],
] as const)('cacheDirectory() on %s with %j is %s', (platform, environment, expected) => {
  expect(cacheDirectory({ platform, environment, home: '/home/a' })).toBe(expected);
});
