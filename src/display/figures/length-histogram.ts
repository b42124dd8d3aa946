import { countInBins, roundBins } from './bin-values.js';
import type { Figure } from './figure.js';
import { counted, plainLabel, wholeNumber } from './label.js';
import { categoryColor, categoryOrder, themedLayout } from './theme.js';

export type LengthHistogramOptions = {
  /** @default 'Length of the responses' */
  readonly title?: string;
  /** @default 'tokens' */
  readonly unit?: string;
};

/** Histogram of lengths, stacked by group, such as right and wrong; the median is in the subtitle. */
export function lengthHistogram(
  rows: readonly { readonly length: number; readonly group?: string }[],
  { title = 'Length of the responses', unit = 'tokens' }: LengthHistogramOptions = {},
): Figure {
  const bins = roundBins(rows.map((row) => row.length));
  const [low, high] = [bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1];
  const width = bins[0] ? bins[0].to - bins[0].from : 1;
  const groups = categoryOrder(rows.map((row) => row.group ?? 'responses'));
  const sorted = rows.map((row) => row.length).sort((left, right) => left - right);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return {
    data: groups.map((group) => {
      const members = rows.filter((row) => (row.group ?? 'responses') === group);
      const counts = countInBins(
        members.map((row) => row.length),
        bins,
      );
      return {
        type: 'bar',
        name: `${plainLabel(group)} (${wholeNumber(members.length)})`,
        x: bins.map((bin) => (bin.from + bin.to) / 2),
        y: counts,
        width: width * 0.94,
        marker: { color: categoryColor(group) },
        hovertext: bins.map((bin, index) => `${bin.from} to ${bin.to} ${unit}: ${counts[index]} ${plainLabel(group)}`),
        hovertemplate: '%{hovertext}<extra></extra>',
      };
    }),
    layout: themedLayout({
      title,
      subtitle: `${counted(rows.length, 'response')}, median ${wholeNumber(median)} ${unit}`,
      barmode: 'stack',
      showlegend: groups.length > 1,
      xaxis: { title: { text: `length (${unit})` }, range: [low, high], showgrid: false, tickformat: ',d' },
      yaxis: { title: { text: 'responses' }, tickformat: ',d' },
    }),
  };
}
