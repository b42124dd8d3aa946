import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { CancelledError, ModelError } from '../../errors.js';
import type { Completion, GenerationRequest, LanguageModel } from '../language-model.js';
import { openModel } from '../open-model.js';
import { readJson, sendJson, serve, type WireServer } from './__fixtures__/wire-server.js';

const servers: WireServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

type Handle = (request: IncomingMessage, response: ServerResponse, call: number) => unknown;

async function open(handle: Handle, options: Parameters<typeof openModel>[1] = {}): Promise<LanguageModel> {
  let call = 0;
  const server = await serve((request, response) => handle(request, response, call++));
  servers.push(server);
  return openModel(`${server.url}#tiny`, { environment: {}, maxRetries: 0, ...options });
}

const chat = (id = 'one', samples = 1): GenerationRequest => ({
  id,
  samples,
  prompt: { messages: [{ role: 'user', content: 'Hi' }] },
  sampling: { temperature: 1, maxTokens: 8, seed: 5 },
});

async function collect(
  model: LanguageModel,
  requests: GenerationRequest[],
  signal?: AbortSignal,
): Promise<Completion[]> {
  const completions: Completion[] = [];
  for await (const completion of model.generate(requests, signal ? { signal } : {})) completions.push(completion);
  return completions;
}

const answer = (texts: string[], extra: object = {}) => ({
  choices: texts.map((content, index) => ({ index, message: { content }, finish_reason: 'stop', ...extra })),
  usage: { prompt_tokens: 4, completion_tokens: 7 },
});

/** Two 429 or 503 answers that ask for no pause, then a good one. */
const afterTwo =
  (status: number): Handle =>
  (_, response, call) =>
    call < 2
      ? sendJson(response, status, { error: { message: 'busy' } }, { 'retry-after': '0', 'retry-after-ms': '1' })
      : sendJson(response, 200, answer(['fine']));

describe('an OpenAI-compatible model', { timeout: 60_000 }, () => {
  it.each([408, 409, 429, 500, 503])('tries again after status %i', async (status) => {
    const model = await open(afterTwo(status), { maxRetries: 4 });
    expect(await collect(model, [chat()])).toMatchObject([{ text: 'fine', finishReason: 'stop', promptTokens: 4 }]);
  });

  it.each<[string, Handle, RegExp]>([
    [
      '401',
      (_, r) => sendJson(r, 401, { error: { message: 'no: sk-top' } }),
      /refuses the key \(401\), set MATHPIE_API_KEY/,
    ],
    ['403', (_, r) => sendJson(r, 403, { error: { message: 'no' } }), /does not allow it \(403\): no, use another key/],
    [
      '404',
      (_, r) => sendJson(r, 404, { error: { message: 'model tiny?' } }),
      /no such model or call \(404\): model tiny\?, /,
    ],
    ['429 for ever', (_, r) => sendJson(r, 429, { error: { message: 'slow' } }), /asked too often \(429\): slow, wait/],
    ['503 for ever', (_, r) => sendJson(r, 503, {}), /failed \(503\)/],
    [
      'an HTML page',
      (_, r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<html>Login</html>'),
      /answers with an HTML page, give the URL/,
    ],
    [
      'an HTML page and 502',
      (_, r) => r.writeHead(502, { 'content-type': 'text/html' }).end('<html>\nBad\n</html>'),
      /failed \(502\): an HTML page/,
    ],
    [
      'broken JSON',
      (_, r) => r.writeHead(200, { 'content-type': 'application/json' }).end('{"choices": ['),
      /something that is not JSON/,
    ],
    ['other JSON', (_, r) => sendJson(r, 200, { models: [] }), /something that is no completion/],
    ['a choice without a message', (_, r) => sendJson(r, 200, { choices: [{}] }), /a completion without text/],
    [
      'a connection that breaks off',
      (_, r) => r.destroy(),
      /^Cannot reach .*: the connection broke off, start the server/,
    ],
  ])('%s throws ModelError in one line', async (_, handle, expected) => {
    const model = await open(handle, { environment: { MATHPIE_API_KEY: 'sk-top' } });
    const error = await collect(model, [chat(), chat('two')]).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ModelError);
    const { message } = error as ModelError;
    expect(message).toMatch(expected);
    expect(message).not.toMatch(/\n|sk-top/);
  });

  it('an endpoint that is down throws ModelError with its URL', async () => {
    const server = await serve(() => undefined);
    await server.close();
    const model = await openModel(`${server.url}#tiny`, { environment: {}, maxRetries: 0 });
    await expect(collect(model, [chat()])).rejects.toThrow(
      `Cannot reach ${server.url}: nothing listens there, start the server or correct the URL`,
    );
  });

  it.each<Record<string, string>>([
    { 'retry-after': '3600' },
    // As two proxies write it, and others
    { 'retry-after': '3600, 3600' },
    { 'retry-after': '3600 seconds' },
    { 'retry-after': '+3600' },
    { 'retry-after': '1e9' },
    { 'retry-after': 'Infinity' },
    { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' },
    { 'retry-after-ms': '0', 'retry-after': '3600' },
    { 'retry-after-ms': 'soon', 'retry-after': '3600' },
    { 'retry-after-ms': '3600000 ms' },
  ])('does not wait for an endpoint that asks for an hour: %j', async (headers) => {
    let calls = 0;
    const handle: Handle = (_, response, call) => {
      calls = call + 1;
      return sendJson(response, 429, {}, headers);
    };
    // An endpoint that answers nothing at all is given up by a timer of its own
    const asking = collect(await open(handle, { maxRetries: 4 }), [chat()], AbortSignal.timeout(5000));
    await expect(asking).rejects.toThrow(/429/);
    expect(calls).toBe(1);
  });

  it('a request that is refused fails alone', async () => {
    const model = await open(async (request, response) => {
      const { messages } = (await readJson(request)) as { messages: { content: string }[] };
      if (messages[0]?.content === 'Hi') return sendJson(response, 200, answer(['fine']));
      sendJson(response, 400, { error: { message: 'too\nlong' } });
    });
    const long = { ...chat('long'), prompt: { messages: [{ role: 'user' as const, content: 'Hi '.repeat(99) }] } };
    const completions = await collect(model, [chat(), long]);
    expect(completions.find(({ requestId }) => requestId === 'long')).toMatchObject({
      finishReason: 'error',
      error: expect.stringMatching(/failed \(400\): too long$/),
    });
    expect(completions.find(({ requestId }) => requestId === 'one')).toMatchObject({ text: 'fine' });
  });

  it('sends a JSON schema, and asks an endpoint that knows none without it, once and for all', async () => {
    const formats: unknown[] = [];
    const model = await open(
      async (request, response) => {
        const { response_format: format } = await readJson(request);
        formats.push(format);
        if (format === undefined) return sendJson(response, 200, answer(['{}']));
        sendJson(response, 400, { error: { message: 'response_format is not supported' } });
      },
      { concurrency: 1 },
    );
    const jsonSchema = { name: 'grade', schema: { type: 'object' } };
    const ask = (id: string): GenerationRequest => ({ ...chat(id), sampling: { ...chat().sampling, jsonSchema } });
    const completions = await collect(model, [ask('a'), ask('b')]);
    expect(completions.map(({ text }) => text)).toEqual(['{}', '{}']);
    expect(formats).toEqual([
      { type: 'json_schema', json_schema: { ...jsonSchema, strict: true } },
      undefined,
      undefined,
    ]);
  });

  it.each(['reasoning_content', 'reasoning'])('keeps what the endpoint calls %s apart', async (field) => {
    const message = { content: 'It is 4.', [field]: '2 + 2' };
    const model = await open((_, response) => sendJson(response, 200, answer([''], { message })));
    expect(await collect(model, [chat()])).toMatchObject([{ text: 'It is 4.', thinking: '2 + 2' }]);
  });

  it('asks for n samples in one call', async () => {
    const model = await open(async (request, response, call) => {
      const { n, seed } = await readJson(request);
      sendJson(response, 200, answer([`${call} ${n} ${seed}`, 'b', 'c']));
    });
    const completions = await collect(model, [chat('one', 3)]);
    expect(completions.map(({ sample, text }) => [sample, text])).toEqual([
      [0, '0 3 5'],
      [1, 'b'],
      [2, 'c'],
    ]);
    expect(completions.map((completion) => completion.completionTokens)).toEqual([2, 2, 3]);
  });

  it.each<[string, (n: unknown) => number]>([
    ['ignores n', () => 200],
    ['refuses n', (n) => (n === undefined ? 200 : 400)],
  ])('an endpoint that %s is asked once for each sample, with other seeds', async (_, status) => {
    const seeds: unknown[] = [];
    const model = await open(async (request, response) => {
      const { n, seed } = await readJson(request);
      if (status(n) === 200) seeds.push(seed);
      sendJson(response, status(n), status(n) === 200 ? answer([`seed ${seed}`]) : { error: { message: 'n' } });
    });
    const completions = await collect(model, [chat('one', 4)]);
    expect(completions.map((completion) => completion.sample).sort()).toEqual([0, 1, 2, 3]);
    expect(new Set(completions.map((completion) => completion.text)).size).toBe(4);
    expect(new Set(seeds).size).toBe(4);
    expect(seeds[0]).toBe(5);
  });

  it.each([
    ['asks for a call again whole, where it draws several in one', 'draws', ['5/4/0', '5/4/1', '5/4/2', '5/4/3']],
    ['asks for the lacking samples alone, where each is a call', 'ignores', ['5/4/0', '1/3']],
  ])('a continued run %s', async (_, kind, texts) => {
    const model = await open(async (request, response) => {
      const { n = 1, seed } = await readJson(request);
      const all = Array.from({ length: Number(n) }, (_, index) => `${seed}/${n}/${index}`);
      sendJson(response, 200, answer(kind === 'draws' ? all : all.slice(0, 1)));
    });
    const undisturbed = await collect(model, [chat('one', 4)]);
    const again = await collect(model, [{ ...chat('two', 4), lacking: [3] }]);
    if (kind === 'draws') expect(again.map(({ text }) => text)).toEqual(texts);
    else expect(again.map(({ sample }) => sample)).toEqual([3]);
    expect(again.find(({ sample }) => sample === 3)?.text).toBe(undisturbed.find(({ sample }) => sample === 3)?.text);
  });

  it.each([
    ['refuses one request', 'always', 5],
    ['refuses one call', 'once', 6],
  ])('an endpoint that %s is asked for several samples in one call ever after', async (_, how, calls) => {
    let count = 0;
    let refused = 0;
    const model = await open(async (request, response) => {
      count += 1;
      const { n = 1, messages } = await readJson(request);
      const isBad = JSON.stringify(messages).includes('bad') && (how === 'always' || refused++ === 0);
      if (isBad) return sendJson(response, 400, { error: { message: 'the content is filtered' } });
      sendJson(response, 200, answer(Array.from({ length: Number(n) }, (_, index) => `${index}`)));
    });
    const bad: GenerationRequest = { ...chat('bad', 8), prompt: { messages: [{ role: 'user', content: 'bad' }] } };
    const completions = await collect(model, [bad, chat('one', 8), chat('two', 8), chat('three', 8)]);
    expect(count).toBe(calls);
    const samples = new Set(
      completions.filter(({ requestId }) => requestId !== 'bad').map(({ requestId, sample }) => requestId + sample),
    );
    expect(samples.size).toBe(24);
    expect(completions.filter(({ failure }) => failure === 'lasting')).toHaveLength(how === 'always' ? 8 : 0);
  });

  it('keeps at most `concurrency` calls under way', async () => {
    let active = 0;
    let most = 0;
    const model = await open(
      async (_, response) => {
        most = Math.max(most, ++active);
        await new Promise((resolve) => setTimeout(resolve, 5));
        active--;
        sendJson(response, 200, answer(['fine']));
      },
      { concurrency: 3 },
    );
    const requests = Array.from({ length: 12 }, (_, index) => chat(`r${index}`));
    expect(await collect(model, requests)).toHaveLength(12);
    expect(most).toBe(3);
  });

  it('drops the calls under way when it is cancelled', async () => {
    const controller = new AbortController();
    let wasDropped: () => void = () => undefined;
    const dropped = new Promise<void>((resolve) => {
      wasDropped = resolve;
    });
    const model = await open((_, response) => {
      response.on('close', wasDropped);
      controller.abort();
    });
    await expect(collect(model, [chat()], controller.signal)).rejects.toThrow(CancelledError);
    await dropped;
  });

  it.each([
    ['length', { finish_reason: 'length' }, { finishReason: 'length', text: 'fine' }],
    ['a content filter', { finish_reason: 'content_filter' }, { finishReason: 'error', text: '' }],
    [
      'a refusal',
      { message: { content: null, refusal: 'I will\nnot' } },
      { finishReason: 'error', error: 'The model refused: I will not' },
    ],
  ])('reads %s', async (_, extra, expected) => {
    const model = await open((_request, response) => sendJson(response, 200, answer(['fine'], extra)));
    expect(await collect(model, [chat()])).toMatchObject([expected]);
  });

  it('sends the key of its own variable alone, and none where there is none', async () => {
    const seen: unknown[] = [];
    const handle: Handle = (request, response) => {
      seen.push(request.headers.authorization);
      sendJson(response, 200, answer(['fine']));
    };
    await collect(await open(handle, { environment: { MATHPIE_API_KEY: 'sk-mine', OPENAI_API_KEY: 'sk-other' } }), [
      chat(),
    ]);
    await collect(await open(handle, { environment: { OPENAI_API_KEY: 'sk-other' } }), [chat()]);
    expect(seen).toEqual(['Bearer sk-mine', undefined]);
  });
});

describe('openai:NAME', () => {
  it('without a key throws', async () => {
    await expect(openModel('openai:gpt-x', { environment: {} })).rejects.toThrow(
      'Cannot open model "openai:gpt-x": no key, set the environment variable OPENAI_API_KEY',
    );
  });

  it('refuses raw text before any call', async () => {
    const fetch = () => {
      throw new Error('called');
    };
    const model = await openModel('openai:gpt-x', { environment: { OPENAI_API_KEY: 'sk-x' }, fetch });
    expect(model.capabilities.raw).toBe(false);
    await expect(collect(model, [{ ...chat(), prompt: { raw: '<|user|>' } }])).rejects.toThrow(
      /^Cannot continue raw text with openai:gpt-x: it takes chat messages only, use pocket, gguf:FILE or a vLLM/,
    );
  });

  it('calls the API with the newer name of the token limit', async () => {
    const calls: { url: string; body: unknown }[] = [];
    const fetch = async (url: unknown, init?: RequestInit) => {
      calls.push({ url: String(url), body: JSON.parse(String(init?.body)) });
      return Response.json(answer(['fine']));
    };
    const model = await openModel('openai:gpt-x', { environment: { OPENAI_API_KEY: 'sk-x' }, fetch });
    await collect(model, [chat()]);
    expect(calls).toMatchObject([
      {
        url: 'https://api.openai.com/v1/chat/completions',
        body: { model: 'gpt-x', max_completion_tokens: 8, seed: 5 },
      },
    ]);
  });
});
