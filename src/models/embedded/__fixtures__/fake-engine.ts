import { ModelError } from '../../../errors.js';
import type { Engine } from '../llama-engine.js';

export type FakeEngine = Engine & {
  /** What was asked of it: decode calls as lists of `sequence:position+tokens`, copies, contexts opened and closed. */
  readonly calls: string[];
  failNext: boolean;
  /** Drawing fails in this place of a context, at once. */
  brokenSequence: number | undefined;
};

const special = /<\|\w+\|>/;
const specialIds = new Map([
  ['<|user|>', 1001],
  ['<|end|>', 1002],
  ['<|begin|>', 1003],
]);

/** An engine without a model: a token is a character, `<|end|>` and its like are tokens above 1000, texts are "abc…". */
export function fakeEngine({
  length = 5,
  startsWithBegin = false,
  mostCells = Number.POSITIVE_INFINITY,
} = {}): FakeEngine {
  const calls: string[] = [];
  let contextCount = 0;
  const engine: FakeEngine = {
    calls,
    failNext: false,
    brokenSequence: undefined,
    contextLength: 1000,
    beginToken: '<|begin|>',
    endToken: '<|end|>',
    startsWithBegin,
    tokenize: (text, options) => {
      const parts = options.special ? text.split(/(<\|\w+\|>)/) : [text];
      if (!options.special) calls.push(`plain ${JSON.stringify(text)}`);
      return Uint32Array.from(
        parts.flatMap((part) =>
          options.special && special.test(part)
            ? [specialIds.get(part) ?? 1000]
            : [...part].map((letter) => letter.codePointAt(0) ?? 0),
        ),
      );
    },
    detokenize: (tokens) => tokens.map((token) => (token > 1000 ? '' : String.fromCodePoint(token))).join(''),
    isEnd: (token) => token === 1002,
    isControl: (token) => token > 1000,
    tokenText: (token) => [...specialIds].find(([, id]) => id === token)?.[0] ?? '',
    openSampler: ({ temperature, forbidden }) => {
      if (forbidden.length > 0) calls.push(`forbid ${forbidden.join()}`);
      if (temperature !== 1) calls.push(`temperature ${temperature}`);
      const sampler = { isClosed: false };
      return {
        native: sampler as never,
        change: (options) => calls.push(`forbid ${options.forbidden.join()} at ${options.temperature}`),
        close: () => {
          sampler.isClosed = true;
        },
      };
    },
    openContext: async ({ sequences, tokensPerSequence }) => {
      const cells = sequences * tokensPerSequence;
      if (cells > mostCells) throw new ModelError(`Cannot make room for ${cells} tokens`);
      const name = `context ${contextCount++}`;
      calls.push(`${name}: open ${sequences} x ${tokensPerSequence}`);
      return {
        decode: async (feeds) => {
          if (engine.failNext) throw new Error('no slot');
          calls.push(
            `${name}: ${feeds.map(({ sequence, position, tokens, tail = 0 }) => `${sequence}:${position}+${tokens.length}${tail > 0 ? `+${tail} idle` : ''}`).join(' ')}`,
          );
          return feeds.map((feed) => feed.sequence);
        },
        sample: async (row, { native }) => {
          if (row === engine.brokenSequence) throw new Error('no such row');
          if (engine.brokenSequence !== undefined) await new Promise(setImmediate);
          if ((native as unknown as { isClosed: boolean }).isClosed) calls.push('drawn with a sampler that is closed');
          drawn.set(`${name}/${row}`, (drawn.get(`${name}/${row}`) ?? 0) + 1);
          const count = drawn.get(`${name}/${row}`) ?? 0;
          return count > length ? 1002 : 96 + count;
        },
        topLogProbabilities: async () => [{ token: 97, logProbability: 0 }],
        copySequence: async ({ from, to, length: tokens }) => {
          calls.push(`${name}: copy ${from} to ${to} (${tokens})`);
        },
        clearSequence: (sequence) => {
          drawn.delete(`${name}/${sequence}`);
        },
        setThreads: () => undefined,
        close: async () => {
          calls.push(`${name}: close`);
        },
      };
    },
    close: async () => undefined,
  };
  const drawn = new Map<string, number>();
  return engine;
}
