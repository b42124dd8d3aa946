import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import { readRecipe } from '../run-recipe.js';
import { resolveLinks } from '../steps/resolve-links.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-recipe-'));
afterAll(() => rmSync(folder, { recursive: true }));

const step = { source: 'ours' };
const recipe = {
  name: 'mine',
  version: 1,
  description: 'For tests.',
  models: { problems: 'pocket' },
  instruct: { count: 4, ...step },
};

function write(changes: object): string {
  const file = join(folder, 'mine.json');
  writeFileSync(file, JSON.stringify({ ...recipe, ...changes }));
  return file;
}

describe('readRecipe()', () => {
  it.each<[string, object, RegExp]>([
    ['an unknown key', { instrct: {} }, /instrct: unknown key \(nearest: instruct\)/],
    [
      'an unknown key of a step',
      { respond: { ...step, maxToken: 9 } },
      /respond\.maxToken: unknown key \(nearest: maxTokens\)/,
    ],
    [
      'an unknown key of a part',
      { instruct: { count: 1, ...step, parts: [{ domian: 'algebra' }] } },
      /instruct\.parts: domian: unknown key/,
    ],
    ['an unknown model role', { models: { problems: 'pocket', solver: 'x' } }, /models\.solver: unknown key/],
    [
      'a mix of no such recipe',
      { augment: { q: { technique: 'answers', data: 'pocket:2' } }, assemble: { recipe: 'pokcet' } },
      /assemble recipe "?pokcet|pokcet.*nearest: pocket|no recipe.*pokcet/i,
    ],
    [
      'two sources of rows for one set',
      {
        augment: { q: { technique: 'answers', data: 'pocket:2' } },
        assemble: { recipe: 'pocket' },
        respond: step,
        'export-sft': {},
      },
      /respond and assemble both give rows, .*choose by export-sft\.rows: grown or solutions/,
    ],
    [
      'rows that nobody makes',
      { respond: step, 'export-sft': { rows: 'grown' } },
      /no step before it gives a mix of grown rows; name assemble, or leave export-sft\.rows out/,
    ],
    ['score without candidates', { score: {} }, /score: it takes candidates, which no step before it gives/],
    ['rank without candidates', { rank: {} }, /rank: it takes candidates, which no step before it gives/],
    [
      'a judge that nobody is',
      { candidates: step, score: { by: ['judge'] } },
      /Cannot score by judge: no judge is named; give models\.judge MODEL/,
    ],
    [
      'rewards by nobody',
      { candidates: step, score: { by: ['reward'] } },
      /Cannot score by reward: no reward model is named; give models\.rewards/,
    ],
    [
      'ranking by what is not scored',
      { candidates: step, score: {}, rank: { by: ['judge'] } },
      /Cannot rank by judge: score\.by does not name it/,
    ],
    [
      'an SFT set without solutions',
      { 'export-sft': {} },
      /export-sft: no step before it gives solutions or a mix of grown rows/,
    ],
    ['pairs without a ranking', { 'export-dpo': {} }, /export-dpo: it takes pairs, which no step before it gives/],
    [
      'tags that nobody gives',
      { tag: { missions: ['quality'] } },
      /Cannot tag quality: no model is named; give models\.tags MODEL/,
    ],
    ['a guard that nobody is', { tag: { missions: ['safety'] } }, /give models\.guard MODEL/],
    [
      'a rule that cannot be read',
      { filter: { keep: ['short: length('] } },
      /Cannot use recipe .*: Cannot read the condition/,
    ],
    ['a temperature above 5', { instruct: { count: 1, ...step, temperature: 9 } }, /instruct\.temperature: /],
    [
      'more tokens than the context holds',
      { models: { problems: 'vllm:Qwen/Qwen2.5-Math-7B-Instruct' }, respond: { ...step, maxTokens: 4000 } },
      /cannot respond with vllm:Qwen\/Qwen2\.5-Math-7B-Instruct: it needs up to 5224 tokens .* holds 4096; lower respond\.maxTokens$/,
    ],
  ])('refuses %s in one line', async (_, changes, message) => {
    const error: Error = await readRecipe(write(changes)).then(
      () => new Error('It was taken'),
      (reason: Error) => reason,
    );
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/\n/);
  });

  it.each([
    ['magpie-pockt', /nearest: magpie-pocket/],
    ['nothing-like-it.json', /magpie-six-domains/],
  ])('names a recipe of ours for %s', async (name, message) => {
    await expect(readRecipe(name)).rejects.toThrow(message);
  });

  it('reads a value as its flag would', async () => {
    const augment = { q: { technique: 'answers', data: 'pocket:2', part: '1/2' } };
    expect((await readRecipe(write({ augment }), {})).recipe.augment).toMatchObject({
      q: { part: { index: 1, count: 2 } },
    });
  });

  it('puts overrides in and tells each', async () => {
    const file = write({ models: { problems: 'pocket', judge: 'pocket' }, respond: step });
    const set = ['respond.maxTokens=90', 'instruct.parts=[{"domain":"algebra"}]'];
    const loaded = await readRecipe(file, { model: 'gguf:m.gguf', count: 7, seed: 3, set });
    expect(loaded.overridden).toEqual([
      'instruct.count: 4 → 7',
      'instruct.parts: absent → [{"domain":"algebra"}]',
      'models.judge: "pocket" → "gguf:m.gguf"',
      'models.problems: "pocket" → "gguf:m.gguf"',
      'respond.maxTokens: absent → 90',
      'seed: 0 → 3',
    ]);
    expect(loaded.recipe.instruct).toMatchObject({ count: 7 });
  });

  it.each([
    [['respond.maxTokens=x'], /respond\.maxTokens: /],
    [['instruct.cuont=3'], /instruct\.cuont: unknown key \(nearest: count\)/],
    [['instruct'], /write key=value/],
  ])('refuses --set %s', async (set, message) => {
    await expect(readRecipe(write({}), { set })).rejects.toThrow(message);
  });

  it('leaves out the steps that it does not name', async () => {
    const steps = async (changes: object) => {
      const { chain } = await readRecipe(write(changes));
      return (await resolveLinks(chain, { directory: undefined, problemLanguage: 'en' })).map(({ label }) => label);
    };
    expect(await steps({})).toEqual(['instruct']);
    const missions = ['reward', 'quality', 'solve-rate', 'safety', 'category'];
    const models = { problems: 'pocket', tags: 'vllm:a/b', guard: 'vllm:c/d', rewards: 'e/f' };
    expect(await steps({ models, tag: { missions }, deduplicate: {} })).toEqual([
      ...['instruct', 'tag-reward-solve-rate', 'tag-category-quality', 'tag-safety', 'deduplicate'],
    ]);
    expect(
      await steps({
        candidates: step,
        rank: {},
        respond: step,
        filter: { requireAnswer: true },
        'export-sft': {},
        'export-dpo': {},
      }),
    ).toEqual(['instruct', 'respond', 'candidates', 'rank', 'filter', 'export-sft', 'export-dpo']);
  });
});
