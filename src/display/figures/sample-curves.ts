import type { CurvePoint } from '../../evaluation/sample-curves.js';
import type { EvaluationSummary } from '../../evaluation/summarize.js';
import type { Figure, ScatterTrace } from './figure.js';
import { counted, percent, plainLabel } from './label.js';
import { colors, shareAxis, themedLayout, whiskers } from './theme.js';

type Curves = Pick<EvaluationSummary, 'problems' | 'samples' | 'grader' | 'passAt' | 'majorityAt' | 'best'>;

/** pass@k and maj@k, and best@k where somebody chose, against k = 1, 2, 4, …, with 95 % whiskers: what more samples could bring, and what a vote, a reward model or a judge takes of it. */
export function sampleCurvesFigure({
  problems,
  samples,
  grader,
  passAt = [],
  majorityAt = [],
  best = [],
}: Curves): Figure {
  const names = passAt.map(({ k }) => String(k));
  return {
    data: [
      curve(passAt, { name: 'pass@k: one of k is right', color: colors.blue }),
      curve(majorityAt, { name: 'maj@k: the majority of k is right', color: colors.vermilion }),
      ...best.flatMap(({ by, bestAt }) =>
        by === 'vote'
          ? []
          : [curve(bestAt, { name: `best@k: the best of k by ${by} is right`, color: chooserColors[by] })],
      ),
    ],
    layout: themedLayout({
      title: 'Accuracy by number of samples',
      subtitle: `${counted(problems, 'problem')}, ${counted(samples, 'sample')} each · whiskers: 95% over problems · grader: ${plainLabel(grader)}`,
      showlegend: true,
      xaxis: {
        title: { text: 'samples k' },
        type: 'category',
        categoryarray: names,
        tickvals: names,
        showgrid: false,
      },
      yaxis: { title: { text: 'accuracy' }, ...shareAxis },
    }),
  };
}

const chooserColors = { reward: colors.green, judge: colors.purple };

function curve(points: readonly CurvePoint[], { name, color }: { name: string; color: string }): ScatterTrace {
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name,
    x: points.map(({ k }) => String(k)),
    y: points.map(({ value }) => value),
    // In the colour of the curve: the whiskers of the two overlap
    error_y: { ...whiskers(points.map(({ value, interval }) => ({ accuracy: value, interval }))), color },
    line: { color, width: 2 },
    marker: { color, size: 7 },
    hovertext: points.map(
      ({ k, value, interval: [low, high] }) =>
        `k = ${k}: ${percent(value, { digits: 1 })} (95%: ${percent(low, { digits: 1 })} to ${percent(high, { digits: 1 })})`,
    ),
    hovertemplate: '%{hovertext}<extra></extra>',
  };
}
