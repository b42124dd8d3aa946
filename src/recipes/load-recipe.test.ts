import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import { listSteps } from './list-steps.js';
import { loadMagpieRecipe } from './load-recipe.js';

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

describe('loadMagpieRecipe()', () => {
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
      /parts\.0\.domian: unknown key \(nearest: domain\)/,
    ],
    ['an unknown model role', { models: { problems: 'pocket', solver: 'x' } }, /models\.solver: unknown key/],
    ['a step without a source', { respond: {} }, /respond\.source: /],
    ['score without candidates', { score: {} }, /score: nothing to score without candidates/],
    ['rank without candidates', { rank: {} }, /rank: nothing to rank without candidates/],
    [
      'a judge that nobody is',
      { candidates: step, score: { by: ['judge'] } },
      /models\.judge: score by judge needs a judge/,
    ],
    [
      'rewards by nobody',
      { candidates: step, score: { by: ['reward'] } },
      /models\.rewards: score by reward needs a reward model/,
    ],
    [
      'ranking by what is not scored',
      { candidates: step, score: {}, rank: { by: ['judge'] } },
      /rank\.by: score gives no "judge"/,
    ],
    ['an SFT set without solutions', { export: { sft: {} } }, /export\.sft: nothing to export without respond/],
    ['pairs without a ranking', { export: { dpo: true } }, /export\.dpo: nothing to export without rank/],
    [
      'tags that nobody gives',
      { tag: { missions: ['quality'] } },
      /tag\.missions: cannot tag quality: no model is named; give models\.tags MODEL/,
    ],
    ['a guard that nobody is', { tag: { missions: ['safety'] } }, /tag\.missions: .*give models\.guard MODEL/],
    ['a rule that cannot be read', { filter: { keep: ['short: length('] } }, /filter\.keep\.0: /],
    ['a temperature above 5', { instruct: { count: 1, ...step, temperature: 9 } }, /instruct\.temperature: /],
    [
      'more tokens than the context holds',
      { models: { problems: 'vllm:Qwen/Qwen2.5-Math-7B-Instruct' }, respond: { ...step, maxTokens: 4000 } },
      /^Cannot run respond with vllm:Qwen\/Qwen2\.5-Math-7B-Instruct: it needs up to 4600 tokens .* holds 4096; lower respond\.maxTokens$/,
    ],
  ])('refuses %s in one line', (_, changes, message) => {
    const load = (): unknown => loadMagpieRecipe(write(changes));
    expect(load).toThrow(InputError);
    expect(load).toThrow(message);
    expect(load).not.toThrow(/\n/);
  });

  it.each([
    ['magpie-pockt', /nearest: magpie-pocket/],
    ['nothing-like-it.json', /magpie-six-domains/],
  ])('names a recipe of ours for %s', (name, message) => {
    expect(() => loadMagpieRecipe(name)).toThrow(message);
  });

  it('puts overrides in and tells each', () => {
    const file = write({ models: { problems: 'pocket', judge: 'pocket' }, respond: step });
    const set = ['respond.maxTokens=90', 'instruct.parts=[{"domain":"algebra"}]'];
    const loaded = loadMagpieRecipe(file, { model: 'gguf:m.gguf', count: 7, seed: 3, set });
    expect(loaded.overridden).toEqual([
      'instruct.count: 4 → 7',
      'instruct.parts: absent → [{"domain":"algebra","weight":1}]',
      'models.judge: "pocket" → "gguf:m.gguf"',
      'models.problems: "pocket" → "gguf:m.gguf"',
      'respond.maxTokens: absent → 90',
      'seed: 0 → 3',
    ]);
    expect(loaded.recipe.instruct.count).toBe(7);
  });

  it.each([
    [['respond.maxTokens=x'], /respond\.maxTokens: /],
    [['instruct.cuont=3'], /instruct\.cuont: unknown key \(nearest: count\)/],
    [['instruct'], /write key=value/],
  ])('refuses --set %s', (set, message) => {
    expect(() => loadMagpieRecipe(write({}), { set })).toThrow(message);
  });

  it('leaves out the steps that it does not name', () => {
    const steps = (changes: object) => listSteps(loadMagpieRecipe(write(changes)).recipe).map(({ name }) => name);
    expect(steps({})).toEqual(['instruct']);
    const missions = ['reward', 'quality', 'solve-rate', 'safety', 'category'];
    const models = { problems: 'pocket', tags: 'vllm:a/b', guard: 'vllm:c/d', rewards: 'e/f' };
    expect(steps({ models, tag: { missions }, deduplicate: {} })).toEqual([
      ...['instruct', 'tag', 'tag-asked', 'tag-safety', 'deduplicate'],
    ]);
    expect(steps({ candidates: step, rank: {}, respond: step, filter: {}, export: { sft: {}, dpo: true } })).toEqual([
      'instruct',
      'respond',
      'candidates',
      'rank',
      'filter',
      'export-sft',
      'export-dpo',
    ]);
  });
});
