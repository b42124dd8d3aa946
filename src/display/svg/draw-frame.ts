/** What stands around the marks of a figure in SVG: title, axes, grid, legend. */

import { escapeXml } from '../escape-xml.js';
import type { Annotation, Figure, Shape } from '../figures/figure.js';
import { colors } from '../figures/theme.js';
import { drawLine, type Scales } from './draw-marks.js';
import { round, svgText, textWidth } from './svg-text.js';

/** The plot's rectangle in pixels. */
export type PlotArea = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

/** Title and subtitle, at the left. */
export function drawTitle(figure: Figure): string {
  const { text, subtitle } = figure.layout.title;
  const below = 41 + 18.75 * (text.split('<br>').length - 1);
  return (
    svgText(text, { x: 12, y: 22, size: 15 }) + (subtitle ? svgText(subtitle.text, { x: 12, y: below, size: 12 }) : '')
  );
}

/** Names of the traces with their colours, from the right end, just above the plot; in rows where they do not fit into one. */
export function drawLegend(figure: Figure, area: PlotArea): string {
  const rows = foldedLegend(figure, area.right);
  return rows
    .map((row, place) => drawLegendRow(row, area.right, area.top - 10 - 18 * (rows.length - 1 - place)))
    .join('');
}

/** How many rows the legend takes whose right end is at `right`, in pixels. */
export const legendRows = (figure: Figure, right: number): number => foldedLegend(figure, right).length;

function foldedLegend(figure: Figure, right: number): LegendItem[][] {
  if (figure.layout.showlegend !== true) return [];
  const named = figure.data.filter((trace) => trace.name !== undefined && trace.showlegend !== false);
  return foldLegend(
    named.map((trace) => ({ trace, width: textWidth(trace.name ?? '') + 38 })),
    right,
  );
}

type LegendItem = { readonly trace: Figure['data'][number]; readonly width: number };

function foldLegend(items: readonly LegendItem[], width: number): LegendItem[][] {
  const rows: LegendItem[][] = [[]];
  let taken = 0;
  for (const item of items) {
    if (taken > 0 && taken + item.width > width) {
      rows.push([]);
      taken = 0;
    }
    rows.at(-1)?.push(item);
    taken += item.width;
  }
  return rows;
}

function drawLegendRow(row: readonly LegendItem[], end: number, y: number): string {
  let right = end;
  const items = [...row].reverse().map(({ trace, width }) => {
    const x = right - width + 34;
    right -= width;
    const color = escapeXml((trace.type === 'scatter' ? trace.line?.color : undefined) ?? trace.marker?.color ?? '');
    const sample =
      trace.type === 'scatter' && trace.line
        ? drawLine(`M${round(x - 24)} ${y - 4}h18`, trace.line)
        : `<rect x="${round(x - 18)}" y="${y - 10}" width="12" height="12" fill="${color}" opacity="${trace.opacity ?? 1}"/>`;
    return sample + svgText(trace.name ?? '', { x, y });
  });
  return items.reverse().join('');
}

/** Grid lines, tick labels and axis titles. */
export function drawAxes(figure: Figure, scales: Scales, area: PlotArea): string {
  const { xaxis, yaxis } = figure.layout;
  const lines = [
    ...(xaxis.visible === false || xaxis.showgrid === false
      ? []
      : scales.x.ticks.map(({ position }) => `M${round(position)} ${area.top}V${area.bottom}`)),
    ...(yaxis.visible === false || yaxis.showgrid === false
      ? []
      : scales.y.ticks.map(({ position }) => `M${area.left} ${round(position)}H${area.right}`)),
  ];
  const grid = lines.length === 0 ? '' : drawLine(lines.join(''), { color: colors.grid, width: 1 });
  const xLabels = scales.x.ticks.map((tick) =>
    svgText(tick.label, { x: tick.position, y: area.bottom + 18, anchor: 'middle' }),
  );
  const yLabels = scales.y.ticks.map((tick) =>
    svgText(tick.label, { x: area.left - 8, y: tick.position + 4, anchor: 'end', lines: 'middle' }),
  );
  const middle = { x: (area.left + area.right) / 2, y: (area.top + area.bottom) / 2 };
  const xTitle = xaxis.title ? svgText(xaxis.title.text, { x: middle.x, y: figure.layout.height - 8, anchor: 'middle' }) : ''; // biome-ignore format: one thought
  const yTitle = yaxis.title ? svgText(yaxis.title.text, { x: 18, y: middle.y, anchor: 'middle', rotate: -90 }) : '';
  return (
    grid +
    (xaxis.visible === false ? '' : xLabels.join('') + xTitle) +
    (yaxis.visible === false ? '' : yLabels.join('') + yTitle)
  );
}

/** Shapes of one layer: those `below` the marks, or those above. */
export function drawShapes(figure: Figure, scales: Scales, area: PlotArea, layer: 'below' | 'above'): string {
  return (figure.layout.shapes ?? [])
    .filter((shape) => (shape.layer === 'below') === (layer === 'below'))
    .map((shape) => drawShape(shape, scales, area))
    .join('');
}

function drawShape(shape: Shape, scales: Scales, area: PlotArea): string {
  const x = [shape.x0, shape.x1].map((value) => round(placeX(value, shape.xref, scales, area)));
  const y = [shape.y0, shape.y1].map((value) => round(placeY(value, shape.yref, scales, area)));
  if (shape.type === 'line') return drawLine(`M${x[0]} ${y[0]}L${x[1]} ${y[1]}`, shape.line);
  const [left, top] = [Math.min(...x), Math.min(...y)];
  const [width, height] = [Math.max(...x) - left, Math.max(...y) - top];
  const stroke = `stroke="${escapeXml(shape.line.color)}" stroke-width="${shape.line.width ?? 1}"`;
  const fill = escapeXml(shape.fillcolor ?? 'none');
  return `<rect x="${left}" y="${top}" width="${round(width)}" height="${round(height)}" rx="5" fill="${fill}" ${stroke}/>`;
}

export function drawAnnotations(figure: Figure, scales: Scales, area: PlotArea): string {
  const anchors = { left: 'start', center: 'middle', right: 'end' } as const;
  const shift = { top: 1, middle: 0.36, bottom: -0.3 } as const;
  return (figure.layout.annotations ?? [])
    .map((note: Annotation) => {
      const size = note.font?.size ?? 12;
      const x = placeX(note.x, note.xref, scales, area);
      const y = placeY(note.y, note.yref, scales, area) + size * shift[note.yanchor ?? 'middle'];
      return svgText(note.text, {
        x,
        y,
        size,
        anchor: anchors[note.xanchor ?? 'center'],
        color: note.font?.color ?? colors.ink,
      });
    })
    .join('');
}

function placeX(value: number, ref: 'paper' | undefined, scales: Scales, area: PlotArea): number {
  return ref === 'paper' ? area.left + value * (area.right - area.left) : scales.x.position(value);
}

function placeY(value: number, ref: 'paper' | undefined, scales: Scales, area: PlotArea): number {
  return ref === 'paper' ? area.bottom - value * (area.bottom - area.top) : scales.y.position(value);
}
