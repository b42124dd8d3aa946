import { countInBins, roundBins } from './bin-values.js';
import type { Figure } from './figure.js';
import { counted, plainLabel, wholeNumber } from './label.js';
import { categoryColor, categoryOrder, themedLayout } from './theme.js';

export type HistogramOptions = {
  readonly title: string;
  /** What is measured, with its unit. @default 'value' */
  readonly measure?: string;
  /** About so many bins, with round bounds. @default 20 */
  readonly bins?: number;
};

/** How often values occur, in equal bins with round bounds; stacked by group where the rows have one. The median is in the subtitle. */
export function histogram(
  rows: readonly (number | { readonly value: number; readonly group?: string })[],
  { title, measure = 'value', bins: count = 20 }: HistogramOptions,
): Figure {
  const items = rows
    .map((row) => (typeof row === 'number' ? { value: row, group: measure } : { group: measure, ...row }))
    .filter(({ value }) => Number.isFinite(value));
  const bins = roundBins(
    items.map(({ value }) => value),
    { count },
  );
  const [first, last] = [bins[0], bins.at(-1)];
  const sorted = items.map(({ value }) => value).sort((left, right) => left - right);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  const groups = categoryOrder(items.map(({ group }) => group));
  const left = rows.length - items.length;
  return {
    data: groups.map((group) => {
      const values = items.filter((item) => item.group === group).map(({ value }) => value);
      const counts = countInBins(values, bins);
      return {
        type: 'bar',
        name: `${plainLabel(group)} (${wholeNumber(values.length)})`,
        x: bins.map(({ from, to }) => (from + to) / 2),
        y: counts,
        width: ((first?.to ?? 1) - (first?.from ?? 0)) * 0.94,
        marker: { color: categoryColor(group) },
        hovertext: bins.map(({ from, to }, index) => `${short(from)} to ${short(to)}: ${counts[index]}`),
        hovertemplate: '%{hovertext}<extra></extra>',
      };
    }),
    layout: themedLayout({
      title: plainLabel(title),
      subtitle: `${counted(items.length, 'value')}${median === undefined ? '' : `, median ${short(median)}`}${left > 0 ? `, ${wholeNumber(left)} that are no numbers left out` : ''}`,
      barmode: 'stack',
      showlegend: groups.length > 1,
      xaxis: { title: { text: plainLabel(measure) }, range: [first?.from ?? 0, last?.to ?? 1], showgrid: false },
      yaxis: { title: { text: 'count' }, tickformat: ',d' },
    }),
  };
}

const short = (value: number): string => String(Number(value.toPrecision(4)));
