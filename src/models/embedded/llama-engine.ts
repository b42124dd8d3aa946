import { ModelError } from '../../errors.js';
import { type AddonContext, type AddonModel, type AddonSampler, type LoadedAddon, loadAddon } from './load-addon.js';

/**
 * llama.cpp as the batch loop needs it. This is the only file that calls the addon's internal methods
 * (`initBatch`, `addToBatch`, `decodeBatch`, `sampleToken`, `copySequenceStateFromOtherSequence`).
 */
export type Engine = {
  /** Tokens that the model was trained to look back on. */
  readonly contextLength: number;
  readonly beginToken: string;
  readonly endToken: string;
  /** True when a prompt has to start with the begin token. */
  readonly startsWithBegin: boolean;
  /** With `special`, text such as `<|end|>` becomes the special token; without, it stays text. */
  tokenize(text: string, options: { readonly special: boolean }): Uint32Array;
  /** With `special`, special tokens are written out; without, they vanish. */
  detokenize(tokens: readonly number[], options: { readonly special: boolean }): string;
  /** A token that ends a turn or a text. */
  isEnd(token: number): boolean;
  /** A token that plain text can never contain. */
  isControl(token: number): boolean;
  tokenText(token: number): string;
  openSampler(options: SamplerOptions): Sampler;
  openContext(options: ContextOptions): Promise<EngineContext>;
  close(): Promise<void>;
};

export type ContextOptions = {
  /** How many texts are continued side by side; each has cells of its own for `tokensPerSequence` tokens. */
  readonly sequences: number;
  readonly tokensPerSequence: number;
  /** The most tokens in one call of `decode`. */
  readonly batchTokens: number;
  readonly threads: number;
};

export type Feed = {
  readonly sequence: number;
  readonly position: number;
  readonly tokens: Uint32Array;
  /** So many rows more are computed behind these tokens, and forgotten: company that changes nothing but how llama.cpp multiplies. @default 0 */
  readonly tail?: number;
};

export type ScoredToken = { readonly token: number; readonly logProbability: number };

export type EngineContext = {
  /** Runs the model over new tokens. With `wantsLogits` returns, for each feed, the row of its last token's logits. */
  decode(feeds: readonly Feed[], options: { readonly wantsLogits: boolean }): Promise<readonly number[]>;
  sample(row: number, sampler: Sampler): Promise<number>;
  /** The k likeliest next tokens with their natural-log probability at temperature 1, best first; and last `besides`. */
  topLogProbabilities(row: number, k: number, besides?: number): Promise<ScoredToken[]>;
  /** Gives `to` the first `length` tokens of `from`; far cheaper than running the model over them again. */
  copySequence(options: { readonly from: number; readonly to: number; readonly length: number }): Promise<void>;
  clearSequence(sequence: number): void;
  /** From the next call of `decode` on. */
  setThreads(threads: number): void;
  close(): Promise<void>;
};

export type SamplerOptions = {
  readonly temperature: number;
  readonly topP: number;
  readonly minP: number;
  readonly seed: number;
  /** Ids of tokens that are never drawn. */
  readonly forbidden: readonly number[];
};

export type Sampler = {
  readonly native: AddonSampler;
  /** How tokens are drawn from now on; the random numbers go on where they were. */
  change(options: Pick<SamplerOptions, 'temperature' | 'forbidden'>): void;
  close(): void;
};

const controlAttribute = 1 << 3;
const noRows = new Uint32Array(0);

/** Loads a GGUF file that `readGguf` has found to be whole. */
export async function openEngine(file: string): Promise<Engine> {
  const loaded = await loadAddon();
  const { addon, gpu } = loaded;
  const model = new addon.AddonModel(file, { addonExports: addon, gpuLayers: gpu ? 999 : 0, useMmap: true });
  if (!(await model.init().catch(() => false))) {
    throw new ModelError(
      `Cannot open model ${file}: llama.cpp does not take it (damaged, or an architecture it does not know), try another GGUF`,
    );
  }
  const text = (token: number): string => (token < 0 ? '' : model.getTokenString(token));
  return {
    contextLength: model.getTrainContextSize(),
    beginToken: text(model.tokenBos()),
    endToken: text(model.tokenEos()),
    startsWithBegin: model.shouldPrependBosToken(),
    tokenize: (prompt, { special }) => model.tokenize(prompt, special),
    detokenize: (tokens, { special }) => model.detokenize(Uint32Array.from(tokens), special),
    isEnd: (token) => model.isEogToken(token),
    isControl: (token) => (model.getTokenAttributes(token) & controlAttribute) !== 0,
    tokenText: text,
    openSampler: (options) => openSampler(loaded, model, options),
    openContext: (options) => openContext(loaded, model, options),
    close: () => model.dispose(),
  };
}

function openSampler(
  { addon }: LoadedAddon,
  model: AddonModel,
  { topP, minP, seed, ...first }: SamplerOptions,
): Sampler {
  const native = new addon.AddonSampler(model);
  const change: Sampler['change'] = ({ temperature, forbidden }) => {
    const drawing =
      temperature === 0
        ? { temperature }
        : { temperature, seed, ...(topP < 1 ? { topP } : {}), ...(minP > 0 ? { minP } : {}) };
    native.applyConfig({ ...drawing, ...bias(forbidden) });
  };
  change(first);
  return { native, change, close: () => native.dispose() };
}

/** Added to the logits before anything else looks at them. */
function bias(forbidden: readonly number[]): { tokenBiasKeys?: Uint32Array; tokenBiasValues?: Float32Array } {
  if (forbidden.length === 0) return {};
  return {
    tokenBiasKeys: Uint32Array.from(forbidden),
    tokenBiasValues: new Float32Array(forbidden.length).fill(Number.NEGATIVE_INFINITY),
  };
}

export const noRoom = (tokens: number, reason: string): ModelError =>
  new ModelError(
    `Cannot make room for ${tokens} tokens of context: ${reason}; allow shorter texts (maxTokens), or close other programs`,
  );

async function openContext(
  loaded: LoadedAddon,
  model: AddonModel,
  { sequences, tokensPerSequence, batchTokens, threads }: ContextOptions,
): Promise<EngineContext> {
  const context = new loaded.addon.AddonContext(model, {
    contextSize: sequences * tokensPerSequence,
    batchSize: batchTokens,
    sequences,
    threads,
    flashAttention: true,
  });
  if (!(await context.init())) throw noRoom(sequences * tokensPerSequence, 'not enough memory');
  context.setThreads(threads);
  const scorers: Scorer[] = []; // those that nothing looks by
  return {
    decode: (feeds, { wantsLogits }) => decode(context, feeds, wantsLogits),
    sample: (row, { native }) => context.sampleToken(row, native),
    topLogProbabilities: async (row, k, besides) => {
      const scorer = scorers.pop() ?? openScorer(loaded, model);
      try {
        return await topLogProbabilities(scorer, { context, row, k, besides });
      } finally {
        scorers.push(scorer);
      }
    },
    copySequence: async ({ from, to, length }) => {
      await context.copySequenceStateFromOtherSequence(to, from);
      // The source may already be further on than what the two have in common.
      context.removeTokenCellsFromSequence(to, length, -1);
    },
    clearSequence: (sequence) => context.disposeSequence(sequence),
    setThreads: (count) => context.setThreads(count),
    close: () => {
      for (const { best, all } of scorers.splice(0)) {
        best.dispose();
        all.dispose();
      }
      return context.dispose();
    },
  };
}

async function decode(context: AddonContext, feeds: readonly Feed[], wantsLogits: boolean): Promise<readonly number[]> {
  context.initBatch(feeds.reduce((sum, { tokens, tail = 0 }) => sum + tokens.length + tail, 0));
  const rows: number[] = [];
  for (const { sequence, position, tokens, tail = 0 } of feeds) {
    const all = tail === 0 ? tokens : new Uint32Array(tokens.length + tail);
    if (tail > 0) all.set(tokens);
    const wanted = wantsLogits ? Uint32Array.from({ length: tail + 1 }, (_, at) => tokens.length - 1 + at) : noRows;
    rows.push(context.addToBatch(sequence, position, all, wanted)[0] ?? -1);
  }
  await context.decodeBatch();
  for (const { sequence, position, tokens, tail = 0 } of feeds) {
    if (tail > 0) context.removeTokenCellsFromSequence(sequence, position + tokens.length, -1);
  }
  return rows;
}

/** What looks at a row of logits, one look at a time; made once, for each holds memory for the whole vocabulary. */
type Scorer = { readonly best: AddonSampler; readonly all: AddonSampler };

const openScorer = ({ addon }: LoadedAddon, model: AddonModel): Scorer => {
  const all = new addon.AddonSampler(model);
  all.applyConfig({ temperature: 0 }); // leaves the logits as they are
  return { best: new addon.AddonSampler(model), all };
};

/**
 * Log-softmax from its parts. The addon would sort the whole vocabulary to tell the likeliest (20 ms for the 262,144 tokens of Gemma 3), so it sees
 * only those, and sums over all the others in a look of its own (1.6 ms together).
 */
async function topLogProbabilities(
  { best, all }: Scorer,
  { context, row, k, besides }: { context: AddonContext; row: number; k: number; besides: number | undefined },
): Promise<ScoredToken[]> {
  best.applyConfig({ temperature: 1, seed: 1, topK: k });
  const likeliest = await look(context, row, { sampler: best, top: k });
  const others = await look(context, row, { sampler: all, tokens: besides === undefined ? [] : [besides] });
  const greatest = likeliest.logits[1] ?? 0;
  // The sum of exp(logit - greatest logit)
  const weight = Math.log(others.weight);
  const logProbabilities = new Map<number, number>(); // `besides` may be one of the likeliest
  for (const { logits } of [likeliest, others]) {
    for (let index = 0; index < logits.length; index += 2) {
      logProbabilities.set(logits[index] ?? -1, (logits[index + 1] ?? 0) - greatest - weight);
    }
  }
  return [...logProbabilities].map(([token, logProbability]) => ({ token, logProbability }));
}

/** Logits as pairs of token and logit, of the likeliest that a sampler leaves or of these tokens, and the weight of all that it leaves. */
async function look(
  context: AddonContext,
  row: number,
  { sampler, tokens = [], top = 0 }: { sampler: AddonSampler; tokens?: readonly number[]; top?: number },
): Promise<{ logits: readonly number[]; weight: number }> {
  const wanted = [tokens, false, false, false, top] as const;
  const [, , , logits, weight] = await context.sampleToken(row, sampler, false, false, wanted, true);
  return { logits, weight };
}
