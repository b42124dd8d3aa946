import type { DiversityGain } from '../../analysis/diversity-gain.js';
import type { Figure } from './figure.js';
import { counted, plainLabel, wholeNumber } from './label.js';
import { colors, themedLayout, whiskers } from './theme.js';

/** Lying bars of the diversity gain of each augmentation type, with 95 % whiskers; `embedding` names what was measured by. */
export function diversityBars(gains: readonly DiversityGain[], { embedding }: { readonly embedding: string }): Figure {
  const types = gains.filter(({ type }) => type !== 'all').sort((left, right) => right.gain - left.gain);
  const shown = types.length > 0 ? types : [...gains];
  const all = gains.find(({ type }) => type === 'all');
  const names = shown.map(({ type }) => plainLabel(type));
  return {
    data: [
      {
        type: 'bar',
        orientation: 'h',
        name: 'diversity gain',
        x: shown.map(({ gain }) => gain),
        y: names,
        error_x: whiskers(shown.map(({ gain, interval }) => ({ accuracy: gain, interval }))),
        marker: { color: colors.paleBlue, line: { color: colors.blue, width: 1 } },
        hovertext: shown.map(
          ({ type, n, gain, interval, repeated }) =>
            `${plainLabel(type)}: ${gain.toFixed(3)} (95%: ${interval[0].toFixed(3)} to ${interval[1].toFixed(3)})<br>` +
            `${counted(n, 'row')}, ${(100 * repeated).toFixed(1)}% of them in the base already`,
        ),
        hovertemplate: '%{hovertext}<extra></extra>',
      },
    ],
    layout: themedLayout({
      title: 'Diversity gain by augmentation type',
      subtitle: `${counted(all?.n ?? 0, 'new row')} · whiskers: 95% bootstrap · embedding: ${plainLabel(embedding)}`,
      height: 140 + 34 * Math.max(1, shown.length),
      bargap: 0.4,
      margin: { l: 190, r: 24, t: 62, b: 52 },
      xaxis: { title: { text: 'mean squared distance to the nearest base row' } },
      yaxis: {
        autorange: 'reversed',
        showgrid: false,
        type: 'category',
        categoryarray: names,
        tickvals: names,
        ticktext: shown.map(({ n }, index) => `${names[index]}  <i>n = ${wholeNumber(n)}</i>`),
      },
    }),
  };
}
