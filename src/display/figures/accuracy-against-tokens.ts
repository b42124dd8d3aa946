import type { EvaluationSummary } from '../../evaluation/summarize.js';
import type { Figure } from './figure.js';
import { counted, percent, plainLabel } from './label.js';
import { colors, shareAxis, themedLayout, whiskers } from './theme.js';

/** Evaluations of the same problems under their names: an effort, a budget, a model. */
export type NamedEvaluation = {
  readonly name: string;
  readonly summary: Pick<
    EvaluationSummary,
    'n' | 'accuracy' | 'interval' | 'completionTokens' | 'thinking' | 'truncated' | 'grader'
  >;
};

/** Accuracy against the mean tokens of an answer, thought included, with 95 % whiskers: what more thinking buys. */
export function accuracyAgainstTokens(evaluations: readonly NamedEvaluation[]): Figure {
  const points = evaluations
    .filter(({ summary: { n, completionTokens } }) => n > 0 && completionTokens > 0)
    .map(({ name, summary }) => ({ name, ...summary, tokens: summary.completionTokens / summary.n }))
    .sort((left, right) => left.tokens - right.tokens);
  const highest = Math.max(10, ...points.map(({ tokens }) => tokens));
  const graders = [...new Set(points.map(({ grader }) => plainLabel(grader)))].join(', ');
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: 'evaluations',
        x: points.map(({ tokens }) => Math.round(tokens)),
        y: points.map(({ accuracy }) => accuracy),
        error_y: { ...whiskers(points), color: colors.blue },
        line: { color: colors.blue, width: 1 },
        marker: { color: colors.blue, size: 8 },
        hovertext: points.map(
          ({ name, n, tokens, thinking, truncated, accuracy, interval: [low, high] }) =>
            `${plainLabel(name)}: ${percent(accuracy, { digits: 1 })} (95%: ${percent(low, { digits: 1 })} to ${percent(high, { digits: 1 })}), ${Math.round(tokens)} tokens an answer, ${Math.round((thinking?.tokens ?? 0) / n)} of them thought, ${truncated} of ${n} cut`,
        ),
        hovertemplate: '%{hovertext}<extra></extra>',
      },
      {
        type: 'scatter',
        mode: 'text',
        x: points.map(({ tokens }) => Math.round(tokens)),
        y: points.map(({ accuracy }) => accuracy),
        text: points.map(({ name }) => plainLabel(name)),
        textposition: 'top center',
        hoverinfo: 'skip',
        showlegend: false,
      },
    ],
    layout: themedLayout({
      title: 'Accuracy against tokens',
      subtitle: `${counted(points[0]?.n ?? 0, 'answer')} each · thought included · whiskers: 95% Wilson intervals · grader: ${graders}`,
      xaxis: { title: { text: 'mean length of an answer (tokens)' }, range: [0, highest * 1.08] },
      yaxis: { title: { text: 'accuracy' }, ...shareAxis },
    }),
  };
}
