import { escapeXml } from '../escape-xml.js';
import type { BarTrace, ErrorBar, Figure, Line, ScatterTrace } from '../figures/figure.js';
import { colors } from '../figures/theme.js';
import type { AxisScale } from './axis-scale.js';
import { round, svgText, textWidth } from './svg-text.js';

export type Scales = { readonly x: AxisScale; readonly y: AxisScale };

/** The bars, lines, dots, labels and whiskers of a figure, in the order of its traces. */
export function drawMarks(figure: Figure, scales: Scales): string {
  const stacks = new Map<string | number, number>();
  const bars = figure.data.filter((trace) => trace.type === 'bar');
  return figure.data
    .map((trace) => {
      if (trace.type === 'scatter') return drawScatter(trace, scales);
      return drawBars(trace, { figure, scales, stacks, slot: bars.indexOf(trace), slotCount: bars.length });
    })
    .join('');
}

type BarPlace = {
  readonly figure: Figure;
  readonly scales: Scales;
  /** Height so far at each position, for stacked bars. */
  readonly stacks: Map<string | number, number>;
  /** Place of this trace within a group. */
  readonly slot: number;
  readonly slotCount: number;
};

function drawBars(trace: BarTrace, { figure, scales, stacks, slot, slotCount }: BarPlace): string {
  const isLying = trace.orientation === 'h';
  const [across, along] = isLying ? [scales.y, scales.x] : [scales.x, scales.y];
  const [positions, lengths] = isLying ? [trace.y, trace.x] : [trace.x, trace.y];
  const isGrouped = figure.layout.barmode === 'group' || figure.layout.barmode === undefined;
  const share = 1 - (figure.layout.bargap ?? 0.2);
  const full = trace.width === undefined ? across.unit * share : trace.width * across.unit;
  const width = isGrouped ? full / slotCount : full;
  const offset = isGrouped ? (slot - (slotCount - 1) / 2) * width : 0;
  const marks = { bars: '', labels: '', whiskers: '' };
  positions.forEach((position, index) => {
    const base = figure.layout.barmode === 'stack' ? (stacks.get(position) ?? 0) : 0;
    const top = base + Number(lengths[index] ?? 0);
    if (figure.layout.barmode === 'stack') stacks.set(position, top);
    const centre = across.position(position) + offset;
    const ends = [along.position(base), along.position(top)] as const;
    const bar = { index, centre, width, ends, isLying };
    marks.bars += drawBar(bar);
    marks.labels += drawInsideLabel(trace, bar);
    marks.whiskers += whiskerPath(trace, { index, centre, along, isLying });
  });
  const { color, line } = trace.marker;
  const stroke = line ? ` stroke="${escapeXml(line.color)}" stroke-width="${line.width ?? 1}"` : '';
  const drawn = `<g fill="${escapeXml(color)}"${stroke}>${marks.bars}</g>`;
  return withOpacity(trace, drawn + strokeWhiskers(trace, marks.whiskers) + marks.labels);
}

function withOpacity({ opacity = 1 }: BarTrace | ScatterTrace, marks: string): string {
  return opacity === 1 ? marks : `<g opacity="${opacity}">${marks}</g>`;
}

type Bar = {
  readonly index: number;
  readonly centre: number;
  readonly width: number;
  readonly ends: readonly [number, number];
  readonly isLying: boolean;
};

function drawBar({ centre, width, ends, isLying }: Bar): string {
  const [low, length] = [Math.min(...ends), Math.abs(ends[1] - ends[0])];
  if (length < 0.01) return '';
  const box = isLying ? [low, centre - width / 2, length, width] : [centre - width / 2, low, width, length];
  const [x, y, w, h] = box.map(round);
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}"/>`;
}

function drawInsideLabel(trace: BarTrace, { index, centre, ends, isLying }: Bar): string {
  const label = trace.textposition === 'inside' ? (trace.text?.[index] ?? '') : '';
  const length = Math.abs(ends[1] - ends[0]);
  if (label === '' || length <= (isLying ? textWidth(label) + 6 : 16)) return '';
  const middle = (ends[0] + ends[1]) / 2;
  const place = isLying ? { x: middle, y: centre + 4 } : { x: centre, y: middle + 4 };
  return svgText(label, { ...place, anchor: 'middle', color: trace.textfont?.color ?? '#ffffff' });
}

type Whisker = {
  readonly index: number;
  readonly centre: number;
  readonly along: AxisScale;
  readonly isLying: boolean;
};

function whiskerPath(trace: BarTrace | ScatterTrace, { index, centre, along, isLying }: Whisker): string {
  const error: ErrorBar | undefined = isLying ? trace.error_x : trace.error_y;
  if (error === undefined) return '';
  const value = Number((isLying ? trace.x : trace.y)[index]);
  const low = round(along.position(value - (error.arrayminus[index] ?? 0)));
  const high = round(along.position(value + (error.array[index] ?? 0)));
  const cap = [round(centre - error.width), round(centre + error.width)];
  const at = round(centre);
  return isLying
    ? `M${low} ${at}H${high}M${low} ${cap[0]}V${cap[1]}M${high} ${cap[0]}V${cap[1]}`
    : `M${at} ${low}V${high}M${cap[0]} ${low}H${cap[1]}M${cap[0]} ${high}H${cap[1]}`;
}

/** One path for the whiskers of a whole trace. */
function strokeWhiskers({ error_x, error_y }: BarTrace | ScatterTrace, path: string): string {
  const error = error_x ?? error_y;
  if (error === undefined || path === '') return '';
  return `<path d="${path}" fill="none" stroke="${escapeXml(error.color)}" stroke-width="${error.thickness}"/>`;
}

function drawScatter(trace: ScatterTrace, { x, y }: Scales): string {
  const points = trace.x.map((value, index) => [x.position(value), y.position(trace.y[index] ?? 0)] as const);
  const path = points.map(([left, top], index) => `${index === 0 ? 'M' : 'L'}${round(left)} ${round(top)}`).join('');
  const line = trace.mode.includes('lines') ? drawLine(path, trace.line ?? { color: colors.blue }) : '';
  const whiskers = points.map(([left], index) => whiskerPath(trace, { index, centre: left, along: y, isLying: false }));
  const marks = points.map(([left, top], index) => {
    if (trace.mode === 'text') return drawPointLabel(trace, index, left, top);
    return trace.mode.includes('markers') ? drawDot(trace, index, left, top) : '';
  });
  return withOpacity(trace, line + strokeWhiskers(trace, whiskers.join('')) + marks.join(''));
}

function drawPointLabel(trace: ScatterTrace, index: number, left: number, top: number): string {
  const place =
    trace.textposition === 'middle right'
      ? ({ x: left + 2, y: top + 4, anchor: 'start' } as const)
      : ({ x: left, y: top - 3, anchor: 'middle', lines: 'last' } as const);
  return svgText(trace.text?.[index] ?? '', { ...place, ...(trace.textfont?.size && { size: trace.textfont.size }) });
}

function drawDot(trace: ScatterTrace, index: number, left: number, top: number): string {
  const size = trace.marker?.size ?? 6;
  const diameter = typeof size === 'number' ? size : (size[index] ?? 6);
  const fill = escapeXml(trace.marker?.color ?? colors.blue);
  return `<circle cx="${round(left)}" cy="${round(top)}" r="${diameter / 2}" fill="${fill}"/>`;
}

const dashes = { solid: '', dash: '6 5', dot: '2 3', dashdot: '7 3 2 3' } as const;

/** A stroked path in the style of a Plotly line. */
export function drawLine(path: string, { color, width = 2, dash }: Line): string {
  const pattern = dashes[dash ?? 'solid'];
  const dashed = pattern === '' ? '' : ` stroke-dasharray="${pattern}"`;
  return `<path d="${path}" fill="none" stroke="${escapeXml(color)}" stroke-width="${width}"${dashed}/>`;
}
