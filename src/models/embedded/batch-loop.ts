import { ModelError } from '../../errors.js';
import { type ActiveSample, advanceSample, type Job, startSample } from './active-sample.js';
import type { EngineLayout } from './choose-layout.js';
import { firstInFirstOut } from './first-in-first-out.js';
import type { Engine, EngineContext, Feed } from './llama-engine.js';
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
};

type Claim = { readonly job: Job; nextSample: number };

type Lane = {
  context: EngineContext | undefined;
  tokensPerSequence: number;
  /** Rows behind each text that are computed and forgotten: where memory has no room for idle neighbours. */
  tail: number;
  readonly watch: ThreadWatch;
  slots: (ActiveSample | undefined)[];
  claim: Claim | undefined;
  running: Promise<void> | undefined;
};

/** The longest stretch of a prompt in one decode call. Fixed, so that a prompt is always cut in the same places. */
const prefillTokens = 512;
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
}: BatchLoopOptions): BatchLoop {
  const queue = firstInFirstOut<Claim>((claim) => left(claim) > 0);
  const lanes: Lane[] = Array.from({ length: laneCount }, () => ({
    context: undefined,
    tokensPerSequence: 0,
    tail: 0,
    watch: watchThreads(threads),
    slots: [],
    claim: undefined,
    running: undefined,
  }));
  /** Texts of at most so many tokens are whole in the cache, and can be copied. */
  const copied = window === undefined ? Number.POSITIVE_INFINITY : window + prefillTokens;
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
    // Few samples are spread over the lanes: two lanes of four are done sooner than one of eight.
    const share = Math.ceil(outstanding / laneCount);
    for (let claim = nextClaim(lane); claim !== undefined; claim = nextClaim(lane)) {
      const live = lane.slots.filter(Boolean).length;
      if (live >= share) return;
      if (lane.tokensPerSequence < claim.job.tokens) {
        if (live > 0) return; // finish these, then make room for longer texts
        await makeRoom(lane, claim.job);
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

  /** Sequences of so many tokens for which a lane's share of the memory is enough. */
  const affordable = (tokens: number): number => Math.floor(cacheBytes / laneCount / (bytesPerToken * tokens));

  const makeRoom = async (lane: Lane, job: Job): Promise<void> => {
    await lane.context?.close();
    lane.context = undefined;
    lane.tokensPerSequence = 0;
    // The longest that waits sets the size, as far as no text has to wait for it: a context that is too short is built anew in the middle of the work.
    const waiting = queue.next(lookAhead * maxSequences).filter((claim) => left(claim) > 0);
    const sideBySide = Math.min(maxSequences, Math.ceil(outstanding / laneCount), affordable(roomFor(job.tokens)));
    const longest = waiting.reduce(
      (most, { job: { tokens } }) => (affordable(roomFor(tokens)) >= sideBySide ? Math.max(most, tokens) : most),
      job.tokens,
    );
    const tokensPerSequence = roomFor(longest);
    const most = Math.min(maxSequences, Math.max(1, affordable(tokensPerSequence)));
    // Idle sequences keep live ones company, or where memory does not reach so far, idle tokens behind them.
    const sequences = most >= rowsTogether ? most - (most % rowsTogether) : most >= 2 && rowsTogether % 2 === 0 ? 2 : 1;
    lane.tail = Math.max(0, Math.ceil(rowsTogether / sequences) - 1);
    lane.context = await engine.openContext({
      sequences,
      tokensPerSequence: tokensPerSequence + lane.tail,
      batchTokens: prefillTokens,
      threads: lane.watch.threads(),
    });
    lane.slots = new Array<ActiveSample | undefined>(sequences).fill(undefined);
    lane.tokensPerSequence = tokensPerSequence;
  };

  // Rounded up, so that slightly longer requests do not rebuild the context again and again.
  const roomFor = (tokens: number): number =>
    Math.min(Math.ceil(tokens / 128) * 128, Math.max(engine.contextLength, tokens));

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
      for (const { sample, index } of live) {
        if (sample.position < sample.job.prompt.length - 1) {
          await prefill(lane, { context: lane.context, sample, index, copied });
        }
      }
      const rows = await step(lane, lane.context);
      await Promise.all(
        live.map(async ({ sample, index }) => {
          if (sample.job.cancelled) return; // `fill` lets go of it
          const finished = await advanceSample(sample, { context: lane.context, row: rows[index] ?? -1, engine });
          if (finished) release(lane, index);
        }),
      );
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
        // Work that came in between the lane's last look at the queue and now.
        if (nextClaim(lane) !== undefined) start(lane);
      });
  };

  /** The engine broke under a lane: its requests cannot be finished. */
  const fail = async (lane: Lane, cause: unknown): Promise<void> => {
    const error = cause instanceof ModelError ? cause : new ModelError(`The embedded engine failed: ${String(cause)}`);
    for (const job of unfinishedJobs([lane])) end(job, error);
    for (let index = 0; index < lane.slots.length; index++) release(lane, index);
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
      await Promise.all(lanes.map((lane) => lane.context?.close()));
      for (const lane of lanes) Object.assign(lane, { context: undefined, tokensPerSequence: 0, slots: [] });
    },
  };
}

const left = (claim: Claim | undefined): number => (claim ? claim.job.samples - claim.nextSample : 0);

/** Runs the model over a prompt but its last token, or copies that from a sample of the same prompt. */
async function prefill(
  lane: Lane,
  {
    context,
    sample,
    index,
    copied,
  }: {
    readonly context: EngineContext;
    readonly sample: ActiveSample;
    readonly index: number;
    readonly copied: number;
  },
): Promise<void> {
  const { prompt } = sample.job;
  const length = prompt.length - 1;
  const donor = lane.slots.findIndex(
    (other) => other?.job === sample.job && other.position >= length && other.position <= copied,
  );
  if (donor !== -1) {
    await context.copySequence({ from: donor, to: index, length });
    sample.position = length;
  }
  while (sample.position < length && !sample.job.cancelled) {
    const missing = length - sample.position;
    // Never a single token behind others: threads would share its attention, and add up in another order.
    const taken = missing === prefillTokens + 1 ? prefillTokens - 1 : Math.min(missing, prefillTokens);
    const tokens = prompt.subarray(sample.position, sample.position + taken);
    await context.decode([{ sequence: index, position: sample.position, tokens }], { wantsLogits: false });
    sample.position += taken;
  }
}
