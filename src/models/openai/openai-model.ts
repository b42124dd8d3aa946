import type OpenAI from 'openai';
import { InputError, ModelError } from '../../errors.js';
import { findModelConfig } from '../../prompts/model-configs.js';
import { findModelThinking } from '../../prompts/model-thinking.js';
import { recordedTemplate } from '../../prompts/recorded-templates.js';
import { askedSamples } from '../asked-samples.js';
import { streamCompletions } from '../completion-stream.js';
import type { Completion, FailureKind, LanguageModel, ModelCapabilities, StartingCall } from '../language-model.js';
import { refuseUnsupported } from '../refuse-unsupported.js';
import { type BatchOptions, batchModel } from './batch/batch-model.js';
import { boundRetryAfter } from './bound-retry-after.js';
import { carryOverHttp } from './carry-over-http.js';
import { describeFailure } from './describe-failure.js';
import { findDoor, findRules } from './endpoint-table.js';
import { givenTemplate } from './given-template.js';
import { hideKey, mayHoldKey } from './hide-key.js';
import { learnRefusals, type Said } from './learn-refusals.js';
import { noNotices, noticeLines } from './notices.js';
import type { Endpoint } from './parse-endpoint.js';
import { readWholeReply } from './read-whole-reply.js';
import { type CallTarget, requestCompletions, type Task } from './request-completions.js';
import { requestContext } from './request-context.js';
import { requestOpening } from './request-opening.js';
import { requestTokens } from './request-tokens.js';
import { queueTasks } from './task-queue.js';
import { watchFirstAnswer } from './watch-first-answer.js';

export type OpenAiOptions = Endpoint & {
  /** Calls under way at the same time. @default 16 */
  readonly concurrency?: number;
  /** For 408, 409, 429, 5xx and lost connections, with Retry-After or growing pauses. @default 4 */
  readonly maxRetries?: number;
  /** A call that takes longer is broken off and tried again, in milliseconds. @default 600000, and longer for more than 12,000 tokens */
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

/**
 * Opens an OpenAI-compatible endpoint: how many calls at a time, how often each is tried again, how long it may take. One behind a door
 * is chat-only; a server of one's own (vLLM, llama.cpp) also continues raw text. Nothing is sent before the first request.
 */
export async function openOpenAiModel({
  name,
  baseUrl,
  model,
  door,
  options: asked,
  key,
  keyVariable,
  query,
  concurrency = 16,
  maxRetries = 4,
  timeoutMs,
  maxWaitMs = 60_000,
  batch,
  effects: { fetch },
}: OpenAiOptions): Promise<LanguageModel> {
  const { default: OpenAI } = await import('openai');
  const connections = fetch === undefined ? carryOverHttp() : { carry: fetch, close: () => undefined };
  const client = new OpenAI({
    baseURL: baseUrl,
    apiKey: key || 'none',
    organization: null,
    project: null,
    maxRetries,
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    logLevel: 'off',
    fetch: boundRetryAfter(readWholeReply(connections.carry), { maxWaitMs }),
    defaultQuery: { ...query },
    // Without a key no header at all: a made-up one could be refused. Azure has a header of its own.
    ...(key && door !== 'azure' ? {} : { defaultHeaders: { Authorization: null, ...(key ? { 'api-key': key } : {}) } }),
  });
  const rules = findRules(model, { door, effort: asked.effort ?? (asked.thinking === 'off' ? 'none' : undefined) });
  const config = findModelConfig(model);
  const isServer = door === undefined;
  const given = givenTemplate({ name, options: asked, isServer, client: client as OpenAI, model, baseUrl });
  const template = given?.template ?? (config === undefined ? undefined : recordedTemplate(config));
  const found = template === undefined ? undefined : findModelThinking(template);
  const thinking = found && {
    family: found.family,
    isOpened: false,
    isPerhapsOpened: found.isOpened && asked.thinking !== 'off',
  };
  const target: CallTarget = {
    model,
    door,
    tokenLimit: door === undefined ? 'max_tokens' : findDoor(door).tokenLimit,
    options: asked,
    rules,
    refusals: learnRefusals(rules.leavesOut),
    notices: noNotices(),
    switchName: found?.switch,
  };
  // All are learnt from the endpoint's answers and kept for as long as the model is open.
  const isResponses = (asked.api ?? rules.api) === 'responses';
  const endpoint = { ignoresSampleCount: isResponses || rules.leavesOut.has('n'), refusalsInARow: 0 };
  const first = watchFirstAnswer();
  const describe = (error: unknown, isRaw = false) =>
    describeFailure(error, { name, baseUrl, keyVariable, key, hasAnswered: first.hasAnswered(), isRaw });

  const ask = async (wanted: Task, signal: AbortSignal): Promise<Completion[]> => {
    const task = given === undefined ? wanted : { ...wanted, request: await given.asText(wanted.request) };
    let body: object = {};
    const onBody = (sent: object): void => {
      body = sent;
    };
    try {
      const completions = await requestCompletions(task, {
        client: client as OpenAI,
        target,
        signal,
        timeoutMs,
        onBody,
      });
      first.answer();
      endpoint.refusalsInARow = 0;
      return completions.map((completion) => withoutKey(completion, key));
    } catch (error) {
      // Once more without what it names; what another call has learnt meanwhile is left out too
      if (target.refusals.learn(body, saidIn(error, describe(error).status)).length > 0)
        return await ask(wanted, signal);
      throw error;
    }
  };
  const isRefused = (error: unknown): boolean => [400, 422].includes(describe(error).status ?? 0);
  /** Some servers refuse n > 1 instead of ignoring it, others this one request: a call for one sample tells them apart. */
  const askForAll = async (task: Task, signal: AbortSignal): Promise<Completion[]> => {
    try {
      return await ask(task, signal);
    } catch (error) {
      if (task.count === 1 || !isRefused(error) || signal.aborted) throw error;
      const single = await ask({ ...task, count: 1 }, signal);
      try {
        // Both are paid; the first of two samples with the same number counts
        return [...(await ask(task, signal)), ...single];
      } catch (second) {
        if (!isRefused(second)) throw second;
        endpoint.ignoresSampleCount = true;
        return single;
      }
    }
  };
  const attempt = async (task: Task, signal: AbortSignal): Promise<Completion[]> => {
    try {
      return await askForAll(task, signal);
    } catch (error) {
      if (error instanceof InputError) return failed(task, error.message, 'lasting');
      const { status } = describe(error);
      const isDown = status === undefined || isRetried(status);
      if (isDown && first.hasAnswered()) endpoint.refusalsInARow++;
      const isLost = isDown && !signal.aborted && !(await first.answersOthers());
      const { reason, isFatal, isPassing, isRefusal } = describe(error, 'raw' in task.request.prompt);
      const hasGivenUp = isDown && endpoint.refusalsInARow >= Math.max(concurrency, leastRefusals);
      const more = status === undefined ? {} : { status };
      if (isFatal) throw new ModelError(reason, more);
      // A reason that stands beside a failed call says no way out
      if (isLost || hasGivenUp)
        throw new ModelError(`Cannot go on: ${reason}; repeat the same command when it answers`, more);
      return failed(task, reason, isRefusal ? 'refusal' : isPassing ? 'passing' : 'lasting');
    }
  };
  // Counted once, however often it goes out
  const call = (task: Task, signal: AbortSignal): Promise<Completion[]> => {
    first.start();
    return attempt(task, signal).finally(first.end);
  };

  const capabilities: ModelCapabilities = {
    chat: true,
    raw: isServer,
    topLogProbabilities: isResponses ? 0 : door === undefined ? 20 : findDoor(door).topLogProbabilities,
    seed: isServer,
    tokenIds: isServer,
    forbiddenTokens: 'whole',
  };
  const direct: LanguageModel = {
    name,
    capabilities,
    concurrency,
    ...(thinking && { thinking }),
    ...(given && { turnEnds: given.ends }),
    adaptations: () => noticeLines(target.notices, target.refusals),
    generate: (requests, options) =>
      streamCompletions({
        total: requests.reduce((sum, request) => sum + askedSamples(request).length, 0),
        // A call that is made again brings all of its samples, and one that was refused at first may bring one twice
        isOpenEnded: true,
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
              if (task === undefined) break;
              const starting: StartingCall = { request: task.request, samples: task.count };
              const answer = options?.mayStart?.(samplesUnderWay + waitingCount(), starting) ?? true;
              isStopping = answer === false || (answer === 'later' && active === 0);
              if (answer !== true) {
                queue.add(task);
                break;
              }
              active++;
              samplesUnderWay += task.count;
              work(task, starting).finally(() => {
                active--;
                samplesUnderWay -= task.count;
                pump();
              });
            }
            if (active === 0) end();
          };
          const work = async (task: Task, starting: StartingCall): Promise<void> => {
            const controller = new AbortController();
            underWay.add(controller);
            try {
              const completions = await call(task, controller.signal);
              options?.onReply?.(starting, completions);
              if (isAborted) return;
              completions.forEach(push);
              const missing = task.count - completions.length;
              if (missing <= 0) return;
              endpoint.ignoresSampleCount = true;
              queue.add({ ...task, firstSample: task.firstSample + completions.length, count: missing });
            } catch (error) {
              options?.onReply?.(starting, []);
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
    ...(isServer
      ? {
          tokenize: (text) => requestTokens(text, { client: client as OpenAI, model, baseUrl }),
          askContext: () => requestContext({ client: client as OpenAI, model, baseUrl }),
          askOpening: () => given?.opening() ?? requestOpening({ client: client as OpenAI, model, baseUrl }),
        }
      : {}),
    close: async () => connections.close(),
  };
  if (batch === undefined) return direct;
  return batchModel(direct, {
    client: client as OpenAI,
    target,
    describe: (error) => describe(error).reason,
    batch,
  });
}

/** An endpoint that echoes the key, or a part of it, does not get it into a record. */
function withoutKey(completion: Completion, key: string | undefined): Completion {
  const hidden = (['text', 'thinking', 'error'] as const).flatMap((field) => {
    const text = completion[field];
    return text !== undefined && mayHoldKey(text, key) ? [[field, hideKey(text, key)] as const] : [];
  });
  return hidden.length === 0 ? completion : { ...completion, ...Object.fromEntries(hidden) };
}

/** So many calls that fail one after the other, each of them tried again and again, mean that an endpoint is gone. */
const leastRefusals = 8;

/** What an endpoint says to a call that it refuses. */
function saidIn(error: unknown, status: number | undefined): Said {
  const { message, param } = (error ?? {}) as { message?: unknown; param?: unknown };
  return { status, message: String(message ?? ''), param: typeof param === 'string' ? param : undefined };
}

/** What the openai package has already retried. */
const isRetried = (status: number): boolean => status === 408 || status === 409 || status >= 429;

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
