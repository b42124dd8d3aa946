import { describe, expect, it } from 'vitest';
import { figureToSvg } from '../svg/figure-to-svg.js';
import type { ScatterTrace } from './figure.js';
import { countLegendRows, lossCurves } from './loss-curves.js';

const curve = (name: string) => ({ name, steps: [1, 2], loss: [2, 1] });
const arms = [
  'originals',
  'AnsAug',
  'AnsAug, ungraded',
  'AnsAug, 50 percent wrong',
  'AnsAug, ungraded, 50 percent wrong',
];
const seven = [...arms, '+Rephrasing', '+SV and FOBAR'].map(curve);

describe('lossCurves', () => {
  it('folds the names of many trainings into rows that are inside the picture and above the plot', () => {
    const svg = figureToSvg(lossCurves(seven, { title: 'Seven students', steps: 2 }));
    const names = seven.map(({ name }) =>
      new RegExp(`<text x="([-\\d.]+)" y="([-\\d.]+)"[^>]*>${name.replace('+', '\\+')}<`).exec(svg),
    );
    expect(names.every((found) => found !== null && Number(found[1]) > 24)).toBe(true);
    expect(new Set(names.map((found) => found?.[2])).size).toBe(2);
  });

  it('keeps the plot as high as that of one training', () => {
    const [one, many] = [seven.slice(0, 2), seven].map((curves) => lossCurves(curves, { title: 't', steps: 2 }).layout);
    expect((many?.height ?? 0) - (many?.margin.t ?? 0)).toBe((one?.height ?? 0) - (one?.margin.t ?? 0));
  });

  it('draws seven trainings in seven colours', () => {
    const lines = lossCurves(seven, { title: 't', steps: 2 }).data.map((trace) => (trace as ScatterTrace).line);
    expect(new Set(lines.map((line) => line?.color)).size).toBe(7);
  });
});

it.each([
  [['loss'], 1],
  [['originals', 'AnsAug', '+Rephrasing'], 1],
  // Each takes the room of the longest as soon as there is a second row
  [
    [
      'originals',
      'AnsAug',
      'AnsAug, ungraded',
      'AnsAug, 50 percent wrong',
      'AnsAug, ungraded, 50 percent wrong',
      '+SV',
    ],
    3,
  ],
  [['x'.repeat(200), 'y'], 2],
])('names of %j stand in %i rows', (names, rows) => {
  expect(countLegendRows(names.map((name) => ({ name })))).toBe(rows);
});
