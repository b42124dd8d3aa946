/** How an embedded model spreads over the processors. */
export type EngineLayout = {
  /** Contexts that decode side by side. */
  readonly laneCount: number;
  /** The most threads of each. */
  readonly threads: number;
  /** Texts that grow by a token in one step are filled up to a multiple of so many rows. */
  readonly rowsTogether: number;
};

/** Below it a step is over so soon that what JavaScript does between two steps counts as much. */
const fewParameters = 50_000_000;
/** More threads than that in one context wait for each other at every layer for longer than they compute. */
const mostThreads = 8;
/** Types, by ggml's numbers, whose weights llama.cpp lays out anew for rows of four: Q4_0, Q2_K, Q4_K, Q5_K, Q6_K, IQ4_NL, MXFP4. */
const repackedTypes: ReadonlySet<number> = new Set([2, 10, 12, 13, 14, 20, 39]);

/** F32, F16, BF16, which are multiplied in blocks where there are several rows, and where there is one by other code. */
const floatTypes: ReadonlySet<number> = new Set([0, 1, 30]);

/**
 * The layout for a model of so many parameters in matrices of these types (numbers of ggml, `tensor-bytes.ts`).
 *
 * - **Small models** (pocket, 14 million): one lane more than processors, at most three, of one thread each; the spare one computes while another draws its
 *   tokens, which takes as long (`npm run bench:embedded`).
 * - **Others**: all processors, in as few lanes as hold them at eight threads each. 16 questions of GSM8K at once, 96 tokens, greedy, on two processors, in tokens/s
 *   of three lanes of one thread, two of one, one of two (`node scripts/measure-models.mjs --only speed`): SmolLM2-135M 136, 146, 130; Gemma 3 270M 110, 148, 157;
 *   Qwen2.5-Coder-1.5B 25.6, 26.3, 30.3, each before the live texts stood without gaps (`batch-loop.ts`).
 * - **Rows of four**: llama.cpp multiplies repacked weights by four rows at a time and by the rest one by one, and the two round differently at times; a text would
 *   depend on how many others grow beside it. Filled up to fours, none is computed one by one. Where several threads share a context a text is never alone
 *   either: llama.cpp would split its attention among them, and add up in another order.
 * - **Rows of two** for the same reason: of weights in F32, F16, and BF16 one row rounds unlike two to sixteen, which are alike (pocket in each).
 */
export function chooseLayout({
  parameters,
  matrixTypes,
  processors,
}: {
  readonly parameters: number;
  readonly matrixTypes: ReadonlySet<number>;
  readonly processors: number;
}): EngineLayout {
  const isSmall = parameters < fewParameters;
  const laneCount = isSmall ? Math.min(3, processors + 1) : Math.ceil(processors / mostThreads);
  const threads = isSmall ? 1 : Math.max(1, Math.floor(processors / laneCount));
  const has = (types: ReadonlySet<number>): boolean => [...matrixTypes].some((type) => types.has(type));
  return { laneCount, threads, rowsTogether: has(repackedTypes) ? 4 : has(floatTypes) || threads > 1 ? 2 : 1 };
}
