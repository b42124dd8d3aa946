import { describe, expect, it } from 'vitest';
import type { Figure, Trace } from '../figures/figure.js';
import { themedLayout } from '../figures/theme.js';
import { figureToSvg } from './figure-to-svg.js';

const bar = (more: Partial<Trace> = {}): Trace =>
  ({ type: 'bar', x: ['a', 'b'], y: [1, 3], marker: { color: '#123456' }, ...more }) as Trace;
const figure = (data: readonly Trace[], more: object = {}): Figure => ({
  data,
  layout: {
    ...themedLayout({ title: 'T', subtitle: 'n = 2' }),
    margin: { l: 0, r: 0, t: 0, b: 0 },
    height: 100,
    ...more,
  },
});
const rectangles = (svg: string) =>
  [...svg.matchAll(/<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.-]+)" height="([\d.-]+)"/g)].map((match) =>
    match.slice(1).map(Number),
  );
const yaxis = { range: [0, 4] };

describe('figureToSvg(figure)', () => {
  it('draws bars to scale', () => {
    expect(rectangles(figureToSvg(figure([bar()], { yaxis, bargap: 0.5 }), { width: 200 }))).toEqual([
      [25, 75, 50, 25],
      [125, 25, 50, 75],
    ]);
  });

  it('draws lying bars from left to right, the first at the bottom unless reversed', () => {
    const lying = bar({ orientation: 'h', x: [1, 3], y: ['a', 'b'] } as Partial<Trace>);
    const drawn = figureToSvg(figure([lying], { xaxis: yaxis, yaxis: {}, bargap: 0 }), { width: 400 });
    expect(rectangles(drawn)).toEqual([
      [0, 50, 100, 50],
      [0, 0, 300, 50],
    ]);
  });

  it('stacks bars and takes the range from the whole stack', () => {
    const drawn = figureToSvg(figure([bar(), bar()], { barmode: 'stack', bargap: 0 }), { width: 200 });
    const heights = rectangles(drawn).map(([, , , height]) => height ?? 0);
    expect((heights[1] ?? 0) / (heights[0] ?? 1)).toBeCloseTo(3, 2);
    expect(heights[1]).toBeCloseTo(100 * (3 / 6.3), 1);
  });

  it('puts grouped bars side by side', () => {
    const drawn = figureToSvg(figure([bar(), bar()], { yaxis, barmode: 'group', bargap: 0 }), { width: 200 });
    expect(rectangles(drawn).map(([left, , width]) => [left, width])).toEqual([
      [0, 50],
      [100, 50],
      [50, 50],
      [150, 50],
    ]);
  });

  it('draws whiskers around the value', () => {
    const error_y = {
      type: 'data',
      symmetric: false,
      array: [1],
      arrayminus: [0.5],
      color: '#000',
      thickness: 1,
      width: 5,
    };
    const drawn = figureToSvg(figure([bar({ x: ['a'], y: [2], error_y } as Partial<Trace>)], { yaxis }), {
      width: 200,
    });
    expect(drawn).toContain('<path d="M100 62.5V25M95 62.5H105M95 25H105"');
  });

  it.each(['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '&lt;b&gt;', 'a\u0000b\u001b[31m'])(
    'escapes %j wherever text goes',
    (text) => {
      const svg = figureToSvg(
        figure(
          [
            bar({ name: text, x: [text, 'b'], hovertext: [text, text], marker: { color: text } }),
            { type: 'scatter', mode: 'text', x: [text], y: [1], text: [text] },
          ],
          {
            title: { text, subtitle: { text } },
            showlegend: true,
            annotations: [{ text, x: 0, y: 0, showarrow: false }],
          },
        ),
      );
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
      expect(svg).not.toMatch(/<script|<img|<b>|"[^<]*">"|[\u0000\u001b]/);
      expect([...svg.matchAll(/<(\w+)/g)].map((match) => match[1])).toEqual(
        expect.not.arrayContaining(['script', 'img', 'b', 'i']),
      );
    },
  );

  it('refuses a type of trace that it cannot draw', () => {
    const pie = { ...bar(), type: 'pie' } as unknown as Trace;
    expect(() => figureToSvg(figure([pie]))).toThrow('Cannot draw a "pie" trace as SVG');
  });

  it('starts with an element that names itself', () => {
    expect(figureToSvg(figure([bar()]))).toMatch(/^<svg xmlns="[^"]+" width="700" height="100" .*aria-label="T">/);
  });
});
