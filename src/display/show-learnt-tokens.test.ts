import { describe, expect, it } from 'vitest';
import { renderLearntTokens, writeLearntTokens } from './show-learnt-tokens.js';

const row = {
  row: 3,
  tokens: [
    { id: 1, text: '<|user|>', learnt: false },
    { id: 2, text: 'a b\u001b[31m', learnt: false },
    { id: 3, text: '<img src=x onerror=alert(1)>$', learnt: true },
    { id: 4, text: '<|end|>', learnt: true },
    { id: 5, text: '\n', learnt: false },
  ],
};

describe('tokens that are learnt', () => {
  it('stand between marks in a line, in which nothing steers the terminal', () => {
    expect(writeLearntTokens(row)).toBe('Row 3: <|user|>a·b�[31m⟦<img·src=x·onerror=alert(1)>$<|end|>⟧⏎');
  });

  it('are green in HTML, each escaped', () => {
    const html = renderLearntTokens([row]);
    expect(html).toContain('Row 3</b>: 2 of 5 tokens are learnt');
    expect(html).toContain('&lt;img·src=x·onerror=alert(1)&gt;');
    expect(html).not.toContain('<img');
  });
});
