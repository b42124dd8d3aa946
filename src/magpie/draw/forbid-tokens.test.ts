import { describe, expect, it } from 'vitest';
import type { LanguageModel, ModelCapabilities } from '../../models/language-model.js';
import { forbidTokens } from './forbid-tokens.js';
import { openUserTurn } from './open-user-turn.js';
import { turnTokens } from './turn-tokens.js';

const llama = 'meta-llama/Meta-Llama-3.1-8B-Instruct';

/** `words` are its tokens, 100 and up; any other letter is a token by itself. */
function modelOf(
  name: string,
  {
    words,
    ...capabilities
  }: Partial<ModelCapabilities> & { words?: Readonly<Record<string, number>> | undefined } = {},
): LanguageModel {
  const split = new RegExp(
    `(${
      Object.keys(words ?? {})
        .map(escapeForPattern)
        .join('|') || '$^'
    })`,
  );
  const tokenize: LanguageModel['tokenize'] = async (text) =>
    text.split(split).flatMap((part) => words?.[part] ?? [...part].map((letter) => letter.charCodeAt(0)));
  return {
    name,
    capabilities: { chat: true, raw: true, topLogProbabilities: 0, seed: true, ...capabilities },
    preQuery: () => '<|begin_of_text|><|start_header_id|>user',
    ...(words === undefined ? {} : { tokenize }),
    generate: () => {
      throw new Error('nobody asks');
    },
    close: async () => undefined,
  };
}

const escapeForPattern = (text: string): string => text.replace(/[|\\{}()[\]^$+*?.]/g, '\\$&');

describe('forbidTokens()', () => {
  const words = { '#': 2, '##': 567, '###': 14711, '####': 827 };
  it.each([
    ["an engine that masks the first token gets the table's there", 'first', words, 'forbiddenFirstTokens'],
    ['one that masks the whole text gets them there', 'whole', words, 'forbiddenTokens'],
    ["a server that tells no tokens gets the table's ids", 'whole', undefined, 'forbiddenTokens'],
  ] as const)('%s', async (_, forbiddenTokens, known, field) => {
    const longestFirst = known && Object.fromEntries(Object.entries(known).reverse());
    const model = modelOf(llama, { forbiddenTokens, words: longestFirst });
    const { sampling, record } = await forbidTokens(model, {});
    expect(Object.keys(sampling)).toEqual([field]);
    expect([...(sampling[field] ?? [])].sort((a, b) => a - b)).toEqual([2, 567, 827, 14711]);
    const [masked] = Object.values(record);
    expect(masked).toEqual(words);
  });

  it.each([
    ['an engine that masks nothing draws freely', modelOf(llama), {}],
    ['an empty list goes before the table', modelOf(llama, { forbiddenTokens: 'first' }), { forbid: [] }],
    ['a model that the table forbids nothing', modelOf('pocket', { forbiddenTokens: 'first' }), {}],
  ])('%s', async (_, model, options) => {
    expect(await forbidTokens(model, options)).toEqual({ sampling: {}, record: {} });
  });

  it.each([
    [
      'several tokens',
      { forbiddenTokens: 'first', words: {} },
      { forbid: ['ab'] },
      /^Cannot forbid "ab": it is 2 tokens of x and not one; name/,
    ],
    ['no token', { forbiddenTokens: 'first', words: {} }, { forbidFirst: [''] }, /^Cannot forbid "": it is 0 tokens/],
    [
      'an unknown id',
      { forbiddenTokens: 'whole' },
      { forbid: ['#'] },
      /^Cannot forbid "#": x does not tell its tokens, and configs\/model_configs.json has no id/,
    ],
    ['an engine without masks', {}, { forbid: ['#'] }, /^Cannot forbid "#" with x: it cannot mask tokens; use pocket/],
    [
      'an engine without first tokens',
      { forbiddenTokens: 'whole', words: {} },
      { forbidFirst: ['a'] },
      /^Cannot forbid "a" at the beginning alone with x: it can mask tokens in the whole text only; use forbid/,
    ],
  ] as const)('refuses %s', async (_, able, options, line) => {
    await expect(forbidTokens(modelOf('x', able), options)).rejects.toThrow(line);
  });
});

describe('turnTokens()', () => {
  const right = { '<|begin_of_text|>': 128000, '<|start_header_id|>': 128006 };
  it.each([
    ['an engine that takes ids', true, right, [128000, 128006, 117, 115, 101, 114]],
    ['an engine that takes none', false, right, undefined],
    ['a server that tells none', true, undefined, undefined],
  ])('%s', async (_, tokenIds, words, expected) => {
    const model = modelOf(llama, { tokenIds, words });
    expect(await turnTokens(model, openUserTurn(model, undefined))).toEqual(expected);
  });

  it.each([
    [
      'another id',
      { ...right, '<|start_header_id|>': 7 },
      /"<\|start_header_id\|>" of its chat template is token 7 to its tokenizer, and token 128006 in configs/,
    ],
    [
      'plain text',
      { '<|begin_of_text|>': 128000 },
      /"<\|start_header_id\|>" of its chat template is 19 tokens to its tokenizer, and token 128006/,
    ],
  ])('refuses a template that contradicts the tokenizer: %s', async (_, words, line) => {
    const model = modelOf(llama, { tokenIds: true, words });
    await expect(turnTokens(model, openUserTurn(model, undefined))).rejects.toThrow(line);
  });

  it('leaves out a last space, which belongs to the next word', async () => {
    const model = modelOf('x', { tokenIds: true, words: { '[INST]': 3 } });
    expect(await turnTokens(model, { preQuery: '[INST] ', text: '[INST] ', stop: [] })).toEqual([3]);
  });

  it('a server gets the begin token as an id and not as text', () => {
    const { preQuery: _, ...server } = modelOf(`http://host/v1#${llama}`);
    const { preQuery, text } = openUserTurn(server, undefined);
    expect(text).toBe(`<|begin_of_text|>${preQuery}`);
    expect(preQuery.startsWith('<|start_header_id|>')).toBe(true);
  });
});
