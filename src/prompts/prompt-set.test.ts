import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { InputError, PromptError } from '../errors.js';
import { loadPromptExamples } from './prompt-examples.js';
import { loadPromptSet, parsePromptSet, promptSetNames } from './prompt-set.js';

const valid = {
  name: 'mine',
  version: 1,
  solve: '{question}',
  rephrase: '{question}',
  statement: '{question} {answer}',
  'backward-fobar': '{masked} {answer}',
  'backward-self-verification': '{masked}',
  judge: '{question} {solution}',
};

describe('loadPromptSet()', () => {
  it.each(promptSetNames())('%s is a valid prompt set', (name) => {
    expect(loadPromptSet(name)).toMatchObject({ name });
  });

  // Rows name a set and its version: other words or examples under the same number would make them lie.
  it.each([
    ['bare', 1, '3df38ecd'],
    ['gsm8k', 2, '80f6c9f5'],
    ['gsm8k-ja', 2, 'fe2c8df6'],
    ['instruct-ja', 1, '419edfa0'],
    ['math-ja', 1, '10c67c38'],
    ['instruct', 2, '95b9fae7'],
    ['math', 2, '07a1e82a'],
    ['metamath', 1, '0b3021f6'],
    ['metamath-math', 1, '9270aa71'],
    ['pocket', 1, '92ef9eff'],
  ])('%s@%i has not changed since it got that number', (name, version, checksum) => {
    const set = loadPromptSet(name);
    expect([set.version, createHash('sha256').update(JSON.stringify(set)).digest('hex').slice(0, 8)]).toEqual([
      version,
      checksum,
    ]);
    expect(promptSetNames()).toContain(name);
  });

  it.each(['nothing', '../package', ''])('the unknown name %j throws and lists the known ones', (name) => {
    expect(() => loadPromptSet(name)).toThrow(InputError);
    expect(() => loadPromptSet(name)).toThrow(/^Cannot load prompt set ".*": unknown, choose one of .*pocket/);
  });
});

describe('parsePromptSet()', () => {
  it('returns the set', () => {
    expect(parsePromptSet(JSON.stringify(valid), { name: 'mine' })).toEqual(valid);
  });

  it('lets a backward template name its unknown, and loads the examples that a set names', () => {
    const set = { ...valid, 'backward-fobar': '{masked} {answer} {variable}', examples: 'gsm8k' };
    expect(parsePromptSet(JSON.stringify(set), { name: 'mine' }).examples).toEqual(loadPromptExamples('gsm8k'));
  });

  it.each([
    ['not JSON', '{', /not valid JSON/],
    ['an unknown key', { ...valid, judgement: 'x' }, /judgement/],
    ['a missing template', { ...valid, judge: undefined }, /judge/],
    ['an empty template', { ...valid, judge: '' }, /judge/],
    ['another name', { ...valid, name: 'yours' }, /calls itself "yours"/],
    ['an unknown variable', { ...valid, solve: '{question} {x}' }, /"solve" uses the variables \[question, x\]/],
    ['a lost variable', { ...valid, statement: '{question}' }, /must use exactly \[answer, question\]/],
    ['unknown examples', { ...valid, examples: 'mine' }, /^Cannot load prompt examples "mine": unknown/],
    [
      'an unknown variable of a backward template',
      { ...valid, 'backward-fobar': '{masked} {answer} {x}' },
      /may use \[variable\]/,
    ],
  ])('%s throws', (_, data, expected) => {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    expect(() => parsePromptSet(text, { name: 'mine' })).toThrow(PromptError);
    expect(() => parsePromptSet(text, { name: 'mine' })).toThrow(expected);
  });
});
