import type OpenAI from 'openai';
import type { Completion, GenerationRequest, Sampling } from '../language-model.js';
import { sampleSeed } from '../sample-seed.js';
import type { DoorName, ModelRules } from './endpoint-table.js';
import type { Refusals } from './learn-refusals.js';
import { type EndpointOptions, thinkingFields } from './model-options.js';
import type { Notices } from './notices.js';
import { readCompletions } from './read-completions.js';

/** Some samples of one request: what one call asks for. */
export type Task = { readonly request: GenerationRequest; readonly firstSample: number; readonly count: number };

/** Who is asked, and how. */
export type CallTarget = {
  readonly model: string;
  /** Undefined for a server of one's own. */
  readonly door: DoorName | undefined;
  readonly tokenLimit: 'max_tokens' | 'max_completion_tokens';
  readonly options: EndpointOptions;
  readonly rules: ModelRules;
  readonly refusals: Refusals;
  readonly notices: Notices;
  /** The variable of its chat template that turns thinking on and off, where it is known. */
  readonly switchName: string | undefined;
};

export type CallContext = {
  readonly client: OpenAI;
  readonly target: CallTarget;
  readonly signal: AbortSignal;
  /** How long the call may take. @default ten minutes, and longer for many tokens */
  readonly timeoutMs?: number | undefined;
  /** Hears of the body that is sent. */
  readonly onBody?: (body: object) => void;
};

/**
 * One call: POST /chat/completions for messages, /responses where that is asked for, /completions for raw text and token ids. Returns as
 * many completions as the endpoint gave, which may be fewer than `task.count`. Throws the openai package's errors and
 * `UnexpectedReplyError`.
 */
export async function requestCompletions(
  task: Task,
  { client, target, signal, timeoutMs, onBody = () => undefined }: CallContext,
): Promise<Completion[]> {
  const timeout = callTimeout(timeoutMs, task.request.sampling);
  const options = { signal, timeout, fetchOptions: { maxReplyBytes: maxReplyBytes(task) } as object };
  const { path, body } = describeCall(task, target);
  onBody(body);
  return readCompletions(task, await client.post<unknown>(path, { ...options, body }), target.notices);
}

/** Long thoughts take longer than a call may by default: broken off and asked again they would be paid for again. In milliseconds. */
export const callTimeout = (given: number | undefined, { maxTokens }: Pick<Sampling, 'maxTokens'>): number =>
  given ?? Math.max(usualTimeoutMs, maxTokens * slowestTokenMs);

const usualTimeoutMs = 600_000;

/** A token of a busy server; 32,768 tokens may take 27 minutes. */
const slowestTokenMs = 50;

/** What one call sends, and where. */
export function describeCall(
  task: Task,
  target: CallTarget,
): { readonly path: string; readonly body: { readonly [name: string]: unknown } } {
  const { prompt, sampling } = task.request;
  const shared = sharedParameters(task, target);
  const strip = target.refusals.strip;
  if ('raw' in prompt) {
    const { maxTokens, topLogProbabilities } = sampling;
    const logprobs = topLogProbabilities ? { logprobs: topLogProbabilities } : {};
    const given = prompt.tokens === undefined ? prompt.raw : [...prompt.tokens];
    return { path: '/completions', body: strip({ ...shared, prompt: given, max_tokens: maxTokens, ...logprobs }) };
  }
  const messages = [...prompt.messages];
  if ((target.options.api ?? target.rules.api) === 'responses') {
    return { path: '/responses', body: strip(responsesBody(sampling, { shared, messages, target })) };
  }
  const thinking = thinkingFields(target.options, target);
  return {
    path: '/chat/completions',
    body: strip({ ...shared, ...chatParameters(sampling, target), ...thinking, messages }),
  };
}

/** Far more than so many tokens can take, with escapes and log-probabilities: what goes on for longer is no answer. */
const maxReplyBytes = ({ request: { sampling }, count }: Task): number =>
  2 ** 20 + count * (64 * sampling.maxTokens + 256 * (sampling.topLogProbabilities ?? 0));

function sharedParameters({ request: { sampling }, firstSample, count }: Task, { model, rules, notices }: CallTarget) {
  const { topP, minP, repetitionPenalty, seed, stop, forbiddenTokens = [] } = sampling;
  const temperature = Math.min(sampling.temperature, rules.maxTemperature ?? Number.POSITIVE_INFINITY);
  if (temperature < sampling.temperature) notices.maxTemperature = temperature;
  return {
    model,
    temperature,
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(minP === undefined ? {} : { min_p: minP }),
    // vLLM's name, and llama.cpp's
    ...(repetitionPenalty === undefined
      ? {}
      : { repetition_penalty: repetitionPenalty, repeat_penalty: repetitionPenalty }),
    ...(count > 1 ? { n: count } : {}),
    // Sample 0 keeps the request's seed; a call that starts at a later sample gets one of its own.
    ...(seed === undefined ? {} : { seed: firstSample === 0 ? seed : sampleSeed(seed, firstSample) }),
    ...(stop && stop.length > 0 ? { stop: [...stop] } : {}),
    // The least bias that the interface knows
    ...(forbiddenTokens.length > 0 ? { logit_bias: Object.fromEntries(forbiddenTokens.map((id) => [id, -100])) } : {}),
    stream: false as const,
  };
}

function chatParameters({ maxTokens, topLogProbabilities, jsonSchema }: Sampling, { tokenLimit }: CallTarget) {
  return {
    // Servers know the older name, OpenAI's newer models only the newer.
    [tokenLimit]: maxTokens,
    ...(topLogProbabilities ? { logprobs: true, top_logprobs: topLogProbabilities } : {}),
    ...(jsonSchema ? { response_format: { type: 'json_schema', json_schema: schemaOf(jsonSchema) } } : {}),
  };
}

const schemaOf = ({ name, schema }: NonNullable<Sampling['jsonSchema']>) => ({
  name,
  schema: { ...schema },
  strict: true,
});

/** The Responses API: nothing is kept at the endpoint, and the summary of the thought is asked for. */
function responsesBody(
  { maxTokens, jsonSchema }: Sampling,
  {
    shared,
    messages,
    target,
  }: { shared: ReturnType<typeof sharedParameters>; messages: readonly object[]; target: CallTarget },
) {
  const { effort, verbosity, thinking } = target.options;
  const wanted = effort ?? (thinking === 'off' ? 'none' : undefined);
  const { model, temperature, top_p, stream } = shared;
  const text = {
    ...(verbosity === undefined ? {} : { verbosity }),
    ...(jsonSchema ? { format: { type: 'json_schema', ...schemaOf(jsonSchema) } } : {}),
  };
  return {
    model,
    temperature,
    ...(top_p === undefined ? {} : { top_p }),
    stream,
    input: messages,
    max_output_tokens: maxTokens,
    store: false,
    reasoning: { summary: 'auto', ...(wanted === undefined ? {} : { effort: wanted }) },
    ...(Object.keys(text).length > 0 ? { text } : {}),
  };
}
