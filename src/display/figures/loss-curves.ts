import type { Figure, ScatterTrace } from './figure.js';
import { counted, plainLabel } from './label.js';
import { colors, themedLayout } from './theme.js';

/** The loss of a training, step by step; several trainings are told apart by their names. */
export type LossCurve = { readonly name: string; readonly steps: readonly number[]; readonly loss: readonly number[] };

/** The colour of a curve by its place; more than these repeat. */
const palette = [colors.blue, colors.vermilion, colors.green, colors.purple, colors.amber, colors.sky];
/** So many points are drawn of a long training, each the mean of the steps that it stands for. */
const mostPoints = 200;

/** Loss against the steps of training, one line a training; `steps` is where the last of them will end. */
export function lossCurves(
  curves: readonly LossCurve[],
  { title, steps }: { readonly title: string; readonly steps: number },
): Figure {
  const told = curves.reduce((total, curve) => total + curve.steps.length, 0);
  const several = curves.length > 1;
  return {
    data: curves.map((curve, place) => draw(curve, palette[place % palette.length] ?? colors.blue)),
    layout: themedLayout({
      title,
      subtitle: `mean of −log p over the tokens that are learnt · ${counted(told, 'step')}${several ? `, ${counted(curves.length, 'training')}` : ''}`,
      height: 280,
      margin: { l: 60, r: 24, t: several ? 84 : 62, b: 52 },
      showlegend: several,
      xaxis: { title: { text: 'step' }, range: [0, Math.max(1, steps) * 1.02] },
      yaxis: { title: { text: 'loss (nats a token)' }, rangemode: 'tozero' },
    }),
  };
}

function draw({ name, steps, loss }: LossCurve, color: string): ScatterTrace {
  const points = thin(steps, loss);
  const label = plainLabel(name);
  return {
    type: 'scatter',
    // A single step would be no line
    mode: points.length > 1 ? 'lines' : 'markers',
    name: label,
    x: points.map(({ step }) => step),
    y: points.map(({ value }) => Number(value.toPrecision(4))),
    line: { color, width: 2 },
    marker: { color, size: 6 },
    hovertext: points.map(({ step, value }) => `${label}, step ${step}: ${value.toPrecision(3)}`),
    hovertemplate: '%{hovertext}<extra></extra>',
  };
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
