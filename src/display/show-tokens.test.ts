import { describe, expect, it } from 'vitest';
import type { Output } from './kernel.js';
import { renderTokens, showTokens } from './show-tokens.js';

const token = (text: string, probability: number) => ({ token: text, logProbability: Math.log(probability) });

describe('renderTokens(tokens)', () => {
  it('draws white space and escapes markup', () => {
    const html = renderTokens([{ token: ' <b onclick="x">$5\n' }]);
    expect(html).toContain('·&lt;b·onclick=&quot;x&quot;&gt;<span>$</span>5⏎');
  });

  it.each([
    [1, 'rgba(213,94,0,0)', '&nbsp;'],
    [0.1, 'rgba(213,94,0,0.3)', '10%'],
    [0.005, 'rgba(213,94,0,0.6)', '0.5%'],
    [0.0001, 'rgba(213,94,0,0.6)', '&lt;0.1%'],
  ])('a token of probability %f is shaded %s', (probability, shade, label) => {
    const html = renderTokens([token('a', probability)]);
    expect(html).toContain(shade);
    expect(html).toContain(`<small>${label}</small>`);
  });

  it('given tokens have boxes and nothing below them, special ones in bold', () => {
    const html = renderTokens([{ token: '<|user|>', isSpecial: true }, { token: 'Tom' }]);
    expect(html).toContain('<b>&lt;|user|&gt;</b>');
    expect(html).not.toContain('<small>');
  });

  it('stops a text that runs on for ever', () => {
    const html = renderTokens(Array.from({ length: 1000 }, () => token('a', 1)));
    expect(html.match(/<code/g)).toHaveLength(400);
    expect(html).toContain('… 600 more tokens');
  });
});

it('showTokens() has a line of text for viewers without HTML', () => {
  const shown: Output[] = [];
  const screen = { isNotebook: true, show: (output: Output) => shown.push(output) };
  showTokens([{ token: '<|user|>' }, token(' A', 0.18), token('b', 0.0001)], screen);
  expect(shown[0]?.data['text/plain']).toBe('<|user|> | ·A 18% | b <0.1%');
});
