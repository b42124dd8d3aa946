import type OpenAI from 'openai';
import { ModelError } from '../../errors.js';
import { streamCompletions } from '../completion-stream.js';
import type { Completion, FailureKind, LanguageModel, ModelCapabilities } from '../language-model.js';
import { refuseUnsupported } from '../refuse-unsupported.js';
import { type BatchOptions, batchModel } from './batch/batch-model.js';
import { boundRetryAfter } from './bound-retry-after.js';
import { carryOverHttp } from './carry-over-http.js';
import { describeFailure } from './describe-failure.js';
import { readWholeReply } from './read-whole-reply.js';
import { type CallContext, requestCompletions, type Task } from './request-completions.js';
import { requestTokens } from './request-tokens.js';
import { queueTasks } from './task-queue.js';
import { watchFirstAnswer } from './watch-first-answer.js';

export type OpenAiOptions = {
  readonly name: string;
  /** Ends in `/v1`, without a slash behind. */
  readonly baseUrl: string;
  readonly model: string;
  /** `openai` is chat-only; a `server` of one's own (vLLM, llama.cpp) also continues raw text. */
  readonly kind: 'openai' | 'server';
  /** Calls under way at the same time. @default 16 */
  readonly concurrency?: number;
  /** For 408, 409, 429, 5xx and lost connections, with Retry-After or growing pauses. @default 4 */
  readonly maxRetries?: number;
  /** A call that takes longer is broken off and tried again, in milliseconds. @default 600000 */
  readonly timeoutMs?: number;
  /** An endpoint that asks to wait longer than this is not waited for, in milliseconds. @default 60000 */
  readonly maxWaitMs?: number;
  /** Ask by way of the endpoint's Batch API. */
  readonly batch?: BatchOptions | undefined;
  readonly effects: {
    /** @default connections of our own */
    readonly fetch?: typeof globalThis.fetch | undefined;
    readonly environment: NodeJS.ProcessEnv;
  };
};

/** Opens an OpenAI-compatible endpoint: how many calls at a time, how often each is tried again, how long it may take. Nothing is sent before the first request. */
export async function openOpenAiModel({
  name,
  baseUrl,
  model,
  kind,
  concurrency = 16,
  maxRetries = 4,
  timeoutMs = 600_000,
  maxWaitMs = 60_000,
  batch,
  effects: { fetch, environment },
}: OpenAiOptions): Promise<LanguageModel> {
  const key = kind === 'openai' ? environment.OPENAI_API_KEY : environment.MATHPIE_API_KEY;
  if (kind === 'openai' && !key) {
    throw new ModelError(`Cannot open model "${name}": no key, set the environment variable OPENAI_API_KEY`);
  }
  const { default: OpenAI } = await import('openai');
  const connections = fetch === undefined ? carryOverHttp() : { carry: fetch, close: () => undefined };
  const client = new OpenAI({
    baseURL: baseUrl,
    apiKey: key || 'none',
    organization: null,
    project: null,
    maxRetries,
    timeout: timeoutMs,
    logLevel: 'off',
    fetch: boundRetryAfter(readWholeReply(connections.carry), { maxWaitMs }),
    // Without a key no header at all: a made-up one could be refused.
    ...(key ? {} : { defaultHeaders: { Authorization: null } }),
  });
  // All are learnt from the endpoint's answers and kept for as long as the model is open.
  const endpoint = { ignoresSampleCount: false, refusesSchema: false, refusalsInARow: 0 };
  const first = watchFirstAnswer();
  const describe = (error: unknown) =>
    describeFailure(error, { name, baseUrl, kind, key, hasAnswered: first.hasAnswered() });

  const call = async (given: Task, context: CallContext): Promise<Completion[]> => {
    const task = endpoint.refusesSchema ? withoutSchema(given) : given;
    first.start();
    try {
      const completions = await requestCompletions(task, context);
      first.answer();
      endpoint.refusalsInARow = 0;
      return completions;
    } catch (error) {
      const { status } = describe(error);
      if (isSchemaRefusal(error, { task, status })) {
        endpoint.refusesSchema = true;
        return await call(given, context);
      }
      // Some servers refuse n > 1 instead of ignoring it.
      if (task.count > 1 && (status === 400 || status === 422)) {
        endpoint.ignoresSampleCount = true;
        return [];
      }
      const isDown = status === undefined || isRefusal(status);
      if (isDown && first.hasAnswered()) endpoint.refusalsInARow++;
      const isLost = isDown && !context.signal.aborted && !(await first.answersOthers());
      const { reason, isFatal, isPassing } = describe(error);
      const hasGivenUp = isDown && endpoint.refusalsInARow >= Math.max(concurrency, leastRefusals);
      if (isFatal || isLost || hasGivenUp) throw new ModelError(reason, status === undefined ? {} : { status });
      return failed(task, reason, isPassing ? 'passing' : 'lasting');
    } finally {
      first.end();
    }
  };

  const isServer = kind === 'server';
  const capabilities: ModelCapabilities = {
    chat: true,
    raw: isServer,
    topLogProbabilities: 20,
    seed: isServer,
    tokenIds: isServer,
    forbiddenTokens: 'whole',
  };
  const direct: LanguageModel = {
    name,
    capabilities,
    concurrency,
    generate: (requests, options) =>
      streamCompletions({
        total: requests.reduce((sum, { samples = 1, firstSample = 0 }) => sum + samples - firstSample, 0),
        options,
        produce: ({ push, fail, end, waitingCount }) => {
          refuseUnsupported(requests, { name, capabilities });
          // One signal a call: adding a listener to a shared one takes as long as there are calls under way.
          const underWay = new Set<AbortController>();
          let isAborted = false;
          const abort = (): void => {
            isAborted = true;
            for (const controller of underWay) controller.abort();
          };
          const queue = queueTasks(requests);
          let active = 0;
          let samplesUnderWay = 0;
          let isStopping = false;
          const pump = (): void => {
            while (active < concurrency && !isStopping && !isAborted) {
              const task = queue.next(endpoint.ignoresSampleCount);
              if (task === undefined) return;
              isStopping = options?.mayStart?.(samplesUnderWay + waitingCount()) === false;
              if (isStopping) break;
              active++;
              samplesUnderWay += task.count;
              work(task).finally(() => {
                active--;
                samplesUnderWay -= task.count;
                pump();
              });
            }
            if (isStopping && active === 0) end();
          };
          const work = async (task: Task): Promise<void> => {
            const controller = new AbortController();
            underWay.add(controller);
            try {
              const completions = await call(task, {
                client: client as OpenAI,
                model,
                kind,
                signal: controller.signal,
              });
              if (isAborted) return;
              completions.forEach(push);
              const missing = task.count - completions.length;
              if (missing === 0) return;
              endpoint.ignoresSampleCount = true;
              queue.add({ ...task, firstSample: task.firstSample + completions.length, count: missing });
            } catch (error) {
              abort();
              fail(error instanceof Error ? error : new ModelError(String(error)));
            } finally {
              underWay.delete(controller);
            }
          };
          pump();
          return abort;
        },
      }),
    ...(isServer ? { tokenize: (text) => requestTokens(text, { client: client as OpenAI, model, baseUrl }) } : {}),
    close: async () => connections.close(),
  };
  if (batch === undefined) return direct;
  return batchModel(direct, {
    client: client as OpenAI,
    target: { model, kind },
    describe: (error) => describe(error).reason,
    batch,
  });
}

/** So many calls that fail one after the other, each of them tried again and again, mean that an endpoint is gone. */
const leastRefusals = 8;

/** Servers without structured output say so with a 400; whoever asked then reads the JSON from the text. */
function isSchemaRefusal(error: unknown, { task, status }: { task: Task; status: number | undefined }): boolean {
  if (task.request.sampling.jsonSchema === undefined || (status !== 400 && status !== 422)) return false;
  return /response_format|schema|grammar|guided|structured/i.test(error instanceof Error ? error.message : '');
}

function withoutSchema(task: Task): Task {
  const { jsonSchema: _, ...sampling } = task.request.sampling;
  return { ...task, request: { ...task.request, sampling } };
}

/** What the openai package has already retried. */
const isRefusal = (status: number): boolean => status === 408 || status === 409 || status >= 429;

const failed = ({ request, firstSample, count }: Task, error: string, failure: FailureKind): Completion[] =>
  Array.from({ length: count }, (_, index) => ({
    requestId: request.id,
    sample: firstSample + index,
    text: '',
    finishReason: 'error' as const,
    promptTokens: 0,
    completionTokens: 0,
    error,
    failure,
  }));
