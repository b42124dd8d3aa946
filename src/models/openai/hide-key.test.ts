import { describe, expect, it } from 'vitest';
import { hideKey, mayHoldKey } from './hide-key.js';

const key = 'sk-proj-AbCdEf0123456789ghijklMNOP';

describe('hideKey(text, key)', () => {
  it.each([
    ['the whole key', `key ${key} is bad`, 'key … is bad'],
    ['its beginning', `Incorrect key ${key.slice(0, 14)}`, 'Incorrect key …'],
    ['its end', `ends in ${key.slice(-9)}`, 'ends in …'],
    ['a part in the middle', `has ${key.slice(10, 20)}, twice ${key.slice(10, 20)}`, 'has …, twice …'],
    [
      'what stars leave',
      'Incorrect API key provided: sk-pr****MNOP. Find it',
      'Incorrect API key provided: …. Find it',
    ],
    ['nothing of it', 'the rate limit of 60 a minute', 'the rate limit of 60 a minute'],
    ['stars of Markdown', 'this is **bold** text', 'this is **bold** text'],
  ])('%s', (_, text, shown) => expect(hideKey(text, key, { isMessage: true })).toBe(shown));

  it.each([
    ['alone', btoa(key)],
    ['in the header', btoa(`Bearer ${key}`)],
    ['behind one letter', btoa(`a${key}`)],
    ['behind two, in a URL', btoa(`ab${key}?>`).replaceAll('+', '-').replaceAll('/', '_')],
    ['as name and password', btoa(`api:${key}`)],
  ])('in base64, %s', (_, text) => {
    // What stands around it shares a letter with it
    expect(hideKey(`got ${text}.`, key)).toMatch(/^got [\w+/=-]{0,10}…[\w+/=-]{0,6}\.$/);
    expect(mayHoldKey(`got ${text}.`, key)).toBe(true);
  });

  it('a short key, and none', () => {
    expect(hideKey('key abc here', 'abc')).toBe('key … here');
    expect(hideKey('key abc here', undefined)).toBe('key abc here');
  });

  it('is told cheaply where nothing of it can be', () => {
    expect(mayHoldKey(`so ${key}`, key)).toBe(true);
    expect(mayHoldKey(`so ${key.slice(5, 25)}`, key)).toBe(true);
    expect(mayHoldKey('nothing', key)).toBe(false);
    expect(mayHoldKey('nothing', undefined)).toBe(false);
  });
});
