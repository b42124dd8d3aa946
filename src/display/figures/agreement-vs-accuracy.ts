import type { ScoreBin } from '../../evaluation/accuracy-by-score.js';
import type { Figure } from './figure.js';
import { counted, percent } from './label.js';
import { colors, shareAxis, themedLayout, whiskers } from './theme.js';

export type AgreementOptions = {
  /** @default 'Agreement of the samples against accuracy' */
  readonly title?: string;
  /** @default 'share of the samples that agree' */
  readonly axis?: string;
};

/** Accuracy of the majority answer in bins of agreement, against the diagonal where the two are the same. */
export function agreementVsAccuracy(bins: readonly ScoreBin[], options: AgreementOptions = {}): Figure {
  const { title = 'Agreement of the samples against accuracy', axis = 'share of the samples that agree' } = options;
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  const most = bins.reduce((largest, bin) => Math.max(largest, bin.n), 1);
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        name: 'agreement = accuracy',
        x: [0, 1],
        y: [0, 1],
        line: { color: colors.line, width: 1, dash: 'dash' },
        hoverinfo: 'skip',
      },
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: 'measured',
        x: bins.map((bin) => bin.meanScore),
        y: bins.map((bin) => bin.accuracy),
        error_y: whiskers(bins),
        line: { color: colors.blue, width: 2 },
        // Area, not radius, grows with n
        marker: {
          color: colors.blue,
          opacity: 1,
          size: bins.map((bin) => Math.round(7 + 11 * Math.sqrt(bin.n / most))),
        },
        hovertext: bins.map(
          (bin) =>
            `agreement ${percent(bin.from)} to ${percent(bin.to)}<br>${bin.correct} of ${bin.n} right (${percent(bin.accuracy)})`,
        ),
        hovertemplate: '%{hovertext}<extra></extra>',
      },
    ],
    layout: themedLayout({
      title,
      subtitle: `${counted(n, 'question')} · whiskers: 95% Wilson intervals · area of a dot: number of questions`,
      showlegend: true,
      xaxis: { title: { text: axis }, range: [-0.02, 1.04], tickvals: shareAxis.tickvals ?? [], tickformat: '.0%' },
      yaxis: { title: { text: 'accuracy' }, ...shareAxis, range: [-0.02, 1.06] },
    }),
  };
}
