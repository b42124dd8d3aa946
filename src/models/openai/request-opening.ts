import type OpenAI from 'openai';
import { derivePreQuery } from '../../prompts/pre-query.js';
import type { Opening } from '../language-model.js';

type Server = { readonly client: OpenAI; readonly model: string; readonly baseUrl: string };

/**
 * How a server opens a user turn, asked of itself: llama.cpp tells its chat template (GET /props), vLLM renders a conversation (POST
 * /tokenize with messages, then /detokenize), of which the text in front of a sentinel is taken. Undefined where it does neither.
 */
export async function requestOpening(server: Server): Promise<Opening | undefined> {
  try {
    return (await fromTemplate(server)) ?? (await fromRendering(server));
  } catch {
    // Whatever is wrong with the endpoint is said by the first completion.
    return undefined;
  }
}

/** The token that a server puts in front of a text by itself: llama.cpp tells it, vLLM by the tokens of an empty text; empty where neither does. */
export async function requestBegin(server: Server): Promise<string> {
  const told = await server.client
    .get<{ bos_token?: unknown }>(`${rootOf(server)}/props`, quick)
    .catch(() => undefined);
  if (typeof told?.bos_token === 'string') return told.bos_token;
  const first = await tokenize(server, { prompt: '', add_special_tokens: true }).catch(() => undefined);
  return (await detokenize(server, first).catch(() => undefined)) ?? '';
}

const rootOf = ({ baseUrl }: Server): string => baseUrl.replace(/\/v1$/, '');
const quick = { maxRetries: 1, timeout: 20_000 };

async function fromTemplate(server: Server): Promise<Opening | undefined> {
  const told = await server.client
    .get<{ chat_template?: unknown; bos_token?: unknown; eos_token?: unknown }>(`${rootOf(server)}/props`, quick)
    .catch(() => undefined);
  const { chat_template: source, bos_token: begin = '', eos_token: end = '' } = told ?? {};
  if (typeof source !== 'string' || typeof begin !== 'string' || typeof end !== 'string') return undefined;
  const template = { source, beginToken: begin, endToken: end };
  return {
    begin,
    stop: end === '' ? [] : [end],
    preQuery: (systemPrompt, history = []) =>
      derivePreQuery({ template, history, ...(systemPrompt === undefined ? {} : { systemPrompt }) }),
  };
}

/** Words that no template treats otherwise than a user's or a system prompt's. */
const [asked, told] = ['Sentinel question', 'Sentinel system prompt'];

async function fromRendering(server: Server): Promise<Opening | undefined> {
  const plain = before(await render(server, [{ role: 'user', content: asked }]));
  if (plain === undefined) return undefined;
  const steered = await render(server, [
    { role: 'system', content: told },
    { role: 'user', content: asked },
  ]).catch(() => undefined);
  const withSystem = before(steered);
  const begin = (await detokenize(server, await tokenize(server, { prompt: '', add_special_tokens: true }))) ?? '';
  return {
    begin: plain.startsWith(begin) ? begin : '',
    stop: [],
    // Where the template leaves a system turn out, the text says so by lacking it
    preQuery: (systemPrompt) =>
      systemPrompt === undefined ? plain : (withSystem ?? plain).replace(told, () => systemPrompt),
  };
}

const before = (text: string | undefined): string | undefined => {
  const end = text?.indexOf(asked) ?? -1;
  return end > 0 ? text?.slice(0, end) : undefined;
};

async function render(
  server: Server,
  messages: readonly { readonly role: string; readonly content: string }[],
): Promise<string | undefined> {
  const body = { messages, add_generation_prompt: false, add_special_tokens: false };
  return detokenize(server, await tokenize(server, body));
}

async function tokenize(server: Server, body: object): Promise<readonly number[] | undefined> {
  const { tokens } = await server.client.post<{ tokens?: unknown }>(`${rootOf(server)}/tokenize`, {
    body: { model: server.model, ...body },
    ...quick,
  });
  return Array.isArray(tokens) && tokens.every((id) => Number.isInteger(id)) ? tokens : undefined;
}

async function detokenize(server: Server, tokens: readonly number[] | undefined): Promise<string | undefined> {
  if (tokens === undefined) return undefined;
  const { prompt } = await server.client.post<{ prompt?: unknown }>(`${rootOf(server)}/detokenize`, {
    body: { model: server.model, tokens },
    ...quick,
  });
  return typeof prompt === 'string' ? prompt : undefined;
}
