import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Completion, GenerationRequest, LanguageModel } from '../../language-model.js';

export type WireServer = { readonly url: string; close(): Promise<void> };

/**
 * A real HTTP server that answers with a real model in the OpenAI wire format; `key` is required where it is given, and `props` is what it says of
 * itself, as llama.cpp does.
 */
export async function startWireServer(
  model: LanguageModel,
  { key, props }: { readonly key?: string; readonly props?: object } = {},
): Promise<WireServer> {
  return serve(async (request, response) => {
    if (key !== undefined && request.headers.authorization !== `Bearer ${key}`) {
      return sendJson(response, 401, { error: { message: `Incorrect API key: ${request.headers.authorization}` } });
    }
    if (request.url === '/props' && props !== undefined) return sendJson(response, 200, props);
    if (request.url === '/tokenize') {
      const { prompt } = (await readJson(request)) as { prompt: string };
      return sendJson(response, 200, { tokens: await model.tokenize?.(prompt) });
    }
    const isChat = request.url === '/v1/chat/completions';
    const isResponses = request.url === '/v1/responses';
    if (!isChat && !isResponses && request.url !== '/v1/completions')
      return sendJson(response, 404, { error: { message: 'no such call' } });
    const controller = new AbortController();
    response.on('close', () => controller.abort());
    const body = await readJson(request);
    const completions: Completion[] = [];
    try {
      for await (const completion of model.generate([toRequest(body)], { signal: controller.signal })) {
        completions.push(completion);
      }
    } catch (error) {
      return sendJson(response, 500, { error: { message: String(error) } });
    }
    const failed = completions.find((completion) => completion.error !== undefined);
    if (failed) return sendJson(response, 400, { error: { message: failed.error } });
    sendJson(response, 200, isResponses ? toResponse(completions) : toReply(completions, { isChat }));
  });
}

/** Starts a server on a free port of this machine. */
export async function serve(
  handle: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<WireServer> {
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

export async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return JSON.parse(text);
}

function toRequest(body: Record<string, unknown>): GenerationRequest {
  const { input, prompt, n, temperature, top_p, seed, stop, logprobs, top_logprobs, logit_bias, ...rest } =
    body as never as {
      messages?: { role: 'user'; content: string }[];
      input?: { role: 'user'; content: string }[];
      prompt?: string | number[];
      n?: number;
      max_tokens?: number;
      max_completion_tokens?: number;
      max_output_tokens?: number;
      temperature: number;
      top_p?: number;
      seed?: number;
      stop?: string[];
      logprobs?: boolean | number;
      top_logprobs?: number;
      logit_bias?: Record<string, number>;
    };
  const { messages = input, max_tokens = rest.max_completion_tokens ?? rest.max_output_tokens ?? 1 } = rest;
  const topLogProbabilities = typeof logprobs === 'number' ? logprobs : top_logprobs;
  return {
    id: 'wire',
    prompt: messages ? { messages } : Array.isArray(prompt) ? { raw: '', tokens: prompt } : { raw: prompt ?? '' },
    samples: n ?? 1,
    sampling: {
      temperature,
      maxTokens: max_tokens,
      ...(top_p === undefined ? {} : { topP: top_p }),
      ...(seed === undefined ? {} : { seed }),
      ...(stop === undefined ? {} : { stop }),
      ...(logit_bias === undefined ? {} : { forbiddenTokens: Object.keys(logit_bias).map(Number) }),
      ...(topLogProbabilities === undefined ? {} : { topLogProbabilities }),
    },
  };
}

function toReply(completions: readonly Completion[], { isChat }: { readonly isChat: boolean }): unknown {
  const choices = completions.map(({ sample, text, finishReason, firstToken = [] }) => {
    const top = firstToken.map(({ token, logProbability }) => ({ token, logprob: logProbability }));
    const content = isChat
      ? { message: { role: 'assistant', content: text }, logprobs: { content: [{ top_logprobs: top }] } }
      : { text, logprobs: { top_logprobs: [Object.fromEntries(top.map(({ token, logprob }) => [token, logprob]))] } };
    return { index: sample, finish_reason: finishReason, ...content };
  });
  return {
    choices,
    usage: {
      prompt_tokens: completions[0]?.promptTokens,
      completion_tokens: completions.reduce((sum, completion) => sum + completion.completionTokens, 0),
    },
  };
}

/** An answer of the Responses API, which is of one sample. */
function toResponse([completion]: readonly Completion[]): unknown {
  const { text = '', finishReason, promptTokens = 0, completionTokens = 0 } = completion ?? {};
  const isCut = finishReason === 'length';
  return {
    status: isCut ? 'incomplete' : 'completed',
    incomplete_details: isCut ? { reason: 'max_output_tokens' } : null,
    output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }],
    usage: { input_tokens: promptTokens, output_tokens: completionTokens },
  };
}
