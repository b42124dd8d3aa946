import type { Accuracy } from '../../evaluation/measure-accuracy.js';
import type { Figure, Trace } from './figure.js';
import { counted, percent, plainLabel } from './label.js';
import { colors, shareAxis, themedLayout, whiskers } from './theme.js';

/** An arm of an ablation, as the ladder shows it. */
export type LadderArm = Pick<Accuracy, 'n' | 'correct' | 'accuracy' | 'interval'> & { readonly arm: string };

/** Lying bars of the arms of an ablation in their order, with 95 % whiskers. */
export function ablationLadder(
  arms: readonly LadderArm[],
  { title, seeds, grader }: { readonly title: string; readonly seeds: number; readonly grader: string },
): Figure {
  const names = arms.map(({ arm }) => plainLabel(arm));
  const bars: Trace = {
    type: 'bar',
    orientation: 'h',
    name: 'accuracy',
    x: arms.map(({ accuracy }) => accuracy),
    y: names,
    error_x: whiskers(arms),
    marker: { color: colors.paleBlue, line: { color: colors.blue, width: 1 } },
    hovertext: arms.map(
      ({ correct, n, accuracy }, place) =>
        `${names[place]}: ${correct} of ${n} right, ${percent(accuracy, { digits: 1 })}`,
    ),
    hovertemplate: '%{hovertext}<extra></extra>',
  };
  const labels: Trace = {
    type: 'scatter',
    mode: 'text',
    x: arms.map(({ interval }) => interval[1] + 0.012),
    y: names,
    text: arms.map(({ accuracy }) => percent(accuracy, { digits: 1 })),
    textposition: 'middle right',
    hoverinfo: 'skip',
    showlegend: false,
    cliponaxis: false,
  };
  return {
    data: [bars, labels],
    layout: themedLayout({
      title,
      subtitle: `${counted(Math.max(0, ...arms.map(({ n }) => n)), 'answer')} an arm, ${counted(seeds, 'seed')} · whiskers: 95% intervals of each arm alone; pairs are in the table · grader: ${plainLabel(grader)}`,
      height: 140 + 34 * Math.max(1, arms.length),
      bargap: 0.4,
      margin: { l: 210, r: 24, t: 62, b: 52 },
      xaxis: { title: { text: 'accuracy' }, ...shareAxis },
      yaxis: {
        autorange: 'reversed',
        showgrid: false,
        type: 'category',
        categoryarray: names,
        tickvals: names,
        ticktext: names,
      },
    }),
  };
}
