import { describe, expect, it } from 'vitest';
import { toDataFrame } from '../../analysis/to-data-frame.js';
import { figureToSvg } from '../svg/figure-to-svg.js';
import { plotFrame } from './plot-frame.js';

const rows = [
  { level: 1, type: 'fobar', correct: true, tokens: 40 },
  { level: 1, type: 'answers', correct: false, tokens: 60 },
  { level: 2, type: 'answers', correct: true, tokens: null },
];

describe('plotFrame(frame, options)', () => {
  it('draws a grouped frame as bars', async () => {
    const frame = (await toDataFrame(rows)).groupby(['level']).col(['correct']).mean();
    const figure = plotFrame(frame, { x: 'level', y: 'correct_mean', title: 'Right by level' });
    expect(figure.data).toMatchObject([{ type: 'bar', x: [1, 2], y: [0.5, 1] }]);
    expect(figure.layout.showlegend).toBe(false);
    expect(figureToSvg(figure)).toContain('Right by level');
  });

  it.each(['bars', 'points', 'line'] as const)(
    '%s with a colour for each word; rows without a number are left out',
    async (kind) => {
      const figure = plotFrame(await toDataFrame(rows), { kind, x: 'level', y: 'tokens', color: 'type' });
      expect(figure.data.map(({ name, y }) => [name, y])).toEqual([
        ['answers', [60]],
        ['fobar', [40]],
      ]);
      expect(figureToSvg(figure)).toContain('<svg');
    },
  );

  it('refuses a column that is not there', async () => {
    const frame = await toDataFrame(rows);
    expect(() => plotFrame(frame, { x: 'level', y: 'accuracy' })).toThrow(/"accuracy": the columns are level, type/);
  });
});
