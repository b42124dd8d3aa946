import { setMaxListeners } from 'node:events';
import type OpenAI from 'openai';
import { CancelledError, ModelError } from '../../../errors.js';
import type { Completion, GenerateOptions, GenerationRequest, LanguageModel } from '../../language-model.js';
import { hashJson } from '../../replay/request-hash.js';
import type { CallTarget, Task } from '../request-completions.js';
import { batchCalls } from './batch-calls.js';
import { type KnownBatch, openBatchLog } from './batch-log.js';
import { type BatchContext, collectBatch } from './collect-batch.js';
import { type Chunk, cutChunks, nameTasks } from './cut-chunks.js';
import type { BatchResult } from './read-batch-output.js';

export type BatchOptions = {
  /** Where the steps and the files of the batches are kept; the same one goes on after a crash. */
  readonly directory: string;
  /** First pause between two looks at a batch, in milliseconds; it grows to a minute. @default 2000 */
  readonly pollMs?: number;
  /** One line whenever the state of a batch changes. */
  readonly onStatus?: (line: string) => void;
  /** Requests a batch; the published limit is 50,000. @default 10000 */
  readonly maxRequests?: number;
};

/** A request that expired, or that the endpoint failed on, goes into so many batches. */
const maxRounds = 3;

/**
 * The same endpoint by way of its Batch API: requests are uploaded as files, answered within a day at a lower price, and
 * fetched. Every step is logged before the next, so that after a crash the batches that are under way are found again
 * (one whose creation was not answered, by its name) and nothing is submitted twice. A budget is looked at before each batch.
 */
export function batchModel(
  model: LanguageModel,
  {
    client,
    target,
    describe,
    batch: { directory, pollMs = 2000, onStatus = () => undefined, maxRequests = 10_000 },
  }: {
    readonly client: OpenAI;
    readonly target: CallTarget;
    /** The one-line reason of a failed call. */
    readonly describe: (error: unknown) => string;
    readonly batch: BatchOptions;
  },
): LanguageModel {
  async function* generate(
    requests: readonly GenerationRequest[],
    options: GenerateOptions = {},
  ): AsyncGenerator<Completion, void, undefined> {
    const { signal, release } = followSignal(options.signal);
    const log = await openBatchLog(directory);
    const context: BatchContext = { calls: batchCalls(client), log, signal, onStatus, pollMs };
    const guard = async <Value>(work: () => Promise<Value>): Promise<Value> => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof ModelError) throw error;
        const state = 'the batches that are under way go on; repeat the same command to fetch them';
        // Whatever was thrown, the caller has stopped it.
        if (signal.aborted) {
          throw new CancelledError(`Stopped waiting; ${state}`, { cause: error });
        }
        throw new ModelError(`${describe(error)}; ${state}`, { cause: error });
      }
    };
    let open = nameTasks(requests, target.model);
    try {
      for (let round = 0; open.size > 0; round++) {
        const underWay = await guard(() => findUnderWay(open, context));
        const covered = new Set(underWay.flatMap(({ name }) => log.customIds(name)));
        const fresh = [...open].filter(([id]) => !covered.has(id));
        for (const chunk of cutChunks(fresh, { target, maxRequests })) {
          if (options.mayStart?.(chunk.samples) === false) break;
          underWay.push(await guard(() => submit(chunk, context)));
        }
        if (underWay.length === 0) return;
        const rest = new Map<string, readonly Task[]>();
        for (const known of underWay) {
          const firsts = new Map([...open].flatMap(([id, tasks]) => (tasks[0] ? [[id, tasks[0]] as const] : [])));
          const results = await guard(() => collectBatch(known, { tasks: firsts, context }));
          for (const result of results) {
            const tasks = open.get(result.customId) ?? [];
            open.delete(result.customId);
            const isLast = round + 1 === maxRounds;
            if (!('completions' in result) && result.isPassing && !isLast) rest.set(result.customId, tasks);
            else for (const task of tasks) yield* handOver(task, result);
          }
          await log.over(known.name);
        }
        open = new Map([...open, ...rest]);
      }
    } finally {
      release();
      await log.close();
    }
  }

  return { ...model, concurrency: 1, generate };
}

/** Every call adds a listener to its signal, and a batch is looked at for a day. */
function followSignal(signal: AbortSignal | undefined): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const abort = (): void => controller.abort();
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  return { signal: controller.signal, release: () => signal?.removeEventListener('abort', abort) };
}

/** Batches of earlier sessions that hold some of the requests. One that was never created is forgotten. */
async function findUnderWay(
  open: ReadonlyMap<string, unknown>,
  { log, calls, signal }: BatchContext,
): Promise<KnownBatch[]> {
  const found: KnownBatch[] = [];
  for (const known of log.batches()) {
    if (known.isOver || !log.customIds(known.name).some((id) => open.has(id))) continue;
    const batchId = known.batchId ?? (await calls.find(known.name, { writtenAt: known.writtenAt, signal }));
    if (batchId === undefined) await log.over(known.name);
    else found.push({ ...known, batchId });
    if (known.batchId === undefined && batchId !== undefined) await log.created(known.name, batchId);
  }
  return found;
}

async function submit({ ids, lines, url }: Chunk, { log, calls, signal, onStatus }: BatchContext): Promise<KnownBatch> {
  // The number keeps a second batch of the same requests, after the first has expired, apart from it.
  const name = hashJson({ ids, number: log.batches().length });
  const file = await log.write(name, lines);
  const batchId = await calls.create(name, { file, url, signal });
  await log.created(name, batchId);
  onStatus(`Submitted batch ${batchId} with ${lines.length} requests`);
  return { name, batchId, isOver: false };
}

function* handOver(task: Task, result: BatchResult): Generator<Completion> {
  const { request, firstSample, count } = task;
  const given = 'completions' in result ? result.completions : [];
  for (const completion of given) yield { ...completion, requestId: request.id };
  const reason = 'reason' in result ? result.reason : 'The batch gave fewer samples than were asked for';
  for (let sample = firstSample + given.length; sample < firstSample + count; sample++) {
    const nothing = { text: '', finishReason: 'error' as const, promptTokens: 0, completionTokens: 0 };
    // What a batch has left out may be in the next one
    const failure = 'isPassing' in result && !result.isPassing ? 'lasting' : 'passing';
    yield { requestId: request.id, sample, ...nothing, error: reason, failure };
  }
}
