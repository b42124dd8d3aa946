import { type Engine, type EngineContext, noRoom } from './llama-engine.js';
import { type Asked, type ContextBounds, type ContextPlan, planContext, sequenceBytes } from './plan-context.js';
import { stretchTokens } from './read-prompt.js';

export type Room = ContextPlan & {
  readonly context: EngineContext;
  /** Memory gave fewer sequences than were planned. */
  readonly isCramped: boolean;
};

type RoomOptions = {
  readonly engine: Engine;
  readonly bounds: ContextBounds;
  /** Memory that nothing uses now, in bytes. */
  readonly freeBytes: () => number;
  readonly threads: number;
};

/** What must stay free beside the caches: the work of a step, and what else this process needs. */
const spareShare = 0.1;
/** One context after the other, of all models: what one takes is gone when the next looks at what is free. */
let opening: Promise<unknown> = Promise.resolve();

/** A context as it is planned for what is asked; where memory has none for so many texts, for half as many. Throws `ModelError` where it has none for one. */
export function openRoom(asked: Asked, options: RoomOptions): Promise<Room> {
  const room = opening.then(() => open(asked, options));
  opening = room.catch(() => undefined);
  return room;
}

async function open(asked: Asked, { engine, bounds, freeBytes, threads }: RoomOptions): Promise<Room> {
  for (let texts = bounds.maxSequences; ; ) {
    const isCramped = texts < bounds.maxSequences;
    const plan = planContext(isCramped ? { ...asked, waiting: [] } : asked, { ...bounds, maxSequences: texts });
    const { sequences, tokensPerSequence: tokens, tail } = plan;
    const cells = sequences * (tokens + tail);
    const needed = sequences * sequenceBytes(tokens + tail, bounds);
    const free = freeBytes() * (1 - spareShare);
    try {
      // Linux would give it, and end a process where it is used
      if (needed > free)
        throw noRoom(cells, `${inGigabytes(needed)} of memory are needed and ${inGigabytes(free)} free`);
      const options = { sequences, tokensPerSequence: tokens + tail, batchTokens: stretchTokens, threads };
      return { ...plan, context: await engine.openContext(options), isCramped };
    } catch (error) {
      texts = Math.min(texts, sequences) >> 1;
      if (texts === 0) throw error;
    }
  }
}

const inGigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
