import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packagePath } from '../package-root.js';
import { findModelConfig } from '../prompts/model-configs.js';
import { readRecipe } from '../run-recipe.js';
import { isEndpoint } from '../steps/is-endpoint.js';
import { recipeNames } from '../storage/recipe-files.js';

type Steps = {
  readonly instruct: {
    readonly count: number;
    readonly maxTokens: number;
    readonly parts?: readonly { readonly domain: string; readonly weight: number; readonly temperature: number }[];
  };
  readonly respond?: { readonly maxTokens?: number; readonly preset?: string; readonly temperatureByDomain?: object };
};

const names = recipeNames(['magpie']);

describe('configs/recipes/magpie', () => {
  it('are there for every model that the documentation names', () => {
    expect([...names].sort()).toEqual([
      'magpie-deepseek-r1',
      'magpie-llama-3.1-8b',
      'magpie-llama-3.3-70b',
      'magpie-pocket',
      'magpie-qwen2-math-7b',
      'magpie-qwen2.5-3b',
      'magpie-qwen2.5-math-72b',
      'magpie-r1-distill-llama-70b',
      'magpie-r1-distill-qwen-32b',
      'magpie-six-domains',
    ]);
  });

  it.each(names)('%s is named as its file, and its models are in the table or endpoints', async (name) => {
    const { recipe, overridden } = await readRecipe(name);
    expect(recipe.name).toBe(name);
    expect(overridden).toEqual([]);
    const { problems, solutions, judge } = recipe.models;
    for (const model of [problems, solutions, judge]) {
      if (model !== undefined) expect(isEndpoint(model) || findModelConfig(model) !== undefined, model).toBe(true);
    }
    // Problems want raw text, which no hosted chat endpoint continues
    expect(isEndpoint(problems ?? '')).toBe(false);
  });

  it.each(names)('%s gives the engine a context that holds what it asks', async (name) => {
    const { models, ...steps } = (await readRecipe(name)).recipe;
    const { instruct, respond } = steps as unknown as Steps;
    const room = (model: string): number => Number(/maxModelLength=(\d+)/.exec(model)?.[1] ?? Infinity);
    const longest = 200 + instruct.maxTokens + (respond?.maxTokens ?? (respond?.preset ? 32_768 : 1024));
    expect(room(models.problems ?? '')).toBeGreaterThanOrEqual(200 + instruct.maxTokens);
    expect(room(models.solutions ?? models.problems ?? '')).toBeGreaterThanOrEqual(longest);
  });

  it('the six domains have the counts and temperatures of the set that they repeat', async () => {
    const { instruct, respond } = (await readRecipe('magpie-six-domains')).recipe as unknown as Steps;
    expect(instruct.parts?.map(({ domain, weight, temperature }) => [domain, weight, temperature])).toEqual([
      ['algebra', 10_000, 1.3],
      ['calculus', 10_000, 1.2],
      ['geometry', 6000, 1.35],
      ['statistics', 6000, 1.1],
      ['number-theory', 4000, 1.25],
      ['discrete', 8000, 1.3],
    ]);
    expect(instruct.count).toBe(44_000);
    expect(respond?.temperatureByDomain).toEqual({ algebra: 0.05, geometry: 0.05, discrete: 0.05 });
  });

  it.each(names)('%s is described in docs/magpie.md', (name) => {
    expect(readFileSync(packagePath('docs', 'magpie.md'), 'utf8').includes(`\`${name}\``)).toBe(true);
  });
});
