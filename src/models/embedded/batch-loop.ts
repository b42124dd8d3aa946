import { ModelError } from '../../errors.js';
import { type ActiveSample, advanceSample, isCheaplyDrawn, type Job, startSample } from './active-sample.js';
import type { EngineLayout } from './choose-layout.js';
import { firstInFirstOut } from './first-in-first-out.js';
import type { Engine, EngineContext, Feed } from './llama-engine.js';
import { openRoom } from './open-room.js';
import { type ContextBounds, isNarrow } from './plan-context.js';
import { readPrompt, stretchTokens } from './read-prompt.js';
import { needWorkers } from './rest-workers.js';
import { type ThreadWatch, watchThreads } from './watch-threads.js';

export type BatchLoop = {
  /** Starts drawing the samples of a job; results arrive through its callbacks. */
  submit(job: Job): void;
  /** Drops what is left of a job; the lanes let go of it within one decode step. */
  cancel(job: Job): void;
  close(): Promise<void>;
};

export type BatchLoopOptions = {
  readonly engine: Engine;
  readonly layout: EngineLayout;
  /** The most texts that one context continues at the same time. */
  readonly maxSequences: number;
  /** Bytes of cache that one token of one sequence takes. */
  readonly bytesPerToken: number;
  /** How far the model's layers look back, where some look back less far than the context reaches: older tokens may have left their cache. */
  readonly window?: number | undefined;
  /** Memory for all caches together, in bytes. */
  readonly cacheBytes: number;
  /** Memory that nothing uses now, in bytes. */
  readonly freeBytes?: () => number;
  /** False where what the model has read cannot be taken back token by token (Mamba, RWKV, and what has layers of theirs). @default true */
  readonly forgets?: boolean;
};

type Claim = { readonly job: Job; nextSample: number };

type Lane = {
  context: EngineContext | undefined;
  tokensPerSequence: number;
  /** Rows behind each text that are computed and forgotten: where memory has no room for idle neighbours. */
  tail: number;
  readonly watch: ThreadWatch;
  slots: (ActiveSample | undefined)[];
  /** Memory gave fewer sequences than were planned: not asked for again until they are too short. */
  isCramped: boolean;
  claim: Claim | undefined;
  running: Promise<void> | undefined;
};

/** So many requests that wait have a say in how long the texts of a new context may be, for each text that it continues. */
const lookAhead = 4;
const idleToken = Uint32Array.of(0);

/**
 * Continuous batching over several contexts ("lanes"): a sample that ends makes room for the next one
 * at once. A lane claims a whole request, so that its samples share one run over the prompt; a lane with nothing left
 * to claim helps another. Every decode call holds either one stretch of one prompt or one token of each live sample:
 * what a sample is computed from then never depends on its neighbours, and the same seed gives the same text whatever
 * the batch. Live samples stand without gaps, for llama.cpp computes each stretch between two gaps on its own: eight texts of Gemma 3 270M with
 * seven gaps took 103 ms a step, without them 46. Nothing runs, and no thread waits busily, while there is no work.
 */
export function startBatchLoop({
  engine,
  layout: { laneCount, threads, rowsTogether },
  maxSequences,
  bytesPerToken,
  window,
  cacheBytes,
  freeBytes = () => Number.POSITIVE_INFINITY,
  forgets = true,
}: BatchLoopOptions): BatchLoop {
  const { contextLength } = engine;
  const bounds: ContextBounds = {
    ...{ maxSequences, bytesPerToken, contextLength, rowsTogether },
    cacheBytes: cacheBytes / laneCount,
    shortReach: window === undefined ? undefined : window + stretchTokens,
    takesBack: forgets && window === undefined,
  };
  const queue = firstInFirstOut<Claim>((claim) => left(claim) > 0);
  const lanes: Lane[] = Array.from({ length: laneCount }, () => ({
    context: undefined,
    tokensPerSequence: 0,
    tail: 0,
    watch: watchThreads(threads),
    slots: [],
    isCramped: false,
    claim: undefined,
    running: undefined,
  }));
  /** Texts of at most so many tokens are whole in the cache, and can be copied. */
  const copied = window === undefined ? Number.POSITIVE_INFINITY : window + stretchTokens;
  let outstanding = 0; // samples that are submitted and neither finished nor dropped

  const claims = new WeakMap<Job, Claim>();

  const drop = (job: Job): void => {
    job.cancelled = true;
    const claim = claims.get(job);
    if (claim === undefined) return;
    outstanding -= left(claim);
    claim.nextSample = job.samples;
  };

  const end = (job: Job, error: Error): void => {
    drop(job);
    job.onFailure(error);
  };

  /** The request from which a lane takes its next sample: its own, the next in the queue, or another lane's. */
  const nextClaim = (lane: Lane): Claim | undefined => {
    if (left(lane.claim) === 0) {
      lane.claim = queue.take();
      if (lane.claim === undefined) {
        const [longest] = lanes.map((other) => other.claim).sort((a, b) => left(b) - left(a));
        return left(longest) > 0 ? longest : undefined;
      }
    }
    return lane.claim;
  };

  const release = (lane: Lane, index: number): void => {
    const sample = lane.slots[index];
    if (sample === undefined) return;
    sample.sampler.close();
    lane.context?.clearSequence(index);
    lane.slots[index] = undefined;
    outstanding--;
  };

  const fill = async (lane: Lane): Promise<void> => {
    for (let index = 0; index < lane.slots.length; index++) {
      if (lane.slots[index]?.job.cancelled) release(lane, index);
    }
    let isOther = isMadeForOthers(lane);
    for (let claim = nextClaim(lane); claim !== undefined; claim = nextClaim(lane)) {
      const live = lane.slots.filter(Boolean).length;
      // Few samples are spread over the lanes: two lanes of four are done sooner than one of eight.
      if (live >= share()) return;
      if (isOther || lane.tokensPerSequence < claim.job.tokens) {
        if (live > 0) return; // finish these, then make room for longer texts, or for more
        await makeRoom(lane, claim);
        isOther = false;
        continue;
      }
      const index = lane.slots.indexOf(undefined);
      if (index === -1) return;
      lane.slots[index] = startSample(claim.job, claim.nextSample++, engine);
    }
  };

  /** The last live samples move into the gaps; a sample that cannot be copied keeps its place, and idle rows fill the gaps. */
  const closeGaps = async (lane: Lane): Promise<void> => {
    for (;;) {
      const gap = lane.slots.indexOf(undefined);
      const last = lane.slots.findLastIndex(Boolean);
      const sample = lane.slots[last];
      if (gap === -1 || gap > last || sample === undefined || sample.position > copied) return;
      if (sample.position > 0) await lane.context?.copySequence({ from: last, to: gap, length: sample.position });
      lane.context?.clearSequence(last);
      lane.slots[gap] = sample;
      lane.slots[last] = undefined;
    }
  };

  /** What a lane takes next, and what waits behind it. */
  const waitingFor = (lane: Lane): readonly Job[] =>
    [lane.claim, ...queue.next(lookAhead * maxSequences)].flatMap((claim) =>
      claim !== undefined && left(claim) > 0 ? [claim.job] : [],
    );

  /** Texts that each lane has, or could have. */
  const share = (): number => Math.ceil(outstanding / laneCount);

  /** True for a context that was made for longer texts than all that wait, of which it continues few. */
  const isMadeForOthers = (lane: Lane): boolean => {
    const wanted = share();
    const most = Math.min(wanted, maxSequences);
    if (lane.isCramped || lane.context === undefined || most <= lane.slots.length) return false;
    return isNarrow(lane.slots.length, { waiting: waitingFor(lane), wanted }, bounds);
  };

  /** A context that has room for the next text of a request. */
  const makeRoom = async (lane: Lane, claim: Claim): Promise<void> => {
    await closeContext(lane);
    const asked = { tokens: claim.job.tokens, waiting: waitingFor(lane), wanted: share() };
    try {
      const options = { engine, bounds, freeBytes, threads: lane.watch.threads() };
      const { sequences, ...room } = await openRoom(asked, options);
      Object.assign(lane, room, { slots: new Array<ActiveSample | undefined>(sequences).fill(undefined) });
    } catch (error) {
      refuse(claim, modelError(error).message);
    }
  };

  /** The samples of a request that are not started yet end with an error each; others go on. */
  const refuse = (claim: Claim, error: string): void => {
    while (left(claim) > 0) {
      outstanding--;
      const sample = claim.nextSample++;
      claim.job.onSample({ sample, text: '', finishReason: 'error', completionTokens: 0, error });
    }
  };

  const closeContext = async (lane: Lane): Promise<void> => {
    const { context } = lane;
    Object.assign(lane, { context: undefined, tokensPerSequence: 0, slots: [] });
    await context?.close();
  };

  /** One step: a token for each live sample, and idle rows up to a multiple of `rowsTogether`. */
  const step = async (lane: Lane, context: EngineContext): Promise<readonly number[]> => {
    const places = lane.slots.findLastIndex(Boolean) + 1;
    const count = Math.min(lane.slots.length, Math.ceil(places / rowsTogether) * rowsTogether);
    const feeds = lane.slots.slice(0, count).map((sample, sequence): Feed => {
      const { position, nextToken } = sample ?? { position: 0, nextToken: idleToken };
      return { sequence, position, tokens: nextToken, tail: lane.tail };
    });
    context.setThreads(lane.watch.threads());
    const started = performance.now();
    const rows = await context.decode(feeds, { wantsLogits: true });
    lane.watch.took(feeds.length, performance.now() - started);
    for (const { sequence } of feeds) {
      if (lane.slots[sequence] === undefined) context.clearSequence(sequence);
    }
    return rows;
  };

  const run = async (lane: Lane): Promise<void> => {
    for (;;) {
      await fill(lane);
      await closeGaps(lane);
      const live = lane.slots.flatMap((sample, index) => (sample ? [{ sample, index }] : []));
      if (lane.context === undefined || live.length === 0) return;
      const isOneEnough = laneCount === 1 && threads > 1 && live.every(({ sample }) => isCheaplyDrawn(sample.job));
      needWorkers(lane, isOneEnough ? 'one' : 'several');
      for (const { sample, index } of live) {
        await readPrompt(sample, { context: lane.context, index, slots: lane.slots, copied, forgets });
      }
      const rows = await step(lane, lane.context);
      const drawn = await Promise.allSettled(
        live.map(async ({ sample, index }) => {
          if (sample.job.cancelled) return; // `fill` lets go of it
          const finished = await advanceSample(sample, { context: lane.context, row: rows[index] ?? -1, engine });
          if (finished) release(lane, index);
        }),
      );
      // Only now that no thread draws any more: what is let go of is freed.
      for (const each of drawn) if (each.status === 'rejected') throw each.reason;
    }
  };

  const unfinishedJobs = (of: readonly Lane[]): Set<Job> => {
    const claims = [...queue.waiting(), ...of.map((lane) => lane.claim)].filter((claim) => left(claim) > 0);
    const jobs = [...claims.map((claim) => claim?.job), ...of.flatMap((lane) => lane.slots.map((slot) => slot?.job))];
    return new Set(jobs.filter((job) => job !== undefined && !job.cancelled) as Job[]);
  };

  const start = (lane: Lane): void => {
    lane.running ??= run(lane)
      .catch((error: unknown) => fail(lane, error))
      .finally(() => {
        lane.running = undefined;
        needWorkers(lane, 'none');
        // Work that came in between the lane's last look at the queue and now.
        if (nextClaim(lane) !== undefined) start(lane);
      });
  };

  /** The engine broke under a lane: its requests cannot be finished, and nobody knows what is in its context. */
  const fail = async (lane: Lane, cause: unknown): Promise<void> => {
    for (const job of unfinishedJobs([lane])) end(job, modelError(cause));
    const { context } = lane;
    lane.context = undefined;
    for (let index = 0; index < lane.slots.length; index++) release(lane, index);
    await closeContext(lane);
    await context?.close().catch(() => undefined);
  };

  return {
    submit: (job) => {
      const claim = { job, nextSample: 0 };
      claims.set(job, claim);
      queue.put(claim);
      outstanding += job.samples;
      // Next tick: a call that submits many requests gets them shared out evenly.
      queueMicrotask(() => lanes.forEach(start));
    },
    cancel: drop,
    close: async () => {
      const error = new ModelError('The model was closed while it was generating, open it again');
      for (const job of unfinishedJobs(lanes)) end(job, error);
      await Promise.all(lanes.map((lane) => lane.running));
      await Promise.all(lanes.map(closeContext));
    },
  };
}

const modelError = (cause: unknown): ModelError =>
  cause instanceof ModelError ? cause : new ModelError(`The embedded engine failed: ${String(cause)}`);

const left = (claim: Claim | undefined): number => (claim ? claim.job.samples - claim.nextSample : 0);
