import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError, ModelError } from '../../errors.js';
import { recordingFiles } from '../../storage/recording-files.js';
import type { Completion, GenerationRequest, LanguageModel } from '../language-model.js';
import { recordedModel } from './recorded-model.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-recorded-'));
afterAll(() => rmSync(folder, { recursive: true }));
let fileCount = 0;
const newFile = (ending = 'jsonl'): string => join(folder, `${fileCount++}.${ending}`);

const request = (id: string, more: Partial<GenerationRequest> = {}): GenerationRequest => ({
  id,
  prompt: { messages: [{ role: 'user', content: 'How many pens?' }] },
  sampling: { temperature: 0.7, maxTokens: 9, seed: 5 },
  ...more,
});

/** Numbers its answers, the last sample first, and fails on raw prompts. */
function numberingModel(name = 'pocket') {
  const asked: string[] = [];
  const model: LanguageModel = {
    name,
    capabilities: { chat: true, raw: true, topLogProbabilities: 20, seed: true },
    preQuery: () => '<|user|>',
    async *generate(requests) {
      for (const { id, prompt, samples = 1 } of requests) {
        for (let sample = samples - 1; sample >= 0; sample--) {
          asked.push(`${id}${sample}`);
          const shared = { requestId: id, sample, promptTokens: 4, completionTokens: 3 };
          if ('raw' in prompt) yield { ...shared, text: '', finishReason: 'error', error: 'no' };
          else yield { ...shared, text: `answer ${asked.length}`, finishReason: 'stop' };
        }
      }
    },
    close: async () => undefined,
  };
  return { model, asked };
}

async function ask(model: LanguageModel, requests: readonly GenerationRequest[]): Promise<Completion[]> {
  const completions: Completion[] = [];
  for await (const completion of model.generate(requests)) completions.push(completion);
  await model.close();
  return completions;
}

const record = async (file: string, requests: readonly GenerationRequest[]): Promise<Completion[]> =>
  ask(await recordedModel(numberingModel().model, { record: file }), requests);

describe('recordedModel()', () => {
  it('answers from a recording under any id, in the order in which it is asked', async () => {
    const file = newFile();
    const before = await record(file, [request('x', { samples: 3 }), request('fails', { prompt: { raw: 'y' } })]);
    const { model, asked } = numberingModel();
    const replayed = await recordedModel(model, { replay: file });
    const after = await ask(replayed, [request('z', { samples: 2 }), request('f', { prompt: { raw: 'y' } })]);
    expect(before.map(({ text }) => text)).toEqual(['answer 1', 'answer 2', 'answer 3', '']);
    expect(after.map(({ requestId, sample, text }) => [requestId, sample, text])).toEqual([
      ['z', 0, 'answer 3'],
      ['z', 1, 'answer 2'],
      ['f', 0, ''],
    ]);
    expect(after[2]).toMatchObject({ finishReason: 'error', error: 'no' });
    expect([asked, replayed.preQuery?.()]).toEqual([[], '<|user|>']);
  });

  it('reads a recording that was packed, and passes over lines without a key', async () => {
    const file = newFile();
    await record(file, [request('x')]);
    const packed = newFile('jsonl.gz');
    writeFileSync(packed, gzipSync(`{"about":"pocket"}\n${readFileSync(file, 'utf8')}`));
    const model = await recordedModel(numberingModel().model, { replay: packed });
    expect(await ask(model, [request('x')])).toMatchObject([
      { text: 'answer 1', finishReason: 'stop', promptTokens: 4 },
    ]);
  });

  it.each<[string, string, Partial<GenerationRequest>]>([
    ['another model', 'gguf:a', {}],
    ['another prompt', 'pocket', { prompt: { messages: [{ role: 'user', content: 'How many pencils?' }] } }],
    ['another temperature', 'pocket', { sampling: { temperature: 0.8, maxTokens: 9, seed: 5 } }],
    ['another seed', 'pocket', { sampling: { temperature: 0.7, maxTokens: 9, seed: 6 } }],
    ['a sample more', 'pocket', { samples: 2 }],
  ])('says for %s which command records it', async (_, name, more) => {
    const file = newFile();
    await record(file, [request('x')]);
    const model = await recordedModel(numberingModel(name).model, { replay: file });
    const asking = ask(model, [request('x', more)]);
    await expect(asking).rejects.toThrow(ModelError);
    await expect(asking).rejects.toThrow(
      /^Cannot answer "How many \w+\?" for \S+: this call is not in \S+; record anew with "npm run record:notebooks"$/,
    );
  });

  it('with a file to record in, asks for what is missing alone and writes all of it', async () => {
    const [old, whole] = [newFile(), newFile()];
    await record(old, [request('x')]);
    const { model, asked } = numberingModel();
    const other = request('y', { prompt: { messages: [] } });
    await ask(await recordedModel(model, { replay: old, record: whole }), [request('x'), other]);
    expect(asked).toEqual(['y0']);
    const again = numberingModel();
    expect(await ask(await recordedModel(again.model, { replay: whole }), [other, request('x')])).toHaveLength(2);
    expect(again.asked).toEqual([]);
  });

  it.each([
    ['is missing', () => join(folder, 'absent.jsonl'), /^Cannot read the recording .*; record it with "npm run /],
    ['is torn', () => write('{"key":"a","te'), /:1: not JSON .*; record it anew$/],
    ['is not packed', () => write('hello', 'jsonl.gz'), /^Cannot read the recording .*; record it with "npm run /],
  ])('refuses a recording that %s', async (_, file, expected) => {
    const opening = recordedModel(numberingModel().model, { replay: file() });
    await expect(opening).rejects.toThrow(InputError);
    await expect(opening).rejects.toThrow(expected);
  });
});

function write(text: string, ending?: string): string {
  const file = newFile(ending);
  writeFileSync(file, text);
  return file;
}

it.each([
  [{}, undefined],
  [{ MATHPIE_REPLAY: '', MATHPIE_RECORD: '' }, undefined],
  [{ MATHPIE_REPLAY: 'a' }, { replay: 'a', record: undefined }],
  [{ MATHPIE_RECORD: 'b' }, { replay: undefined, record: 'b' }],
  [
    { MATHPIE_REPLAY: 'a', MATHPIE_REPLAY_MISSING: 'ask' },
    { replay: 'a', record: undefined, asksWhatIsMissing: true },
  ],
])('recordingFiles(%j) is %j', (environment, expected) => expect(recordingFiles(environment)).toEqual(expected));
