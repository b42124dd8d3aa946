/** What a model's caches take, and what there is for them. */
export type ContextBounds = {
  /** The most texts that one context continues at the same time. */
  readonly maxSequences: number;
  /** Bytes of cache that one token of one sequence takes. */
  readonly bytesPerToken: number;
  /** Memory for the cache of one context, in bytes. */
  readonly cacheBytes: number;
  /** Tokens that the model was trained to look back on. */
  readonly contextLength: number;
  /** Texts that grow by a token in one step are filled up to a multiple of so many rows. */
  readonly rowsTogether: number;
  /** Half of the layers at least keep no more tokens than this, where there are such. */
  readonly shortReach: number | undefined;
  /** False where tokens that were computed behind a text leave a trace: in a state that is written over, or in the order in which a window's cells are taken. */
  readonly takesBack: boolean;
};

export type ContextPlan = {
  readonly sequences: number;
  readonly tokensPerSequence: number;
  /** Rows behind each text that are computed and forgotten: where memory has no room for idle neighbours. */
  readonly tail: number;
};

/** A text of so many tokens, those that wait behind it, and how many would grow side by side if memory reached so far. */
export type Asked = { readonly tokens: number; readonly waiting: readonly Waiting[]; readonly wanted: number };

/** A text that waits: cells that it can need. */
type Waiting = { readonly tokens: number };

/**
 * A context for a text of `tokens` tokens, and for those that wait: the longest of them sets the size, as far as no text has to wait for it (a context that is
 * too short is built anew in the middle of the work). The first has its room in any case.
 */
export function planContext({ tokens, waiting, wanted }: Asked, bounds: ContextBounds): ContextPlan {
  const { maxSequences, rowsTogether, takesBack } = bounds;
  const sideBySide = Math.min(maxSequences, wanted, affordable(tokens, bounds));
  const longest = waiting.reduce(
    (most, { tokens: other }) => (affordable(other, bounds) >= sideBySide ? Math.max(most, other) : most),
    tokens,
  );
  const most = Math.min(maxSequences, Math.max(1, affordable(longest, bounds)));
  const sequences = wholeRows(most, { rowsTogether, takesBack });
  const tail = Math.max(0, Math.ceil(rowsTogether / sequences) - 1);
  return { sequences, tokensPerSequence: roomFor(longest + tail, bounds) - tail, tail };
}

/** True where a context of so many sequences, made for longer texts, keeps those waiting that one of its own would continue at the same time. */
export function isNarrow(
  sequences: number,
  { waiting, wanted }: Omit<Asked, 'tokens'>,
  bounds: ContextBounds,
): boolean {
  if (wanted <= sequences || sequences >= bounds.maxSequences || waiting.length === 0) return false;
  const longest = waiting.reduce((most, { tokens }) => Math.max(most, tokens), 0);
  return Math.min(bounds.maxSequences, wanted, affordable(longest, bounds)) >= 2 * sequences;
}

/** Idle sequences keep live ones company, or where memory does not reach so far, idle tokens behind them. */
function wholeRows(
  most: number,
  { rowsTogether, takesBack }: Pick<ContextBounds, 'rowsTogether' | 'takesBack'>,
): number {
  if (most >= rowsTogether) return most - (most % rowsTogether);
  if (!takesBack) return rowsTogether;
  return most >= 2 && rowsTogether % 2 === 0 ? 2 : 1;
}

/** Bytes that the cache of one sequence of so many tokens takes, at most. */
export function sequenceBytes(tokens: number, { bytesPerToken, shortReach = tokens }: ContextBounds): number {
  return (bytesPerToken * (tokens + Math.min(tokens, shortReach))) / 2;
}

/** Sequences of so many tokens for which the memory is enough. */
const affordable = (tokens: number, bounds: ContextBounds): number =>
  Math.floor(bounds.cacheBytes / sequenceBytes(roomFor(tokens, bounds), bounds));

/** llama.cpp gives each sequence cells by so many; and slightly longer requests do not rebuild the context again and again. */
const cellsTogether = 256;
const roomFor = (tokens: number, { contextLength }: ContextBounds): number =>
  Math.min(Math.ceil(tokens / cellsTogether) * cellsTogether, Math.max(contextLength, tokens));
