import { describe, expect, it } from 'vitest';
import { InputError, PromptError } from '../errors.js';
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
    expect(loadPromptSet(name)).toMatchObject({ name, version: 1 });
  });

  it('knows pocket and instruct', () => {
    expect(promptSetNames()).toEqual(expect.arrayContaining(['instruct', 'pocket']));
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

  it.each([
    ['not JSON', '{', /not valid JSON/],
    ['an unknown key', { ...valid, judgement: 'x' }, /judgement/],
    ['a missing template', { ...valid, judge: undefined }, /judge/],
    ['an empty template', { ...valid, judge: '' }, /judge/],
    ['another name', { ...valid, name: 'yours' }, /calls itself "yours"/],
    ['an unknown variable', { ...valid, solve: '{question} {x}' }, /"solve" uses the variables \[question, x\]/],
    ['a lost variable', { ...valid, statement: '{question}' }, /must use exactly \[answer, question\]/],
  ])('%s throws', (_, data, expected) => {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    expect(() => parsePromptSet(text, { name: 'mine' })).toThrow(PromptError);
    expect(() => parsePromptSet(text, { name: 'mine' })).toThrow(expected);
  });
});
