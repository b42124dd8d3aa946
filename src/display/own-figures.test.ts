import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import type { AnyFigure } from './figures/any-figure.js';
import { heatMap } from './figures/heat-map.js';
import { histogram } from './figures/histogram.js';
import { scatterPlot } from './figures/scatter-plot.js';
import { colors } from './figures/theme.js';
import { type Output, showFigure } from './kernel.js';
import { lossCurve } from './loss-curve.js';

type Shown = { 'image/svg+xml'?: string; 'text/plain': string; 'application/vnd.plotly.v1+json': { layout: object } };

function shown(figure: AnyFigure): Shown {
  const outputs: Output[] = [];
  showFigure(figure, { isNotebook: true, show: (output) => outputs.push(output) });
  return outputs[0]?.data as unknown as Shown;
}

describe('showFigure() of a figure of one’s own', () => {
  it.each<[string, AnyFigure, boolean, string]>([
    [
      'bars without a layout',
      { data: [{ type: 'bar', x: ['a', 'b'], y: [1, 2], marker: { color: '#000' } }] },
      true,
      '[chart] ',
    ],
    [
      'a line with a title in words',
      {
        data: [{ type: 'scatter', mode: 'lines', x: [1, 2], y: [3, 4] }],
        layout: { title: 'Mine', xaxis: { title: 'x' } },
      },
      true,
      '[chart] Mine',
    ],
    [
      'a pie',
      { data: [{ type: 'pie', labels: ['a'], values: [1] }], layout: { title: { text: 'Pie' } } },
      false,
      '[chart] Pie',
    ],
    ['a box', { data: [{ type: 'box', y: [1, 2, 3] }] }, false, '[chart] '],
    [
      'a surface',
      {
        data: [
          {
            type: 'surface',
            z: [
              [1, 2],
              [3, 4],
            ],
          },
        ],
        layout: { scene: { xaxis: {} } },
      },
      false,
      '[chart] ',
    ],
    ['a trace without a type', { data: [{ x: [1], y: [2] }] }, false, '[chart] '],
  ])('shows %s', (_, figure, hasSvg, text) => {
    const data = shown(figure);
    expect(data['text/plain']).toBe(text);
    expect(typeof data['image/svg+xml']).toBe(hasSvg ? 'string' : 'undefined');
    expect(data['application/vnd.plotly.v1+json']).toMatchObject({
      data: figure.data,
      layout: { height: 360, margin: { l: 60 }, paper_bgcolor: colors.paper },
    });
  });

  it('keeps what its layout says', () => {
    const layout = { height: 200, margin: { l: 5 }, title: { text: '<i>Own</i>', x: 0.5 }, xaxis: { type: 'log' } };
    const plotly = shown({ data: [{ type: 'bar', x: [1], y: [2] }], layout })['application/vnd.plotly.v1+json'];
    expect(plotly.layout).toMatchObject({ ...layout, margin: { l: 5, r: 24 } });
  });

  it.each([null, {}, { data: 'x' }, { data: [1] }, { data: [], layout: [] }])('refuses %j', (figure) => {
    expect(() => shown(figure as unknown as AnyFigure)).toThrow(/^Cannot show this as a figure: give \{ data:/);
  });
});

describe('histogram(), scatterPlot(), heatMap()', () => {
  it('count, in bins and in words', () => {
    const figure = histogram([1, 2, 2, 3, Number.NaN], { title: 'Ages <b>', measure: 'years', bins: 2 });
    expect(figure.layout.title).toMatchObject({
      text: '<b>Ages &lt;b&gt;</b>',
      subtitle: { text: '4 values, median 2, 1 that are no numbers left out' },
    });
    expect(figure.data[0]?.y.reduce((sum: number, count) => sum + Number(count), 0)).toBe(4);
    expect(shown(figure)['image/svg+xml']).toMatch(/^<svg /);
    expect(shown(histogram([], { title: 'None' }))['text/plain']).toBe('[chart] None');
  });

  it('colour dots by group', () => {
    const rows = [
      { x: 1, y: 2, group: 'right' },
      { x: 2, y: 3, group: 'wrong', text: '<script>' },
      { x: Number.NaN, y: 1 },
    ];
    const figure = scatterPlot(rows, { title: 'Length and score', x: 'tokens', y: 'score' });
    expect(figure.data.map(({ name }) => name)).toEqual(['right (1)', 'wrong (1)']);
    expect(figure.data[1]?.hovertext).toEqual(['&lt;script&gt;']);
    expect(shown(figure)['image/svg+xml']).toMatch(/^<svg /);
  });

  it('lay values out by two fields, several of one cell as their mean', () => {
    const rows = [
      { x: 2, y: 'algebra', value: 1 },
      { x: 1, y: 'algebra', value: 0 },
      { x: 1, y: 'algebra', value: 1 },
      { x: 2, y: 'geometry', value: 0.25 },
    ];
    const figure = heatMap(rows, { title: 'Accuracy', x: 'level', y: 'subject', format: (share) => `${100 * share}%` });
    expect(figure.data[0]).toMatchObject({
      type: 'heatmap',
      x: ['1', '2'],
      y: ['algebra', 'geometry'],
      z: [
        [0.5, 1],
        [null, 0.25],
      ],
      text: [
        ['50%', '100%'],
        ['', '25%'],
      ],
    });
    expect(shown(figure)['image/svg+xml']).toBeUndefined();
    expect(shown(figure)['text/plain']).toBe('[chart] Accuracy');
  });
});

describe('lossCurve(runs)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loss-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const events = join(folder, 'events.jsonl');
  const step = (place: number, loss: number | null) =>
    JSON.stringify({ event: 'step-end', step: place, steps: 4, loss });

  it('reads the events of a training; a step that was done again counts once', async () => {
    writeFileSync(
      events,
      [JSON.stringify({ event: 'run-start' }), step(1, 2), step(2, 1.5), step(2, 1.25), step(3, null)].join('\n'),
    );
    const { data, layout } = await lossCurve(folder, { title: 'Mine' });
    expect(data).toMatchObject([{ name: basename(folder), x: [1, 2], y: [2, 1.25] }]);
    expect(layout.title.text).toBe('<b>Mine</b>');
    expect(layout.xaxis.range?.[1]).toBeCloseTo(4.08);
    expect((await lossCurve([folder, folder])).data).toHaveLength(2);
  });

  it('says where there is none', async () => {
    writeFileSync(events, JSON.stringify({ event: 'run-start' }));
    await expect(lossCurve(folder)).rejects.toThrow(InputError);
    await expect(lossCurve(join(folder, 'nowhere'))).rejects.toThrow(/no such file/);
  });
});
