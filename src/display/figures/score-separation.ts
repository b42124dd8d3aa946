import { areaUnderCurve } from '../../evaluation/area-under-curve.js';
import { type Bin, countInBins, roundStep } from './bin-values.js';
import type { Axis, Figure } from './figure.js';
import { counted, percent, wholeNumber } from './label.js';
import { categoryColor, themedLayout } from './theme.js';

export type ScoreSeparationOptions = {
  /** @default 'Judge scores of right and wrong solutions' */
  readonly title?: string;
  /** @default 'P(yes) of the judge' */
  readonly axis?: string;
  /** What those are whose row says `correct`, and the others. @default right and wrong */
  readonly groups?: readonly [yes: string, no: string];
  /** @default 20 */
  readonly bins?: number;
};

/**
 * How a score in [0, 1] separates right solutions from wrong ones: a histogram of each, right upwards and wrong
 * downwards, as shares of the own group so that unequal groups compare; the area under the ROC curve in the subtitle.
 */
export function scoreSeparation(
  rows: readonly { readonly score: number; readonly correct: boolean }[],
  options: ScoreSeparationOptions = {},
): Figure {
  const {
    title = 'Judge scores of right and wrong solutions',
    axis = 'P(yes) of the judge',
    groups: [yes, no] = ['right', 'wrong'],
    bins: count = 20,
  } = options;
  const bins: Bin[] = Array.from({ length: count }, (_, index) => ({ from: index / count, to: (index + 1) / count }));
  const curve = areaUnderCurve(rows.map(({ score, correct }) => ({ score, label: correct })));
  const measured = curve
    ? `AUC ${curve.auc.toFixed(3)} (95%: ${curve.interval[0].toFixed(3)} to ${curve.interval[1].toFixed(3)})`
    : `AUC not defined: all are ${yes} or all are ${no}`;
  const groups = (['right', 'wrong'] as const).map((group) => {
    const scores = rows.filter((row) => row.correct === (group === 'right')).map((row) => row.score);
    const counts = countInBins(scores, bins);
    return {
      group,
      name: group === 'right' ? yes : no,
      counts,
      total: scores.length,
      shares: counts.map((each) => each / Math.max(1, scores.length)),
    };
  });
  const highest = Math.max(0.05, ...groups.flatMap(({ shares }) => shares));
  return {
    data: groups.map(({ group, name, counts, total, shares }) => ({
      type: 'bar',
      name: `${name} (${wholeNumber(total)})`,
      x: bins.map((bin) => (bin.from + bin.to) / 2),
      y: shares.map((share) => (group === 'right' ? share : 0 - share)),
      width: 0.94 / count,
      marker: { color: categoryColor(group) },
      hovertext: bins.map(
        (bin, index) =>
          `${bin.from.toFixed(2)} to ${bin.to.toFixed(2)}: ${counts[index]} ${name} (${percent(shares[index] ?? 0)} of them)`,
      ),
      hovertemplate: '%{hovertext}<extra></extra>',
    })),
    layout: themedLayout({
      title,
      subtitle: `${counted(rows.length, 'solution')} · ${measured}`,
      barmode: 'overlay',
      showlegend: true,
      xaxis: { title: { text: axis }, range: [0, 1], showgrid: false },
      yaxis: { title: { text: 'share of the group' }, ...mirroredAxis(highest * 1.08) },
    }),
  };
}

/** The same ticks up and down from 0, none of them negative. */
function mirroredAxis(highest: number): Axis {
  const step = roundStep(highest / 3);
  const upper = Array.from({ length: Math.floor(highest / step) }, (_, index) => (index + 1) * step);
  const tickvals = [...upper.map((value) => -value).reverse(), 0, ...upper];
  return { range: [-highest, highest], tickvals, ticktext: tickvals.map((value) => percent(Math.abs(value))) };
}
