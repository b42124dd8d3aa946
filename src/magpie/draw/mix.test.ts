import { describe, expect, it } from 'vitest';
import { InputError } from '../../errors.js';
import { controlDifficulties, controlDomains, controlLanguages, controlTasks } from './control-words.js';
import { controlPrompt } from './controls.js';
import { crossMix, planMix, readMix } from './mix.js';

describe('planMix()', () => {
  it.each([
    [10, [1, 1, 1], [4, 3, 3]],
    [100, [2, 1, 1], [50, 25, 25]],
    [44, [10, 10, 6, 6, 4, 8], [10, 10, 6, 6, 4, 8]],
    [7, [0.5, 0.25, 0.25], [3, 2, 2]],
    [1, [1, 3], [1]],
  ])('%i problems by the weights %j are %j', (count, weights, expected) => {
    const parts = weights.map((weight, index) => ({ domain: controlDomains[index] ?? 'algebra', weight }));
    expect(planMix(parts, { count }).map((share) => share.count)).toEqual(expected);
  });

  it('without parts there is one, with the given system prompt', () => {
    const share = { key: '', control: {}, weight: 1, count: 3, systemPrompt: 'Hm.' };
    expect(planMix(undefined, { count: 3, systemPrompt: 'Hm.' })).toEqual([share]);
  });

  it.each([
    [[{ domain: 'algebra' as const, weight: 0 }], /weight 0/],
    [[{ domain: 'algebra' as const }, { domain: 'algebra' as const }], /"algebra" twice/],
    [[{ domain: 'algebre' as 'algebra' }], /nearest: algebra/],
  ])('refuses %j', (parts, message) => {
    expect(() => planMix(parts, { count: 5 })).toThrow(InputError);
    expect(() => planMix(parts, { count: 5 })).toThrow(message);
  });
});

describe('readMix()', () => {
  it('combines words and multiplies weights', () => {
    expect(readMix({ domain: 'algebra=2,geometry', language: 'en=3, ja' })).toEqual([
      { domain: 'algebra', language: 'en', weight: 6 },
      { domain: 'algebra', language: 'ja', weight: 2 },
      { domain: 'geometry', language: 'en', weight: 3 },
      { domain: 'geometry', language: 'ja', weight: 1 },
    ]);
    expect(readMix({})).toBeUndefined();
  });

  it('refuses a domain of a task that has none', () => {
    expect(() => readMix({ task: 'problem,code', domain: 'algebra' })).toThrow('Cannot ask for code of a domain');
  });

  it.each(['algebra=x', 'algebra=1=2', 'algebra=-1'])('refuses %s', (domain) => {
    expect(() => readMix({ domain })).toThrow('write WORD or WORD=WEIGHT');
  });
});

describe('controlPrompt()', () => {
  it.each(controlLanguages)('has other words for every task, domain and difficulty (%s)', (language) => {
    const prompts = [
      ...controlTasks.map((task) => controlPrompt({ task, language })),
      ...controlDomains.slice(1).map((domain) => controlPrompt({ domain, language })),
      ...controlDifficulties.slice(1).map((difficulty) => controlPrompt({ difficulty, language })),
    ];
    expect(new Set(prompts).size).toBe(prompts.length);
    expect(() => controlPrompt({ task: 'code', domain: 'algebra', language })).toThrow(
      'Cannot ask for code of a domain',
    );
    expect(/[ぁ-ん]/.test(prompts[0] ?? '')).toBe(language === 'ja');
  });

  it('without any control there is none', () => {
    expect(controlPrompt({})).toBeUndefined();
  });
});

describe('crossMix()', () => {
  it('crosses words of equal weight, and is no mix without any', () => {
    const parts = crossMix({ domains: ['algebra', 'geometry'], difficulties: ['hard'] });
    expect(parts?.map(({ domain, difficulty, weight }) => [domain, difficulty, weight])).toEqual([
      ['algebra', 'hard', 1],
      ['geometry', 'hard', 1],
    ]);
    expect(crossMix({ domains: [], difficulties: [] })).toBeUndefined();
    expect(() => crossMix({ domains: ['algebar'] })).toThrow(/nearest: algebra/);
  });
});
