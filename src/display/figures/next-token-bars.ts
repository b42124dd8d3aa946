import type { NextToken } from '../../models/next-tokens.js';
import { visibleToken } from '../visible-token.js';
import type { Figure } from './figure.js';
import { percent, plainLabel } from './label.js';
import { colors, themedLayout } from './theme.js';

export type NextTokenBarsOptions = {
  /** What stands in front of the next token, such as `the bare user header <|user|>`. */
  readonly after: string;
};

/** Lying bars of the likeliest next tokens, best first, with the share of the whole that they hold together. */
export function nextTokenBars(tokens: readonly NextToken[], { after }: NextTokenBarsOptions): Figure {
  // Two tokens may look alike (halves of characters do): their places tell them apart, and the labels are put on
  const places = tokens.map((_, index) => String(index + 1));
  const shares = tokens.map(({ probability }) => probability);
  const together = shares.reduce((total, share) => total + share, 0);
  const widest = Math.max(0.05, ...shares);
  const labels = tokens.map(({ token }) => plainLabel(visibleToken(token)));
  const written = shares.map((share) => (share < 0.001 ? '&lt;0.1%' : percent(share, { digits: 1 })));
  return {
    data: [
      {
        type: 'bar',
        orientation: 'h',
        name: 'probability',
        x: shares,
        y: places,
        marker: { color: colors.paleBlue, line: { color: colors.blue, width: 1 } },
        hovertext: labels.map((label, index) => `${label}: ${written[index]}`),
        hovertemplate: '%{hovertext}<extra></extra>',
      },
      {
        type: 'scatter',
        mode: 'text',
        x: shares.map((share) => share + widest * 0.01),
        y: places,
        text: written,
        textposition: 'middle right',
        hoverinfo: 'skip',
        showlegend: false,
        cliponaxis: false,
      },
    ],
    layout: themedLayout({
      title: 'The next token',
      subtitle: `after ${plainLabel(after)} · the ${tokens.length} likeliest, together ${percent(together, { digits: 1 })} · temperature 1`,
      height: 130 + 24 * Math.max(1, tokens.length),
      bargap: 0.3,
      margin: { l: 110, r: 24, t: 62, b: 52 },
      xaxis: { title: { text: 'probability' }, range: [0, widest * 1.12], tickformat: '.0%' },
      yaxis: {
        type: 'category',
        autorange: 'reversed',
        showgrid: false,
        categoryarray: places,
        tickvals: places,
        ticktext: labels.map((label) => `${label}  `),
      },
    }),
  };
}
