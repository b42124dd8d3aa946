import { describe, expect, it } from 'vitest';
import type { Figure } from './figures/figure.js';
import { findScreen, type Output, showFigure, showHtml, showMarkdown } from './kernel.js';

const figure: Figure = {
  data: [{ type: 'bar', x: ['a'], y: [1], marker: { color: '#000' } }],
  layout: { title: { text: '<b>Bars</b>' }, height: 200, xaxis: {}, yaxis: {}, margin: { l: 1, r: 1, t: 1, b: 1 } },
};

function record(show: (screen: { isNotebook: boolean; show(output: Output): void }) => void): Output['data'] {
  const outputs: Output[] = [];
  show({ isNotebook: true, show: (output) => outputs.push(output) });
  expect(outputs).toHaveLength(1);
  return outputs[0]?.data ?? {};
}

describe('showFigure(figure)', () => {
  it('gives Plotly the object, not a string, with a picture and a line beside it', () => {
    const data = record((screen) => showFigure(figure, screen));
    expect(data['application/vnd.plotly.v1+json']).toEqual(figure);
    expect(data['image/svg+xml']).toMatch(/^<svg /);
    expect(data['text/plain']).toBe('[chart] Bars');
  });
});

describe('showHtml(html)', () => {
  it.each([
    ['its text without tags', '<p>one &amp; <b>two</b></p>three', {}, 'one & two\nthree'],
    ['the text that is given', '<p>one</p>', { text: 'two' }, 'two'],
  ])('falls back to %s', (_, html, options, text) => {
    expect(record((screen) => showHtml(html, options, screen))).toEqual({ 'text/html': html, 'text/plain': text });
  });
});

describe('showMarkdown(markdown)', () => {
  it('is its own text', () => {
    expect(record((screen) => showMarkdown('# a', screen))).toEqual({ 'text/markdown': '# a', 'text/plain': '# a' });
  });
});

describe('findScreen()', () => {
  it('finds no notebook in a plain Node process', () => expect(findScreen().isNotebook).toBe(false));
});
