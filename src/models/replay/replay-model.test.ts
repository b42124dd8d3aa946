import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../../errors.js';
import type { Completion, GenerationRequest, LanguageModel } from '../language-model.js';
import { recordTo } from './record-to.js';
import { openReplayModel } from './replay-model.js';
import { requestHash } from './request-hash.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, rows: readonly object[]): string => {
  const file = join(folder, name);
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return file;
};

const request = (id: string, question = id): GenerationRequest => ({
  id,
  prompt: { messages: [{ role: 'user', content: question }] },
  sampling: { temperature: 0, maxTokens: 5 },
});

async function collect(model: LanguageModel, requests: GenerationRequest[]): Promise<Completion[]> {
  const completions: Completion[] = [];
  for await (const completion of model.generate(requests)) completions.push(completion);
  return completions;
}

/** Answers with the question; fails where it is "fail". */
const echo: LanguageModel = {
  name: 'echo',
  capabilities: { chat: true, raw: true, topLogProbabilities: 0, seed: true },
  preQuery: (system) => `${system === undefined ? '' : `<s>${system}`}<u>`,
  async *generate(requests) {
    for (const { id, prompt } of requests) {
      const text = 'raw' in prompt ? prompt.raw : (prompt.messages[0]?.content ?? '');
      const shared = { requestId: id, sample: 0, promptTokens: 1, completionTokens: 1 };
      if (text === 'fail') yield { ...shared, text: '', finishReason: 'error', error: 'No' };
      else yield { ...shared, text, finishReason: 'stop' };
    }
  },
  close: async () => undefined,
};

describe('recordTo() and replay', () => {
  it('plays back what was recorded, under any id', async () => {
    const file = join(folder, 'echo.jsonl');
    const recorder = await recordTo(echo, file);
    await collect(recorder, [request('a', 'Why?'), request('b', 'fail')]);
    await recorder.close();
    const model = await openReplayModel(file, { name: 'replay' });
    const completions = await collect(model, [request('other', 'Why?'), request('b', 'fail')]);
    expect(completions).toMatchObject([
      { requestId: 'other', text: 'Why?', finishReason: 'stop', promptTokens: 1 },
      { requestId: 'b', finishReason: 'error', error: `Not in ${file}: sample 0 of request b, record it again` },
    ]);
    expect(model.capabilities).toEqual(echo.capabilities);
    expect([model.preQuery?.(), model.preQuery?.('Be kind.')]).toEqual(['<u>', '<s>Be kind.<u>']);
  });

  it('accepts a file written by hand, with ids', async () => {
    const file = write('hand.jsonl', [{ id: 'a', completions: [{ text: 'one' }, { text: 'two' }] }]);
    const model = await openReplayModel(file, { name: 'replay' });
    const completions = await collect(model, [{ ...request('a'), samples: 3 }]);
    expect(completions).toMatchObject([{ text: 'one' }, { text: 'two' }, { finishReason: 'error', sample: 2 }]);
  });

  it('the last recording of a request counts', async () => {
    const rows = ['old', 'new'].map((text) => ({ requestHash: requestHash(request('a')), completions: [{ text }] }));
    const model = await openReplayModel(write('twice.jsonl', rows), { name: 'replay' });
    expect(await collect(model, [request('a')])).toMatchObject([{ text: 'new' }]);
  });

  it.each([
    ['no requests', [], /no recorded request in it/],
    ['a row without completions', [{ id: 'a' }], /:1: lacks the field "completions"/],
    ['a row without a key', [{ completions: [] }], /:1: has neither "requestHash" nor "id"/],
    ['a completion without text', [{ id: 'a', completions: [{}] }], /:1: has a completion without "text"/],
  ])('a file with %s throws InputError', async (name, rows, expected) => {
    const opening = openReplayModel(write(`${name}.jsonl`, rows), { name: 'replay' });
    await expect(opening).rejects.toThrow(InputError);
    await expect(opening).rejects.toThrow(expected);
  });
});

describe('requestHash()', () => {
  const base = request('a');
  it.each<[string, GenerationRequest, boolean]>([
    ['another id', { ...base, id: 'z' }, true],
    ['samples: 1 written out', { ...base, samples: 1 }, true],
    ['another order of keys', { ...base, sampling: { maxTokens: 5, temperature: 0 } }, true],
    ['a seed', { ...base, sampling: { ...base.sampling, seed: 1 } }, false],
    ['two samples', { ...base, samples: 2 }, false],
    ['another prompt', request('a', 'b'), false],
  ])('%s: same hash %#', (_, other, isSame) => {
    expect(requestHash(other) === requestHash(base)).toBe(isSame);
  });
});
