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
 * One call: POST /chat/completions for messages, POST /completions for raw text. Returns as many completions as the
 * endpoint gave, which may be fewer than `task.count`. Throws the openai package's errors and `UnexpectedReplyError`.
 */
export async function requestCompletions(task: Task, context: CallContext): Promise<Completion[]> {
  const { prompt } = task.request;
  const { client } = context;
  const options = { signal: context.signal, fetchOptions: { maxReplyBytes: maxReplyBytes(task) } as object };
  const shared = sharedParameters(task, context);
  if ('raw' in prompt) {
    const { topLogProbabilities } = task.request.sampling;
    const body = {
      ...shared,
      prompt: prompt.raw,
      max_tokens: task.request.sampling.maxTokens,
      ...(topLogProbabilities ? { logprobs: topLogProbabilities } : {}),
    };
    const reply = await client.completions.create(body, options);
    return readReply(task, reply, (choice: RawCompletion['choices'][number]) => ({
      text: choice.text,
      firstToken: Object.entries(choice.logprobs?.top_logprobs?.[0] ?? {}).map(([token, logprob]) => ({
        token,
        logprob,
      })),
    }));
  }
  const body = { ...shared, ...chatParameters(task.request.sampling, context), messages: [...prompt.messages] };
  const reply = await client.chat.completions.create(body, options);
  return readReply(task, reply, (choice: ChatCompletion['choices'][number]) => ({
    text: choice.message.content ?? '',
    refusal: choice.message.refusal,
    firstToken: choice.logprobs?.content?.[0]?.top_logprobs ?? [],
  }));
}

/** Far more than so many tokens can take, with escapes and log-probabilities: what goes on for longer is no answer. */
const maxReplyBytes = ({ request: { sampling }, count }: Task): number =>
  2 ** 20 + count * (64 * sampling.maxTokens + 256 * (sampling.topLogProbabilities ?? 0));

function sharedParameters({ request: { sampling }, firstSample, count }: Task, { model }: CallContext) {
  const { temperature, topP, seed, stop } = sampling;
  return {
    model,
    temperature,
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(count > 1 ? { n: count } : {}),
    // Sample 0 keeps the request's seed; a call that starts at a later sample gets one of its own.
    ...(seed === undefined ? {} : { seed: firstSample === 0 ? seed : sampleSeed(seed, firstSample) }),
    ...(stop && stop.length > 0 ? { stop: [...stop] } : {}),
    stream: false as const,
  };
}

function chatParameters({ maxTokens, topLogProbabilities }: Sampling, { kind }: CallContext) {
  return {
    // Servers know the older name, OpenAI's newer models only the newer.
    ...(kind === 'openai' ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens }),
    ...(topLogProbabilities ? { logprobs: true, top_logprobs: topLogProbabilities } : {}),
  };
}

type Choice = { readonly index?: number; readonly finish_reason?: string | null };
type ChoiceContent = {
  readonly text: string;
  readonly refusal?: string | null;
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
      ...(error ? { error } : {}),
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
