import type { Figure, ScatterTrace } from './figure.js';
import { counted, plainLabel } from './label.js';
import { lineStyle, themedLayout } from './theme.js';

/** The loss of a training, step by step; several trainings are told apart by their names. */
export type LossCurve = { readonly name: string; readonly steps: readonly number[]; readonly loss: readonly number[] };

/** Pixels for the names of a row of the legend, of a letter at most, and of a row. */
const [legendWidth, letterWidth, rowHeight] = [640, 7, 18];
/** So many points are drawn of a long training, each the mean of the steps that it stands for. */
const mostPoints = 200;

/** Loss against the steps of training, one line a training; `steps` is where the last of them will end. */
export function lossCurves(
  curves: readonly LossCurve[],
  { title, steps }: { readonly title: string; readonly steps: number },
): Figure {
  const told = curves.reduce((total, curve) => total + curve.steps.length, 0);
  const several = curves.length > 1;
  const space = rowHeight * (countLegendRows(curves) - 1);
  return {
    data: curves.map(draw),
    layout: themedLayout({
      title,
      subtitle: `mean of −log p over the tokens that are learnt · ${counted(told, 'step')}${several ? `, ${counted(curves.length, 'training')}` : ''}`,
      height: 280 + space,
      margin: { l: 60, r: 24, t: (several ? 84 : 62) + space, b: 52 },
      showlegend: several,
      xaxis: { title: { text: 'step' }, range: [0, Math.max(1, steps) * 1.02] },
      yaxis: { title: { text: 'loss (nats a token)' }, rangemode: 'tozero' },
    }),
  };
}

function draw({ name, steps, loss }: LossCurve, place: number): ScatterTrace {
  const points = thin(steps, loss);
  const line = lineStyle(place);
  const label = plainLabel(name);
  return {
    type: 'scatter',
    // A single step would be no line
    mode: points.length > 1 ? 'lines' : 'markers',
    name: label,
    x: points.map(({ step }) => step),
    y: points.map(({ value }) => Number(value.toPrecision(4))),
    line,
    marker: { color: line.color, size: 6 },
    hovertext: points.map(({ step, value }) => `${label}, step ${step}: ${value.toPrecision(3)}`),
    hovertemplate: '%{hovertext}<extra></extra>',
  };
}

/** Plotly gives every name the room of the longest where one row is too short for all of them. */
export function countLegendRows(curves: readonly Pick<LossCurve, 'name'>[]): number {
  const widths = curves.map(({ name }) => name.length * letterWidth + 38);
  if (widths.reduce((sum, width) => sum + width, 0) <= legendWidth) return 1;
  const columns = Math.max(1, Math.floor(legendWidth / Math.max(...widths)));
  return Math.ceil(curves.length / columns);
}

function thin(steps: readonly number[], loss: readonly number[]): { readonly step: number; readonly value: number }[] {
  const size = Math.ceil(steps.length / mostPoints) || 1;
  const points: { step: number; value: number }[] = [];
  for (let from = 0; from < steps.length; from += size) {
    const part = loss.slice(from, from + size);
    const step = steps[Math.min(steps.length, from + size) - 1] ?? 0;
    points.push({ step, value: part.reduce((sum, value) => sum + value, 0) / part.length });
  }
  return points;
}
