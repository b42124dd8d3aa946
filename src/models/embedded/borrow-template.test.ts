import { describe, expect, it } from 'vitest';
import { borrowTemplate } from './borrow-template.js';

/** An engine whose vocabulary has these special tokens; other texts fall into letters. */
const engineOf = (...special: readonly string[]) => ({
  beginToken: '<bos>',
  endToken: '<eos>',
  tokenize: (text: string) => Uint32Array.from(special.includes(text) ? [1] : text, Number),
});

describe('borrowTemplate(like)', () => {
  it('gives the recorded template with the file’s own ends', () => {
    const engine = engineOf('<bos>', '<start_of_turn>', '<end_of_turn>', '<eos>');
    const template = borrowTemplate('google/gemma-3-270m-it', { name: 'gguf:m', engine });
    expect(template).toMatchObject({ beginToken: '<bos>', endToken: '<eos>' });
    expect(template.source).toContain('<start_of_turn>');
  });

  it.each([
    [
      'google/gemma-3-270m-it',
      [],
      /Cannot open gguf:m like google\/gemma-3-270m-it: "<\w+>" is no token of its vocabulary/,
    ],
    ['nobody/knows-it', [], /no chat template of nobody\/knows-it is recorded; name a model of configs/],
  ])('refuses %s', (like, special, line) => {
    expect(() => borrowTemplate(like, { name: 'gguf:m', engine: engineOf(...special) })).toThrow(line);
  });
});
