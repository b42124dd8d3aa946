import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { eachChange } from '../../__fixtures__/extent.js';
import { ModelError } from '../../errors.js';
import { packagePath } from '../../package-root.js';
import type { Completion, GenerationRequest, LanguageModel } from '../language-model.js';
import { stateGguf } from './__fixtures__/state-gguf.js';
import { type EmbeddedOptions, openEmbeddedModel } from './embedded-model.js';
import { readGguf } from './read-gguf.js';

const pocket = packagePath('data', 'pocket', 'pocket.gguf');
const folder = mkdtempSync(join(tmpdir(), 'mathpie-gguf-'));
afterAll(() => rmSync(folder, { recursive: true }));

const opened: LanguageModel[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((model) => model.close()));
});

async function open(options: Pick<EmbeddedOptions, 'layout' | 'maxSequences'> = {}): Promise<LanguageModel> {
  const model = await openEmbeddedModel(pocket, { name: 'pocket', ...options });
  opened.push(model);
  return model;
}

async function collect(model: LanguageModel, requests: GenerationRequest[]): Promise<Completion[]> {
  const completions: Completion[] = [];
  for await (const completion of model.generate(requests)) completions.push(completion);
  return completions.sort((a, b) => a.requestId.localeCompare(b.requestId) || a.sample - b.sample);
}

const ask = (
  id: string,
  content: string,
  sampling: Partial<GenerationRequest['sampling']> = {},
): GenerationRequest => ({
  id,
  prompt: { messages: [{ role: 'user', content }] },
  sampling: { temperature: 1.5, maxTokens: 24, seed: 3, ...sampling },
});

describe('an embedded model', { timeout: 120_000 }, () => {
  it('gives the same text for every number of contexts and sequences', async () => {
    const requests = Array.from({ length: eachChange(4, 10) }, (_, index) => ({
      ...ask(`r${index}`, `A box holds ${index + 2} pens and ${'very '.repeat(index * 3)}few of them are red.`, {
        seed: index,
      }),
      samples: 3,
    }));
    const layouts = [
      { layout: { laneCount: 1 }, maxSequences: 1 },
      { layout: { laneCount: 1 }, maxSequences: 7 },
      { layout: { laneCount: 3 }, maxSequences: 32 },
      { layout: { laneCount: 1, threads: 2, rowsTogether: 2 }, maxSequences: 1 },
      { layout: { laneCount: 2, threads: 3, rowsTogether: 4 }, maxSequences: 8 },
    ];
    const texts: string[] = [];
    for (const layout of eachChange([layouts[0], ...layouts.slice(-2)], layouts)) {
      const completions = await collect(await open(layout), requests);
      texts.push(
        completions
          .map(({ requestId, sample, text }) => `${requestId} ${sample} ${text}`)
          .sort()
          .join('\n'),
      );
    }
    for (const text of texts) expect(text).toBe(texts[0]);
  });

  // Mamba, RWKV, and what has layers of theirs (LFM2, Granite 4, Qwen 3.5)
  it('and so does a model that keeps a state', async () => {
    const { arrayLengths } = readGguf(pocket);
    const file = join(folder, 'state.gguf');
    writeFileSync(file, stateGguf(pocket, arrayLengths.get('tokenizer.ggml.tokens') ?? 0));
    const requests = [3, 9, 30, 5, 17].map((words, index) => ({
      id: `r${index}`,
      prompt: { raw: 'seven pens '.repeat(words) },
      samples: index === 1 ? 6 : 1,
      sampling: { temperature: 1, seed: index, maxTokens: [20, 8, 30, 4, 12][index] ?? 1 },
    }));
    const options: Pick<EmbeddedOptions, 'layout' | 'maxSequences'>[] = [
      { maxSequences: 1 },
      { maxSequences: 2 },
      { layout: { laneCount: 1, threads: 1, rowsTogether: 4 }, maxSequences: 1 },
      { layout: { laneCount: 1, threads: 2, rowsTogether: 4 }, maxSequences: 32 },
    ];
    const texts: string[][] = [];
    for (const each of options) {
      const model = await openEmbeddedModel(file, { name: 'state', ...each });
      opened.push(model);
      texts.push((await collect(model, requests)).map(({ text }) => text));
    }
    for (const each of texts) expect(each).toEqual(texts[0]);
  });

  // What `read-prompt.ts` takes for granted of llama.cpp: rows of a call are computed alike, however many there are from 64 on
  it('gives the same text and log-probabilities where prompts begin alike', async () => {
    const words = (from: number, count: number) =>
      Array.from({ length: count }, (_, at) => `${(from + 7 * at) % 97} pens`).join(' and ');
    const requests = [
      [100, 3],
      [80, 22],
      [70, 30],
      [50, 10],
      [95, 8],
      [33, 60],
    ].map(([common = 0, own = 0], index) => ({
      id: `r${index}`,
      prompt: { raw: `${words(1, common)}; ${words(50 + index, own)}` },
      sampling: { temperature: 1, seed: index, maxTokens: 4, tokenChoices: true, topLogProbabilities: 3 },
    }));
    const model = await open({ layout: { laneCount: 1 } });
    const alone: Completion[] = [];
    for (const request of requests) alone.push(...(await collect(model, [request])));
    expect(alone.map(({ finishReason }) => finishReason)).not.toContain('error');
    expect(await collect(model, requests)).toEqual(alone);
    expect(await collect(model, [...requests].reverse())).toEqual(alone);
  });

  it('never reads special tokens in the content of a message', async () => {
    const model = await open();
    const [plain, marked] = await collect(model, [ask('a', 'x'), ask('b', '<|end|><|end|><|end|>')]);
    // As special tokens they would be three; as text each is several.
    expect((marked?.promptTokens ?? 0) - (plain?.promptTokens ?? 0)).toBeGreaterThan(6);
  });

  it('reads them in raw text', async () => {
    const model = await open();
    const sampling = { temperature: 0, maxTokens: 4 };
    const question = 'Tom has 3 pens.';
    const [chat, raw] = await collect(model, [
      ask('a', question, sampling),
      { id: 'b', prompt: { raw: `<|user|>${question}<|end|><|assistant|>` }, sampling },
    ]);
    expect(raw?.promptTokens).toBe(chat?.promptTokens);
    expect(raw?.text).toBe(chat?.text);
  });

  it('a text that fills the context ends with "length"', async () => {
    const model = await open();
    const [first] = await collect(model, [ask('a', '7'.repeat(500), { maxTokens: 4000, stop: [] })]);
    const used = (first?.promptTokens ?? 0) + (first?.completionTokens ?? 0);
    expect(used).toBeLessThanOrEqual(512);
    if (first?.finishReason === 'length') expect(used).toBe(512);
  });

  it('a stop string that is a special token stops at that token', async () => {
    const model = await open();
    const request = {
      id: 'a',
      prompt: { raw: '<|user|>' },
      sampling: { temperature: 1, maxTokens: 200, stop: ['<|end|>'] },
    };
    const [completion] = await collect(model, [request]);
    expect(completion?.text).not.toContain('<|end|>');
  });

  it('log-probabilities are those of the whole vocabulary, best first, however few are asked for', async () => {
    const model = await open();
    const scored = async (topLogProbabilities: number) => {
      const sampling = { temperature: 0, maxTokens: 1, topLogProbabilities, tokenChoices: true };
      const [completion] = await collect(model, [{ id: 'a', prompt: { raw: '<|user|>' }, sampling }]);
      const [choice] = completion?.tokenChoices ?? [];
      return { first: completion?.firstToken ?? [], choice };
    };
    const every = await scored(100_000);
    const sum = every.first.reduce((total, { logProbability }) => total + Math.exp(logProbability), 0);
    expect(every.first.length).toBeGreaterThan(1900);
    expect(sum).toBeCloseTo(1, 4);
    const sorted = [...every.first].sort((a, b) => b.logProbability - a.logProbability);
    expect(every.first.map(({ logProbability }) => logProbability)).toEqual(sorted.map((each) => each.logProbability));
    const few = await scored(3);
    expect(few.first).toEqual(every.first.slice(0, 3));
    expect(few.choice?.likeliest).toEqual(few.first);
    expect(few.choice?.logProbability).toBe(few.first[0]?.logProbability);
  });

  it('refuses an empty prompt', async () => {
    const model = await open();
    const [completion] = await collect(model, [
      { id: 'a', prompt: { raw: '' }, sampling: { temperature: 0, maxTokens: 2 } },
    ]);
    expect(completion).toMatchObject({
      finishReason: 'error',
      error: 'The prompt is empty, give it at least one token',
    });
  });

  it('refuses a limit of no tokens, and goes on with the rest', async () => {
    const model = await open();
    const completions = await collect(model, [ask('a', 'x', { maxTokens: 0 }), ask('b', 'x', { maxTokens: 1 })]);
    expect(completions).toMatchObject([
      { finishReason: 'error', error: 'Cannot draw with maxTokens 0, give a whole number above 0' },
      { completionTokens: 1 },
    ]);
  });

  it('tells special tokens from text that looks like them', async () => {
    const tokens = (await open()).promptTokens?.('<|user|>|user|') ?? [];
    expect(tokens[0]).toEqual({ id: 2, token: '<|user|>', isSpecial: true });
    expect(tokens.slice(1).some(({ isSpecial }) => isSpecial)).toBe(false);
    expect(tokens.map(({ token }) => token).join('')).toBe('<|user|>|user|');
  });

  it('knows its pre-query text', async () => {
    expect((await open()).preQuery?.()).toBe('<|user|>');
  });

  it('closing ends what is generated', async () => {
    const model = await open();
    const run = collect(
      model,
      Array.from({ length: 50 }, (_, index) => ask(`r${index}`, 'Why?', { maxTokens: 300 })),
    );
    await Promise.all([expect(run).rejects.toThrow(/was closed while it was generating/), model.close()]);
    await expect(collect(model, [ask('a', 'x')])).rejects.toThrow(
      'Cannot generate with pocket: it is closed, open it again',
    );
  });

  it('leaves nothing running after close', async () => {
    const before = process.getActiveResourcesInfo().length;
    const model = await open();
    await collect(model, [ask('a', 'x')]);
    await model.close();
    expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(before);
  });
});

describe('a file that is no whole GGUF', { timeout: 60_000 }, () => {
  const bytes = readFileSync(pocket);
  const cases: [string, Buffer, RegExp][] = [
    ['empty', Buffer.alloc(0), /not a GGUF file/],
    ['text', Buffer.from('<html>Not found</html>'), /not a GGUF file/],
    ['only the magic number', bytes.subarray(0, 4), /truncated \(4 bytes, ends in the version\)/],
    ['half of the header', bytes.subarray(0, 5000), /truncated \(5000 bytes, ends in the metadata\)/],
    [
      'half of the tensors',
      bytes.subarray(0, bytes.length >> 1),
      /truncated \(\d+ bytes, ends in the tensors, needs \d+\)/,
    ],
    ['the last byte is missing', bytes.subarray(0, -1), /truncated/],
    [
      'version 99',
      Buffer.concat([Buffer.from('GGUF'), Buffer.from([99, 0, 0, 0]), bytes.subarray(8)]),
      /GGUF version 99/,
    ],
    [
      'counts of all ones',
      Buffer.concat([bytes.subarray(0, 8), Buffer.alloc(16, 0xff), bytes.subarray(24)]),
      /truncated/,
    ],
  ];

  it.each(cases)('%s: ModelError in one line', async (name, content, expected) => {
    const file = join(folder, `${name}.gguf`);
    writeFileSync(file, content);
    const error = await openEmbeddedModel(file, { name }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ModelError);
    expect(String((error as Error).message)).toMatch(expected);
    expect(String((error as Error).message)).toMatch(/^Cannot open model [^\n]+$/);
  });

  it.each([
    ['a folder', () => folder, /not a file/],
    ['no such file', () => join(folder, 'none.gguf'), /no such file/],
  ])('%s: ModelError', async (_, file, expected) => {
    await expect(openEmbeddedModel(file(), { name: 'x' })).rejects.toThrow(expected);
  });

  it('every truncated header is refused', async () => {
    const file = join(folder, 'cut.gguf');
    for (let length = 5; length < 40_000; length += 1499) {
      writeFileSync(file, bytes.subarray(0, length));
      await expect(openEmbeddedModel(file, { name: 'x' })).rejects.toThrow(ModelError);
    }
  });
});
