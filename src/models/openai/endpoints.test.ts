import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { InputError, ModelError } from '../../errors.js';
import type { Completion, GenerationRequest, LanguageModel, Sampling } from '../language-model.js';
import { openModel } from '../open-model.js';
import { readJson, sendJson, serve, type WireServer } from './__fixtures__/wire-server.js';
import { isEndpointName, parseEndpoint } from './parse-endpoint.js';
import { callTimeout } from './request-completions.js';

/** One row a kind of endpoint that is in use: what it answers to which body, and what has to become of it. */
const servers: WireServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

type Body = Readonly<Record<string, unknown>>;
type Answer = { readonly status?: number; readonly body?: unknown; readonly text?: string; readonly type?: string };
type Reply = (body: Body, call: number, request: IncomingMessage) => Answer;

const usage = { prompt_tokens: 4, completion_tokens: 8 };
const chat = (message: object, more: object = {}, top: object = {}): Answer => ({
  body: { choices: [{ index: 0, message, finish_reason: 'stop', ...more }], usage, ...top },
});
const said = chat({ content: 'It is 4.' });
const refuse = (message: string, more: object = {}): Answer => ({ status: 400, body: { error: { message, ...more } } });
/** Refuses a body that holds one of these. */
const refusing = (answers: Readonly<Record<string, Answer>>): Reply => {
  return (body) => Object.entries(answers).find(([name]) => name in body)?.[1] ?? said;
};

async function ask(
  reply: Reply,
  {
    options = '',
    path = '/v1',
    sampling = {},
    samples = 1,
    environment = {},
    maxRetries = 0,
    count = 1,
  }: {
    readonly options?: string;
    readonly path?: string;
    readonly sampling?: Partial<Sampling>;
    readonly samples?: number;
    readonly environment?: NodeJS.ProcessEnv;
    readonly maxRetries?: number;
    readonly count?: number;
  } = {},
): Promise<{ completions: Completion[]; bodies: Body[]; requests: IncomingMessage[]; model: LanguageModel }> {
  const bodies: Body[] = [];
  const requests: IncomingMessage[] = [];
  const server = await serve(async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readJson(request);
    bodies.push(body);
    requests.push(request);
    const { status = 200, body: answer, text, type = 'application/json' } = reply(body, bodies.length - 1, request);
    if (text === undefined) sendJson(response, status, answer, { 'retry-after-ms': '1' });
    else response.writeHead(status, { 'content-type': type, 'retry-after-ms': '1' }).end(text);
  });
  servers.push(server);
  const url = server.url.replace(/\/v1$/, path);
  const model = await openModel(`${url}#tiny${options}`, { environment, maxRetries, concurrency: 1 });
  const request = (id: string): GenerationRequest => ({
    id,
    samples,
    prompt: { messages: [{ role: 'user', content: 'What is 2 + 2?' }] },
    sampling: { temperature: 0, maxTokens: 64, ...sampling },
  });
  const completions: Completion[] = [];
  const all = Array.from({ length: count }, (_, index) => request(`q${index}`));
  for await (const completion of model.generate(all)) completions.push(completion);
  return { completions, bodies, requests, model };
}

describe('a parameter that the endpoint refuses', () => {
  it.each<[string, string, Answer, Partial<Sampling>]>([
    [
      'GPT-5',
      'temperature',
      refuse(
        "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
        {
          param: 'temperature',
          code: 'unsupported_value',
        },
      ),
      {},
    ],
    [
      'o3',
      'stop',
      refuse("Unsupported parameter: 'stop' is not supported with this model.", { param: 'stop' }),
      { stop: ['Q:'] },
    ],
    [
      'one without a param',
      'seed',
      refuse("Invalid JSON payload received. Unknown name 'seed': Cannot find field."),
      { seed: 3 },
    ],
    [
      'pydantic',
      'logit_bias',
      { status: 422, body: { error: { message: 'logit_bias: Extra inputs are not permitted' } } },
      { forbiddenTokens: [5] },
    ],
    ['one that has no top-p', 'top_p', refuse('top_p is not supported by this model'), { topP: 0.9 }],
    [
      'Claude',
      'top_p',
      refuse('`temperature` and `top_p` cannot both be specified for this model. Please use only one.'),
      { topP: 0.9 },
    ],
    [
      'one without probabilities',
      'logprobs',
      refuse('You are not allowed to request logprobs from this model', { param: 'logprobs' }),
      { topLogProbabilities: 3 },
    ],
    [
      'one without schemas',
      'response_format',
      refuse('Grammar-based decoding is disabled'),
      { jsonSchema: { name: 'a', schema: {} } },
    ],
  ])('%s: is left out from then on (%s)', async (_, name, answer, sampling) => {
    const { completions, bodies, model } = await ask(refusing({ [name]: answer }), { sampling, count: 3 });
    expect(completions.map(({ text }) => text)).toEqual(['It is 4.', 'It is 4.', 'It is 4.']);
    expect(bodies.map((body) => name in body)).toEqual([true, false, false, false]);
    expect(model.adaptations?.()).toEqual([
      expect.stringMatching(new RegExp(`^${name} was left out, which the endpoint refuses: `)),
    ]);
  });

  const unsupported = 'is not supported by this model';
  it.each<[string, Answer]>([
    [
      'a list of one (Gemini)',
      { status: 400, body: [{ error: { code: 400, message: 'Unknown name "temperature": Cannot find field.' } }] },
    ],
    [
      'the words at the top (vLLM until 0.10)',
      { status: 400, body: { object: 'error', message: `temperature ${unsupported}`, type: 'BadRequestError' } },
    ],
    [
      'places and messages (FastAPI)',
      { status: 422, body: { detail: [{ loc: ['body', 'temperature'], msg: 'Extra inputs are not permitted' }] } },
    ],
    [
      'the same inside a message (Mistral)',
      {
        status: 422,
        body: { object: 'error', message: { detail: [{ loc: ['body', 'temperature'], msg: 'Extra inputs' }] } },
      },
    ],
    ['a text (xAI)', { status: 400, body: { code: 'invalid', error: `Argument ${unsupported}: temperature` } }],
    ['a detail that is a text (DeepInfra)', { status: 400, body: { detail: { error: `temperature ${unsupported}` } } }],
    [
      "the provider's own answer inside (OpenRouter)",
      {
        status: 400,
        body: {
          error: {
            code: 400,
            message: 'Provider returned error',
            metadata: { raw: JSON.stringify({ error: { message: unsupported, param: 'temperature' } }) },
          },
        },
      },
    ],
    ['a type beside it (Anthropic)', refuse('`temperature` is deprecated for this model.', { type: 'error' })],
  ])('is named by an answer as %s', async (_, answer) => {
    const { completions, bodies } = await ask(refusing({ temperature: answer }), { count: 2 });
    expect(completions.map(({ text }) => text)).toEqual(['It is 4.', 'It is 4.']);
    expect(bodies.map((body) => 'temperature' in body)).toEqual([true, false, false]);
  });

  it.each([
    ['?api=responses&effort=low', 'reasoning.summary', 'summaries need a verified organization', { effort: 'low' }],
    ['?api=responses&effort=low', 'reasoning.effort', "Unsupported parameter: 'reasoning.effort'", { summary: 'auto' }],
  ])('%s: a part of one is left out alone: %s', async (options, param, message, left) => {
    const hasPart = (body: Body): boolean => (param.split('.')[1] ?? '') in (body.reasoning as object);
    const { completions, bodies, model } = await ask((body) => (hasPart(body) ? refuse(message, { param }) : said), {
      options,
    });
    expect(completions).toMatchObject([{ text: 'It is 4.' }]);
    expect(bodies[1]?.reasoning).toEqual(left);
    expect(model.adaptations?.()).toEqual([expect.stringContaining(`${param} was left out`)]);
  });

  it('one that is named by a value of its own (Claude from Opus 4.7)', async () => {
    const message = '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive".';
    const { completions } = await ask(refusing({ thinking: refuse(message) }), {
      options: '?door=anthropic&budget=1024',
    });
    expect(completions).toMatchObject([{ text: 'It is 4.' }]);
  });

  it('several, one after the other', async () => {
    const { completions, bodies } = await ask(
      refusing({
        temperature: refuse('temperature is not supported', { param: 'temperature' }),
        seed: refuse('seed is not supported', { param: 'seed' }),
        stop: refuse('stop is not supported', { param: 'stop' }),
      }),
      { sampling: { seed: 1, stop: ['Q:'] }, count: 2 },
    );
    expect(completions.map(({ finishReason }) => finishReason)).toEqual(['stop', 'stop']);
    expect(bodies).toHaveLength(5);
  });

  it.each([
    [
      'max_tokens',
      'max_completion_tokens',
      '',
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    ],
    ['max_completion_tokens', 'max_tokens', '?door=openai', 'max_completion_tokens: Extra inputs are not permitted'],
  ])('%s is sent as %s', async (name, other, options, message) => {
    const { completions, bodies, model } = await ask(refusing({ [name]: refuse(message, { param: name }) }), {
      options,
    });
    expect(completions).toMatchObject([{ text: 'It is 4.' }]);
    expect(bodies.map((body) => body[other])).toEqual([undefined, 64]);
    expect(model.adaptations?.()).toEqual([`${other} was sent in place of ${name}, which the endpoint refuses`]);
  });

  it('max_tokens is sent as max_completion_tokens by calls that were under way when that was learnt, too', async () => {
    // Both go out before the first is refused
    let both: () => void = () => undefined;
    const here = new Promise<void>((resolve) => (both = resolve));
    let calls = 0;
    const server = await serve(async (request, response) => {
      const body = await readJson(request);
      if (!('max_tokens' in body)) return sendJson(response, 200, said.body);
      calls += 1;
      if (calls === 2) both();
      await here;
      sendJson(response, 400, { error: { message: "Unsupported parameter: 'max_tokens'", param: 'max_tokens' } });
    });
    servers.push(server);
    const model = await openModel(`${server.url}#tiny`, { environment: {}, maxRetries: 0, concurrency: 2 });
    const asked = ['a', 'b'].map(
      (id): GenerationRequest => ({
        id,
        prompt: { messages: [{ role: 'user', content: '2 + 2?' }] },
        sampling: { maxTokens: 64, temperature: 0 },
      }),
    );
    const completions: Completion[] = [];
    for await (const completion of model.generate(asked)) completions.push(completion);
    expect(completions.map(({ text }) => text)).toEqual(['It is 4.', 'It is 4.']);
  });

  it('n: each sample is a call', async () => {
    const { completions, bodies } = await ask(refusing({ n: refuse("'n' must be 1", { param: 'n' }) }), { samples: 3 });
    expect(completions).toHaveLength(3);
    expect(bodies.map(({ n }) => n)).toEqual([3, undefined, undefined, undefined]);
  });

  it.each([
    ['max_tokens is too large: 64. This model supports at most 16 completion tokens', 'max_tokens'],
    ["This model's maximum context length is 8 tokens. However, you requested 70 tokens", undefined],
    ['The request has a bad temperature of the server room', undefined],
    ['`max_tokens` must be greater than `thinking.budget_tokens`', undefined],
  ])('a refusal of something else stays one: %s', async (message, param) => {
    const { completions, bodies, model } = await ask(() => refuse(message, param === undefined ? {} : { param }));
    expect(completions).toMatchObject([
      { finishReason: 'error', failure: 'lasting', error: expect.stringContaining('failed (400)') },
    ]);
    expect(bodies).toHaveLength(1);
    expect(model.adaptations?.()).toEqual([]);
  });

  it('an endpoint that refuses a parameter and is down then is given up', async () => {
    const down: Answer = { status: 503, body: { error: { message: 'down' } } };
    const reply: Reply = (body) => ('seed' in body ? refuse('seed is not supported', { param: 'seed' }) : down);
    await expect(ask(reply, { sampling: { seed: 1 }, count: 2 })).rejects.toThrow(/failed \(503\): down/);
  });

  it('an endpoint that refuses whatever it gets is not asked for ever', async () => {
    const { completions, bodies } = await ask((body) =>
      refuse(`Unsupported: '${Object.keys(body).find((name) => name !== 'model')}'`),
    );
    expect(completions).toMatchObject([{ finishReason: 'error' }]);
    expect(bodies.length).toBeLessThan(8);
  });
});

describe('rules for models that are known', () => {
  const sampling = { temperature: 0, topP: 0.9, seed: 1, stop: ['Q:'], maxTokens: 8, topLogProbabilities: 2 };
  const bodyOf = async (
    name: string,
    given: Partial<Sampling> = {},
  ): Promise<{ url: string; body: Body; headers: Headers }> => {
    const calls: { url: string; body: Body; headers: Headers }[] = [];
    const fetch = async (url: unknown, init?: RequestInit) => {
      calls.push({ url: String(url), body: JSON.parse(String(init?.body)), headers: new Headers(init?.headers) });
      return Response.json(said.body);
    };
    const environment = {
      OPENAI_API_KEY: 'sk-o',
      ANTHROPIC_API_KEY: 'sk-a',
      GEMINI_API_KEY: 'sk-g',
      OPENROUTER_API_KEY: 'sk-r',
      AZURE_OPENAI_API_KEY: 'sk-z',
      AZURE_OPENAI_ENDPOINT: 'https://mine.openai.azure.com/',
    };
    const model = await openModel(name, { environment, fetch });
    const prompt = { messages: [{ role: 'user' as const, content: 'Hi' }] };
    for await (const _ of model.generate([{ id: 'a', samples: 2, prompt, sampling: { ...sampling, ...given } }])) break;
    const [first] = calls;
    if (first === undefined) throw new Error('nothing was sent');
    return first;
  };

  it.each<[string, readonly string[], object]>([
    ['openai:gpt-5-mini', ['temperature', 'top_p', 'stop', 'logprobs'], { max_completion_tokens: 8, n: 2 }],
    ['openai:gpt-5.1?effort=low', ['temperature', 'top_p', 'logprobs'], { reasoning_effort: 'low' }],
    ['openai:gpt-5.1?effort=none', ['stop'], { reasoning_effort: 'none', temperature: 0, top_p: 0.9, logprobs: true }],
    ['openai:gpt-5.1?thinking=off', ['stop'], { reasoning_effort: 'none', temperature: 0 }],
    ['openai:gpt-5-chat-latest', [], { temperature: 0, stop: ['Q:'] }],
    ['openai:gpt-4.1', [], { temperature: 0, stop: ['Q:'] }],
    ['openai:o4-mini?verbosity=low', ['temperature', 'stop'], { verbosity: 'low' }],
    ['anthropic:claude-x', ['n', 'seed', 'logprobs'], { temperature: 0, stop: ['Q:'] }],
    ['anthropic:claude-x?budget=2048', [], { thinking: { type: 'enabled', budget_tokens: 2048 } }],
    ['gemini:gemini-x?effort=low', [], { reasoning_effort: 'low' }],
    [
      'gemini:gemini-x?budget=512',
      [],
      { extra_body: { google: { thinking_config: { thinking_budget: 512, include_thoughts: true } } } },
    ],
    [
      'openrouter:owner/name?effort=high&budget=99',
      [],
      { reasoning: { effort: 'high', max_tokens: 99 }, max_tokens: 8 },
    ],
    ['openrouter:owner/name?thinking=off', [], { reasoning: { enabled: false } }],
    ['http://localhost:1/v1#Qwen/Qwen3-8B?thinking=off', [], { chat_template_kwargs: { enable_thinking: false } }],
    [
      'http://localhost:1/v1#x?budget=99&template.level=3&template.mode=fast',
      [],
      { thinking_token_budget: 99, chat_template_kwargs: { level: 3, mode: 'fast' } },
    ],
  ])('%s sends nothing of %j', async (name, without, holds) => {
    const { body } = await bodyOf(
      name,
      name.includes('claude') || name.includes('gemini') ? { topLogProbabilities: 0 } : {},
    );
    for (const parameter of without) expect(body).not.toHaveProperty(parameter);
    expect(body).toMatchObject(holds);
    expect(body.model).not.toContain('?');
  });

  it.each([
    ['openai:gpt-x', 'https://api.openai.com/v1/chat/completions', 'authorization', 'Bearer sk-o'],
    ['openai:gpt-5-pro', 'https://api.openai.com/v1/responses', 'authorization', 'Bearer sk-o'],
    ['anthropic:claude-x', 'https://api.anthropic.com/v1/chat/completions', 'authorization', 'Bearer sk-a'],
    [
      'gemini:gemini-x',
      'https://generativelanguage.googleapis.com/v1beta/openai/chat/completions',
      'authorization',
      'Bearer sk-g',
    ],
    ['openrouter:owner/name', 'https://openrouter.ai/api/v1/chat/completions', 'authorization', 'Bearer sk-r'],
    [
      'https://openrouter.ai/api/v1#owner/name',
      'https://openrouter.ai/api/v1/chat/completions',
      'authorization',
      'Bearer sk-r',
    ],
    ['azure:mine', 'https://mine.openai.azure.com/openai/v1/chat/completions', 'api-key', 'sk-z'],
    [
      'https://mine.openai.azure.com/openai/deployments/four?api-version=2024-10-21',
      'https://mine.openai.azure.com/openai/deployments/four/chat/completions?api-version=2024-10-21',
      'api-key',
      'sk-z',
    ],
  ])('%s is asked at %s with its own key', async (name, url, header, key) => {
    const call = await bodyOf(name, { topLogProbabilities: 0 });
    expect(call.url).toBe(url);
    expect(call.headers.get(header)).toBe(key);
    if (header !== 'authorization') expect(call.headers.has('authorization')).toBe(false);
  });

  it('a temperature above the highest becomes the highest, and that is told', async () => {
    const { bodies, model } = await ask(() => said, { options: '?door=anthropic', sampling: { temperature: 1.4 } });
    expect(bodies).toMatchObject([{ temperature: 1 }]);
    expect(model.adaptations?.()).toEqual(['temperature was 1, the highest that the endpoint knows']);
  });
});

describe('an answer', () => {
  const failed = { finishReason: 'error' as const, text: '' };
  it.each<[string, Answer, Partial<Completion>]>([
    [
      'with content as parts',
      chat({
        content: [
          { type: 'text', text: 'It is ' },
          { type: 'text', text: '4.' },
        ],
      }),
      { text: 'It is 4.' },
    ],
    [
      'with the thought as a part (Magistral)',
      chat({
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: '2 + 2' }] },
          { type: 'text', text: 'It is 4.' },
        ],
      }),
      { text: 'It is 4.', thinking: '2 + 2' },
    ],
    ['with reasoning_content', chat({ content: 'It is 4.', reasoning_content: '2 + 2' }), { thinking: '2 + 2' }],
    ['with reasoning', chat({ content: 'It is 4.', reasoning: '2 + 2' }), { thinking: '2 + 2' }],
    [
      'with reasoning_details (OpenRouter)',
      chat({
        content: 'It is 4.',
        reasoning: null,
        reasoning_details: [
          { type: 'reasoning.text', text: '2 + ' },
          { type: 'reasoning.summary', summary: '2' },
        ],
      }),
      { thinking: '2 + 2' },
    ],
    [
      'cut in its thought: content null',
      chat({ content: null, reasoning: '2 +' }, { finish_reason: 'length' }),
      { text: '', thinking: '2 +', finishReason: 'length' },
    ],
    [
      'with reasoning tokens',
      chat({ content: '4' }, {}, { usage: { ...usage, completion_tokens_details: { reasoning_tokens: 6 } } }),
      { completionTokens: 8, thinkingTokens: 6 },
    ],
    [
      'with tokens of a thought in the total alone (Gemini)',
      chat({ content: '4' }, {}, { usage: { ...usage, total_tokens: 112 } }),
      { completionTokens: 108, thinkingTokens: 100 },
    ],
    [
      'that was refused',
      chat({ content: null, refusal: 'I will not' }),
      { ...failed, failure: 'refusal', error: 'The model refused: I will not' },
    ],
    [
      'that was refused in a part',
      chat({ content: [{ type: 'refusal', refusal: 'No' }] }),
      { ...failed, failure: 'refusal' },
    ],
    ['that ended with length', chat({ content: 'It' }, { finish_reason: 'length' }), { finishReason: 'length' }],
    [
      'that ended with model_length (Mistral)',
      chat({ content: 'It' }, { finish_reason: 'model_length' }),
      { finishReason: 'length' },
    ],
    [
      'that ended with MAX_TOKENS (Vertex, Cohere)',
      chat({ content: 'It' }, { finish_reason: 'MAX_TOKENS' }),
      { finishReason: 'length' },
    ],
    [
      'that ended with max_tokens (Anthropic)',
      chat({ content: 'It' }, { finish_reason: 'max_tokens' }),
      { finishReason: 'length' },
    ],
    [
      'that ended with model_context_window_exceeded (Anthropic, GLM)',
      chat({ content: 'It' }, { finish_reason: 'model_context_window_exceeded' }),
      { finishReason: 'length' },
    ],
    [
      'that ended with ERROR_LIMIT (Cohere)',
      chat({ content: 'It' }, { finish_reason: 'ERROR_LIMIT' }),
      { finishReason: 'length' },
    ],
    [
      'that ended with repetition (vLLM)',
      chat({ content: 'It It' }, { finish_reason: 'repetition' }),
      { finishReason: 'length' },
    ],
    [
      'that ended with a filter and its reason (Gemini)',
      chat({ content: 'It' }, { finish_reason: 'content_filter: RECITATION' }),
      { ...failed, failure: 'refusal' },
    ],
    [
      'that has no message, and a filter (Gemini)',
      { body: { choices: [{ index: 0, finish_reason: 'content_filter: PROHIBITED_CONTENT' }], usage } },
      { ...failed, failure: 'refusal' },
    ],
    [
      'that has no message, and was cut (Gemini)',
      { body: { choices: [{ index: 0, finish_reason: 'length' }], usage } },
      { text: '', finishReason: 'length' },
    ],
    [
      'that ended with sensitive (GLM)',
      chat({ content: '' }, { finish_reason: 'sensitive' }),
      { ...failed, failure: 'refusal' },
    ],
    [
      'that ended with network_error (GLM)',
      chat({ content: '' }, { finish_reason: 'network_error' }),
      { ...failed, failure: 'passing' },
    ],
    ['with content as one part', chat({ content: { type: 'text', text: 'It is 4.' } }), { text: 'It is 4.' }],
    [
      'with an empty list of choices',
      { body: { choices: [], usage } },
      { ...failed, error: expect.stringContaining('no choice') },
    ],
    [
      'whose prompt was filtered (Azure)',
      refuse("filtered due to the prompt triggering Azure OpenAI's content management policy", {
        param: 'prompt',
        code: 'content_filter',
      }),
      { ...failed, failure: 'refusal' },
    ],
    [
      'with more tokens of a thought than of all, and no total',
      chat({ content: '4' }, {}, { usage: { ...usage, completion_tokens_details: { reasoning_tokens: 300 } } }),
      { completionTokens: 308, thinkingTokens: 300 },
    ],
    ['that ended with end_turn', chat({ content: 'It' }, { finish_reason: 'end_turn' }), { finishReason: 'stop' }],
    ['that ended with null', chat({ content: 'It' }, { finish_reason: null }), { finishReason: 'stop' }],
    ['that ended with error', chat({ content: 'It' }, { finish_reason: 'error' }), { ...failed, failure: 'passing' }],
    [
      'that ended with abort (vLLM)',
      chat({ content: '' }, { finish_reason: 'abort' }),
      { ...failed, failure: 'passing' },
    ],
    [
      'whose choice holds an error (OpenRouter)',
      chat({ content: '' }, { finish_reason: 'error', error: { code: 502, message: 'Provider gone' } }),
      { ...failed, failure: 'passing', error: 'The endpoint ended the answer (502): Provider gone' },
    ],
    ['that ended with SAFETY', chat({ content: 'It' }, { finish_reason: 'SAFETY' }), { ...failed, failure: 'refusal' }],
    [
      'as JSON sent as text/plain',
      { text: JSON.stringify(said.body), type: 'text/plain; charset=utf-8' },
      { text: 'It is 4.' },
    ],
    ['as JSON without a type', { text: JSON.stringify(said.body), type: '' }, { text: 'It is 4.' }],
    [
      'with a lone surrogate and a NUL',
      { text: JSON.stringify(said.body).replace('It is', '\\ud83d\\u0000 is') },
      { text: '\uFFFD\uFFFD is 4.' },
    ],
    [
      'with choices out of order',
      {
        body: {
          choices: [
            { index: 1, message: { content: 'b' } },
            { index: 0, message: { content: 'a' } },
          ],
          usage,
        },
      },
      { text: 'a' },
    ],
  ])('%s', async (_, answer, expected) => {
    const { completions } = await ask(() => answer);
    expect(completions).toMatchObject([expected]);
  });

  it.each<[string, Answer, string]>([
    [
      'without usage',
      { body: { choices: [{ message: { content: 'It is 4.' } }] } },
      '1 answers told no usage: their tokens are estimated, one for 4 characters',
    ],
    [
      'with a usage that no answer has',
      chat({ content: '4' }, {}, { usage: { prompt_tokens: -4, completion_tokens: 1e300 } }),
      '1 answers told no usage: their tokens are estimated, one for 4 characters',
    ],
    [
      'with a finish word that nobody knows',
      chat({ content: 'It' }, { finish_reason: 'tired' }),
      'finish_reason "tired" is unknown: it was read as a stop',
    ],
    [
      'with characters that are no text',
      { text: JSON.stringify(said.body).replace('It is', '\\udc00') },
      '1 characters that are no text (NUL, half a pair) became U+FFFD',
    ],
  ])('%s is told once', async (_, answer, line) => {
    const { completions, model } = await ask(() => answer);
    expect(completions).toMatchObject([{ finishReason: 'stop', completionTokens: expect.any(Number) }]);
    expect(model.adaptations?.()).toEqual([line]);
  });

  it('without usage counts the thought as well', async () => {
    const { completions } = await ask(() => ({
      body: { choices: [{ message: { content: 'It is 4.', reasoning: '2 + 2 = 4' } }] },
    }));
    expect(completions).toMatchObject([{ promptTokens: 4, completionTokens: 5 }]);
  });

  it.each<[string, object, number]>([
    ['code 429', { code: 429, message: 'slow' }, 3],
    ['code 503', { code: '503', message: 'down' }, 3],
    ['a word', { code: 'rate_limit_exceeded', message: 'slow' }, 3],
    ['code 503 beside no choices', { code: 503, message: 'down' }, 3],
    ['code 400', { code: 400, message: 'no' }, 1],
  ])('of status 200 that is an error is tried again where that may pass: %s', async (name, error, calls) => {
    const more = name.endsWith('choices') ? { choices: null } : {};
    const { completions, bodies } = await ask((_body, call) => (call < 2 ? { body: { error, ...more } } : said), {
      maxRetries: 4,
      count: 1,
    });
    expect(bodies).toHaveLength(calls);
    expect(completions).toMatchObject([
      calls === 3 ? { text: 'It is 4.' } : { finishReason: 'error', error: expect.stringMatching(/\(400\): no$/) },
    ]);
  });
});

describe('an account that is empty', () => {
  it.each<[string, Answer]>([
    ['OpenAI', { status: 429, body: { error: { message: 'You exceeded your quota', code: 'insufficient_quota' } } }],
    ['Anthropic', refuse('Your credit balance is too low to access the Anthropic API.')],
  ])('%s: the run ends at once, and says so', async (_, answer) => {
    await expect(ask(() => answer, { maxRetries: 4, count: 3 })).rejects.toThrow(
      /asks to be paid \((?:429|400)\): .*, top up the account/,
    );
  });
});

it('a key that is no key, told as a request that is wrong (Gemini), ends the run', async () => {
  const error = { code: 400, message: 'API key not valid. Please pass a valid API key.' };
  await expect(ask(() => ({ status: 400, body: [{ error }] }), { count: 3 })).rejects.toThrow(
    /refuses the key \(400\), set MATHPIE_API_KEY/,
  );
});

it.each([
  [undefined, 1024, 600_000],
  [undefined, 32_768, 1_638_400],
  [5, 32_768, 5],
])('a call for which %s ms are given may take for %d tokens %d ms', (given, maxTokens, expected) => {
  expect(callTimeout(given, { maxTokens })).toBe(expected);
});

describe('the Responses API', () => {
  const answer = (output: readonly object[], more: object = {}): Answer => ({
    body: {
      status: 'completed',
      output,
      usage: { input_tokens: 4, output_tokens: 20, output_tokens_details: { reasoning_tokens: 12 } },
      ...more,
    },
  });
  const message = (text: string) => ({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] });
  const thought = { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Adding.' }] };

  it('asks for the summary of the thought, keeps nothing there, and gives one sample a call', async () => {
    const { completions, bodies, requests } = await ask(() => answer([thought, message('It is 4.')]), {
      options: '?door=openai&api=responses&effort=low&verbosity=low',
      samples: 2,
      sampling: { jsonSchema: { name: 'a', schema: { type: 'object' } } },
    });
    expect(requests.map(({ url }) => url)).toEqual(['/v1/responses', '/v1/responses']);
    expect(bodies[0]).toMatchObject({
      input: [{ role: 'user', content: 'What is 2 + 2?' }],
      max_output_tokens: 64,
      store: false,
      reasoning: { summary: 'auto', effort: 'low' },
      text: { verbosity: 'low', format: { type: 'json_schema', name: 'a', strict: true } },
    });
    expect(completions).toHaveLength(2);
    expect(completions[0]).toMatchObject({
      text: 'It is 4.',
      thinking: 'Adding.',
      promptTokens: 4,
      completionTokens: 20,
      thinkingTokens: 12,
    });
  });

  it.each<[string, Answer, Partial<Completion>]>([
    [
      'cut',
      answer([message('It')], { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }),
      { finishReason: 'length', text: 'It' },
    ],
    [
      'filtered',
      answer([], { status: 'incomplete', incomplete_details: { reason: 'content_filter' } }),
      { finishReason: 'error', failure: 'refusal' },
    ],
    [
      'failed',
      answer([], { status: 'failed', error: { code: 'server_error', message: 'oops' } }),
      { finishReason: 'error', error: 'The endpoint ended the answer (server_error): oops' },
    ],
    [
      'refused',
      answer([{ type: 'message', content: [{ type: 'refusal', refusal: 'No' }] }]),
      { finishReason: 'error', error: 'The model refused: No' },
    ],
  ])('%s', async (_, reply, expected) => {
    const { completions } = await ask(() => reply, { options: '?api=responses' });
    expect(completions).toMatchObject([expected]);
  });
});

describe('a model string', () => {
  it.each([
    ['openai:gpt-x?efort=low', InputError, /there is no option "efort", it takes effort, verbosity/],
    ['openai:gpt-x?verbosity=loud', InputError, /verbosity is "loud", give one of low, medium, high/],
    ['openai:gpt-x?effort=', InputError, /option effort has no value/],
    ['openai:gpt-x?budget=many', InputError, /budget is "many", give the most tokens/],
    ['https://host/v1?key=secret#m', InputError, /put the key into MATHPIE_API_KEY/],
    ['https://host/v1?api-version=1&key=secret#m', InputError, /put the key into MATHPIE_API_KEY/],
    ['anthropic:claude-x', ModelError, /no key, set the environment variable ANTHROPIC_API_KEY/],
  ])('%s is refused', (name, kind, expected) => {
    const thrown = (): unknown => parseEndpoint(name, { OPENAI_API_KEY: 'sk-o' });
    expect(thrown).toThrow(kind);
    expect(thrown).toThrow(expected);
    expect(thrown).not.toThrow(/secret/);
  });

  it('azure: without a resource says which variable is missing', () => {
    expect(() => parseEndpoint('azure:four', { AZURE_OPENAI_API_KEY: 'sk' })).toThrow(
      /set the environment variable AZURE_OPENAI_ENDPOINT/,
    );
  });

  it.each([
    ['the resource', 'https://x.openai.azure.com'],
    ['the base of its newer form', 'https://x.openai.azure.com/openai/v1/'],
    ['a project of Foundry', 'https://x.services.ai.azure.com/api/projects/p'],
  ])('azure: with %s as its endpoint', (_, resource) => {
    const environment = { AZURE_OPENAI_API_KEY: 'sk', AZURE_OPENAI_ENDPOINT: resource };
    expect(parseEndpoint('azure:four', environment).baseUrl).toBe(`${new URL(resource).origin}/openai/v1`);
  });

  it.each([
    [
      'https://x.openai.azure.com/openai/deployments/four/chat/completions?api-version=2025-01-01',
      'https://x.openai.azure.com/openai/deployments/four',
      'four',
    ],
    ['http://localhost:8000/v1/chat/completions#m', 'http://localhost:8000/v1', 'm'],
    ['http://localhost:8000/v1/responses#m', 'http://localhost:8000/v1', 'm'],
    ['http://localhost:8000/v1/#m', 'http://localhost:8000/v1', 'm'],
  ])('%s, the address of a call, is that of its API', (name, baseUrl, model) => {
    expect(parseEndpoint(name, {})).toMatchObject({ baseUrl, model });
  });

  it('a key of a door goes to no other host, whatever dialect it speaks', () => {
    const endpoint = parseEndpoint('http://proxy:4000/v1#m?door=openai', { OPENAI_API_KEY: 'sk-o' });
    expect(endpoint).toMatchObject({ door: 'openai', key: undefined, keyVariable: 'MATHPIE_API_KEY', model: 'm' });
  });

  it.each([
    ['openai:x', true],
    ['gemini:x', true],
    ['https://h/v1#x', true],
    ['gguf:x', false],
    ['pocket', false],
    ['openai:', false],
  ])('%s is an endpoint: %s', (name, expected) => {
    expect(isEndpointName(name)).toBe(expected);
  });
});
