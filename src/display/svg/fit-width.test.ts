import { describe, expect, it } from 'vitest';
import { yieldTable } from '../../analysis/yield-table.js';
import { summarize } from '../../evaluation/summarize.js';
import { evaluatedRows } from '../__fixtures__/evaluated-rows.js';
import { accuracyByLevel, accuracyBySubject } from '../figures/accuracy-bars.js';
import { yieldByTechnique } from '../figures/yield-by-technique.js';
import { figureToSvg } from './figure-to-svg.js';
import { fitWidth } from './fit-width.js';
import { textWidth } from './svg-text.js';

const summary = summarize(evaluatedRows, { grader: 'mathpie' });
const techniques = ['answers', 'self-verification'].map((technique) => ({ technique, status: 'kept' as const }));
const figures = {
  level: accuracyByLevel(summary),
  subject: accuracyBySubject(summary),
  yield: yieldByTechnique(yieldTable(techniques)),
};

describe('fitWidth(figure, { width: 316 })', () => {
  it.each(Object.entries(figures))('breaks what would be cut: %s', (_, figure) => {
    if (figure === undefined) throw new Error('no figure');
    const narrow = fitWidth(figure, { width: 316 });
    const { title, margin, yaxis, height } = narrow.layout;
    const cut = (text: string, size: number) =>
      text.split('<br>').filter((line) => line.includes(' ') && textWidth(line, size) > 292);
    expect([...cut(title.text, 15), ...cut(title.subtitle?.text ?? '', 12)]).toEqual([]);
    for (const label of yaxis.ticktext ?? []) expect(textWidth(label)).toBeLessThanOrEqual(margin.l + 24);
    // What the titles need besides is added: the plot is as high as before
    expect(height - margin.t - margin.b).toBe(figure.layout.height - figure.layout.margin.t - figure.layout.margin.b);
    expect(316 - margin.l - margin.r).toBeGreaterThan(100);
    expect(figureToSvg(narrow, { width: 316 })).toContain('viewBox="0 0 316 ');
  });

  it.each([
    [
      'bold words',
      '<b>Judge scores of right and wrong solutions</b>',
      '<b>Judge scores of right and wrong</b><br><b>solutions</b>',
    ],
    [
      'Japanese',
      'サンプルの一致と正答率の関係、問題ごとに見たもの',
      'サンプルの一致と正答率の関係、問題ごと<br>に見たもの',
    ],
    [
      'a dot between parts',
      'whiskers: intervals of 95 % each · area: questions',
      'whiskers: intervals of 95 % each ·<br>area: questions',
    ],
    ['one long word', 'Donaudampfschifffahrtsgesellschaftskapitän', 'Donaudampfschifffahrtsgesellschaftskapitän'],
  ])('breaks a title: %s', (_, text, expected) => {
    const { layout } = figures.yield;
    const figure = { ...figures.yield, layout: { ...layout, title: { ...layout.title, text } } };
    expect(fitWidth(figure, { width: 316 }).layout.title.text).toBe(expected);
  });

  it('keeps a figure that fits already', () => {
    const figure = figures.yield;
    const wide = fitWidth(figure, { width: 700 });
    expect(wide.layout.title).toEqual(figure.layout.title);
    expect(wide.layout.height).toBe(figure.layout.height);
  });
});
