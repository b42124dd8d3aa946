import type { ActiveSample } from './active-sample.js';
import type { EngineContext } from './llama-engine.js';

/** The longest stretch of a prompt in one decode call. Fixed, so that a prompt is always cut in the same places. */
export const stretchTokens = 512;
/**
 * Part of a stretch can be read alone where so many of its tokens are left, and the part in front is a multiple of it: llama.cpp computes rows of one call alike
 * where there are as many or more (attention in tiles, products four rows at a time), and by other code, with other rounding, where there are fewer.
 */
const tileTokens = 64;

export type ReadOptions = {
  readonly context: EngineContext;
  /** The sample's place. */
  readonly index: number;
  /** The samples of the context, by place. */
  readonly slots: readonly (ActiveSample | undefined)[];
  /** Texts of at most so many tokens are whole in the cache, and can be copied. */
  readonly copied: number;
  /** False where a copy cannot be cut shorter. */
  readonly forgets: boolean;
};

/**
 * Runs the model over a prompt but its last token. What another text of the context has read in the same stretches is copied: the whole prompt of a sample
 * of the same request, or the examples that many prompts begin with. What is copied is to the last bit what would be computed.
 */
export async function readPrompt(sample: ActiveSample, options: ReadOptions): Promise<void> {
  const { context, index } = options;
  const { prompt } = sample.job;
  const length = prompt.length - 1;
  if (sample.position >= length) return;
  const { from, shared } = findDonor(sample, options);
  if (shared > 0) {
    await context.copySequence({ from, to: index, length: shared });
    sample.position = shared;
  }
  for (let end = stretch(length); sample.position < length && !sample.job.cancelled; end += stretch(length - end)) {
    if (end <= sample.position) continue;
    const tokens = prompt.subarray(sample.position, end);
    await context.decode([{ sequence: index, position: sample.position, tokens }], { wantsLogits: false });
    sample.position = end;
  }
}

/** Never a single token behind others: threads would share its attention, and add up in another order. */
const stretch = (missing: number): number =>
  missing === stretchTokens + 1 ? stretchTokens - 1 : Math.min(missing, stretchTokens);

/** The text that has read most of a prompt already, in the same stretches. */
function findDonor(sample: ActiveSample, { slots, copied, forgets }: ReadOptions): { from: number; shared: number } {
  let best = { from: -1, shared: 0 };
  for (const [from, other] of slots.entries()) {
    if (other === undefined || other === sample || other.position === 0 || other.position > copied) continue;
    const shared = sharedTokens(sample.job.prompt, other.job.prompt);
    const isThere = forgets ? other.position >= shared : other.position === shared;
    if (isThere && shared > best.shared) best = { from, shared };
  }
  return best;
}

/** How many tokens of two prompts are the same and computed alike; the last of each is never read beforehand. */
export function sharedTokens(prompt: Uint32Array, other: Uint32Array): number {
  const [length, otherLength] = [prompt.length - 1, other.length - 1];
  const most = Math.min(length, otherLength);
  let equal = 0;
  while (equal < most && (prompt === other || prompt[equal] === other[equal])) equal++;
  if (length === otherLength && equal === length) return length;
  let start = 0; // of the first stretch that is not the same
  for (;;) {
    const [own, others] = [stretch(length - start), stretch(otherLength - start)];
    if (own === 0 || own !== others || start + own > equal) {
      const part = Math.min(equal - start, own - tileTokens, others);
      return start + Math.max(0, part - (part % tileTokens));
    }
    start += own;
  }
}
