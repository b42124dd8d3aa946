import type { ComparedPart } from '../../evaluation/compare-breakdown.js';
import type { RunComparison } from '../../evaluation/compare-runs.js';
import { roundStep } from './bin-values.js';
import type { Figure } from './figure.js';
import { counted, plainLabel } from './label.js';
import { colors, themedLayout, whiskers } from './theme.js';

export type DifferenceNames = {
  readonly left: string;
  readonly right: string;
  readonly field: string;
  readonly grader: string;
};

/**
 * Left's accuracy minus right's in each part of a breakdown, as lying bars with the 95 % intervals of the pairs: a whisker
 * that reaches over 0 says that the part decides nothing.
 */
export function differenceBars(
  parts: readonly ComparedPart[],
  { all, left, right, field, grader }: DifferenceNames & { readonly all: Pick<RunComparison, 'n' | 'pValue'> },
): Figure {
  const names = parts.map(({ value }) => plainLabel(value));
  const most = parts.reduce((reach, { interval: [low, high] }) => Math.max(reach, -low, high), 0.05);
  const step = roundStep(most / 2);
  const ticks = [-2, -1, 0, 1, 2].map((count) => count * step).filter((tick) => Math.abs(tick) <= most * 1.05);
  const points = (share: number) => `${share > 0 ? '+' : share < 0 ? '−' : ''}${Math.abs(100 * share).toFixed(1)}`;
  return {
    data: [
      {
        type: 'bar',
        orientation: 'h',
        name: 'difference',
        x: parts.map(({ difference }) => difference),
        y: names,
        error_x: whiskers(parts.map(({ difference, interval }) => ({ accuracy: difference, interval }))),
        marker: { color: colors.paleBlue, line: { color: colors.blue, width: 1 } },
        hovertext: parts.map(
          ({ difference, interval, onlyLeft, onlyRight, pValue }, index) =>
            `${names[index]}: ${points(difference)} points (95%: ${interval.map(points).join(' to ')})<br>` +
            `right in the first alone ${onlyLeft}, in the second alone ${onlyRight}, p = ${pValue.toPrecision(2)}`,
        ),
        hovertemplate: '%{hovertext}<extra></extra>',
      },
    ],
    layout: themedLayout({
      title: `${plainLabel(left)} less ${plainLabel(right)}, by ${plainLabel(field)}`,
      subtitle: `${counted(all.n, 'question')}, p = ${all.pValue.toPrecision(2)} (exact McNemar) · whiskers: 95% of the pairs · grader: ${plainLabel(grader)}`,
      height: 140 + 34 * Math.max(1, parts.length),
      bargap: 0.4,
      margin: { l: 190, r: 24, t: 62, b: 52 },
      xaxis: {
        title: { text: 'difference of accuracy (percentage points)' },
        range: [-most * 1.05, most * 1.05],
        tickvals: ticks,
        ticktext: ticks.map(points),
      },
      yaxis: {
        autorange: 'reversed',
        showgrid: false,
        type: 'category',
        categoryarray: names,
        tickvals: names,
        ticktext: parts.map(({ n }, index) => `${names[index]}  <i>n = ${n}</i>`),
      },
    }),
  };
}
