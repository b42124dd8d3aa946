import type OpenAI from 'openai';
import type { ChatCompletion } from 'openai/resources/chat/completions';
import type { Completion as RawCompletion } from 'openai/resources/completions';
import type { Completion, FinishReason, GenerationRequest, Sampling } from '../language-model.js';
import { sampleSeed } from '../sample-seed.js';

/** Some samples of one request: what one call asks for. */
export type Task = { readonly request: GenerationRequest; readonly firstSample: number; readonly count: number };

export type CallContext = {
  readonly client: OpenAI;
  readonly model: string;
  readonly kind: 'openai' | 'server';
  readonly signal: AbortSignal;
};

/** The endpoint's answer is no completion: an HTML page, or JSON of another shape. */
export class UnexpectedReplyError extends Error {
  override name = 'UnexpectedReplyError';
}

/**
 * One call: POST /chat/completions for messages, POST /completions for raw text and token ids. Returns as many completions as the
 * endpoint gave, which may be fewer than `task.count`. Throws the openai package's errors and `UnexpectedReplyError`.
 */
export async function requestCompletions(
  task: Task,
  { client, signal, ...target }: CallContext,
): Promise<Completion[]> {
  const options = { signal, fetchOptions: { maxReplyBytes: maxReplyBytes(task) } as object };
  const call = describeCall(task, target);
  const reply = call.isRaw
    ? await client.completions.create(call.body, options)
    : await client.chat.completions.create(call.body, options);
  return readCompletions(task, reply);
}

/** What one call sends. */
export function describeCall(task: Task, target: Pick<CallContext, 'model' | 'kind'>) {
  const { prompt, sampling } = task.request;
  const shared = sharedParameters(task, target);
  if ('raw' in prompt) {
    const { maxTokens, topLogProbabilities } = sampling;
    const logprobs = topLogProbabilities ? { logprobs: topLogProbabilities } : {};
    const given = prompt.tokens === undefined ? prompt.raw : [...prompt.tokens];
    return { isRaw: true, body: { ...shared, prompt: given, max_tokens: maxTokens, ...logprobs } } as const;
  }
  const body = { ...shared, ...chatParameters(sampling, target), messages: [...prompt.messages] };
  return { isRaw: false, body } as const;
}

/** The completions in the answer to a call. Throws `UnexpectedReplyError` when there are none in it. */
export function readCompletions(task: Task, reply: unknown): Completion[] {
  if ('raw' in task.request.prompt) {
    return readReply(task, reply as RawCompletion, (choice) => ({
      text: choice.text,
      firstToken: Object.entries(choice.logprobs?.top_logprobs?.[0] ?? {}).map(([token, logprob]) => ({
        token,
        logprob,
      })),
    }));
  }
  return readReply(task, reply as ChatCompletion, (choice) => ({
    text: choice.message.content ?? '',
    refusal: choice.message.refusal,
    thinking: readThinking(choice.message),
    firstToken: choice.logprobs?.content?.[0]?.top_logprobs ?? [],
  }));
}

/** Far more than so many tokens can take, with escapes and log-probabilities: what goes on for longer is no answer. */
const maxReplyBytes = ({ request: { sampling }, count }: Task): number =>
  2 ** 20 + count * (64 * sampling.maxTokens + 256 * (sampling.topLogProbabilities ?? 0));

function sharedParameters({ request: { sampling }, firstSample, count }: Task, { model }: Pick<CallContext, 'model'>) {
  const { temperature, topP, seed, stop, forbiddenTokens = [] } = sampling;
  return {
    model,
    temperature,
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(count > 1 ? { n: count } : {}),
    // Sample 0 keeps the request's seed; a call that starts at a later sample gets one of its own.
    ...(seed === undefined ? {} : { seed: firstSample === 0 ? seed : sampleSeed(seed, firstSample) }),
    ...(stop && stop.length > 0 ? { stop: [...stop] } : {}),
    // The least bias that the interface knows
    ...(forbiddenTokens.length > 0 ? { logit_bias: Object.fromEntries(forbiddenTokens.map((id) => [id, -100])) } : {}),
    stream: false as const,
  };
}

function chatParameters({ maxTokens, topLogProbabilities, jsonSchema }: Sampling, { kind }: Pick<CallContext, 'kind'>) {
  return {
    // Servers know the older name, OpenAI's newer models only the newer.
    ...(kind === 'openai' ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens }),
    ...(topLogProbabilities ? { logprobs: true, top_logprobs: topLogProbabilities } : {}),
    ...(jsonSchema
      ? {
          response_format: {
            type: 'json_schema' as const,
            json_schema: { name: jsonSchema.name, schema: { ...jsonSchema.schema }, strict: true },
          },
        }
      : {}),
  };
}

type Choice = { readonly index?: number; readonly finish_reason?: string | null };
type ChoiceContent = {
  readonly text: string;
  readonly refusal?: string | null;
  readonly thinking?: string | undefined;
  readonly firstToken: readonly { readonly token: string; readonly logprob: number }[];
};

function readReply<C extends Choice>(
  { request, firstSample, count }: Task,
  reply: { choices: C[]; usage?: { prompt_tokens?: number; completion_tokens?: number } | null },
  read: (choice: C) => ChoiceContent,
): Completion[] {
  if (typeof reply !== 'object' || reply === null || !Array.isArray(reply.choices) || reply.choices.length === 0) {
    const isPage = typeof reply === 'string' && /^\s*</.test(reply);
    throw new UnexpectedReplyError(isPage ? 'an HTML page' : 'something that is no completion');
  }
  const choices = [...reply.choices].sort((a, b) => (a.index ?? 0) - (b.index ?? 0)).slice(0, count);
  return choices.map((choice, index) => {
    const content = readChoice(choice, read);
    const { text, wasStopped } = cutAtStop(content.text, request.sampling.stop ?? []);
    const error = content.refusal
      ? `The model refused: ${content.refusal.replace(/\s+/g, ' ').slice(0, 200)}`
      : choice.finish_reason === 'content_filter'
        ? "The endpoint's content filter stopped the answer"
        : undefined;
    const firstToken = [...content.firstToken].sort((a, b) => b.logprob - a.logprob);
    return {
      requestId: request.id,
      sample: firstSample + index,
      text: error ? '' : text,
      finishReason: error ? 'error' : wasStopped ? 'stop' : finishReason(choice.finish_reason),
      promptTokens: reply.usage?.prompt_tokens ?? 0,
      completionTokens: share(reply.usage?.completion_tokens ?? 0, { index, count: choices.length }),
      ...(index > 0 ? { sharesPrompt: true as const } : {}),
      ...(request.sampling.topLogProbabilities
        ? { firstToken: firstToken.map(({ token, logprob }) => ({ token, logProbability: logprob })) }
        : {}),
      ...(content.thinking ? { thinking: content.thinking } : {}),
      ...(error ? { error, failure: 'refusal' as const } : {}),
    };
  });
}

function readChoice<C extends Choice>(choice: C, read: (choice: C) => ChoiceContent): ChoiceContent {
  try {
    const content = read(choice);
    if (typeof content.text === 'string') return content;
  } catch {
    // A choice without a message; said below.
  }
  throw new UnexpectedReplyError('a completion without text');
}

/** DeepSeek and vLLM call it `reasoning_content`, later versions `reasoning`; the openai package knows neither. */
function readThinking(message: object): string | undefined {
  const { reasoning_content: older, reasoning } = message as { reasoning_content?: unknown; reasoning?: unknown };
  const thinking = older ?? reasoning;
  return typeof thinking === 'string' && thinking.trim() !== '' ? thinking : undefined;
}

const finishReason = (reason: string | null | undefined): FinishReason => (reason === 'length' ? 'length' : 'stop');

/** Not every server cuts the stop string away. */
function cutAtStop(text: string, stop: readonly string[]): { text: string; wasStopped: boolean } {
  const positions = stop.map((end) => (end === '' ? -1 : text.indexOf(end))).filter((position) => position !== -1);
  if (positions.length === 0) return { text, wasStopped: false };
  return { text: text.slice(0, Math.min(...positions)), wasStopped: true };
}

/** The endpoint counts the tokens of all choices together; they are shared out so that the sum is right. */
const share = (total: number, { index, count }: { index: number; count: number }): number =>
  Math.floor(((index + 1) * total) / count) - Math.floor((index * total) / count);
