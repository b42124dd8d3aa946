import type { BarTrace, ErrorBar, Figure, Line, ScatterTrace } from '../figures/figure.js';
import { colors } from '../figures/theme.js';
import type { AxisScale } from './axis-scale.js';
import { escapeXml, round, svgText, textWidth, visibleText } from './svg-text.js';

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
  const marks = positions.map((position, index) => {
    const base = figure.layout.barmode === 'stack' ? (stacks.get(position) ?? 0) : 0;
    const top = base + Number(lengths[index] ?? 0);
    if (figure.layout.barmode === 'stack') stacks.set(position, top);
    const centre = across.position(position) + offset;
    const ends = [along.position(base), along.position(top)] as const;
    return (
      drawBar(trace, { index, centre, width, ends, isLying }) + drawWhisker(trace, { index, centre, along, isLying })
    );
  });
  return `<g opacity="${trace.opacity ?? 1}">${marks.join('')}</g>`;
}

type Bar = {
  readonly index: number;
  readonly centre: number;
  readonly width: number;
  readonly ends: readonly [number, number];
  readonly isLying: boolean;
};

function drawBar(trace: BarTrace, { index, centre, width, ends, isLying }: Bar): string {
  const [low, length] = [Math.min(...ends), Math.abs(ends[1] - ends[0])];
  if (length < 0.01) return '';
  const box = isLying ? [low, centre - width / 2, length, width] : [centre - width / 2, low, width, length];
  const [x, y, w, h] = box.map(round);
  const hover = trace.hovertext?.[index];
  const title = hover === undefined ? '' : `<title>${escapeXml(visibleText(hover))}</title>`;
  const fill = escapeXml(trace.marker.color);
  const label = trace.textposition === 'inside' ? (trace.text?.[index] ?? '') : '';
  const isRoomy = isLying ? length > textWidth(label) + 6 : length > 16;
  const middle = (ends[0] + ends[1]) / 2;
  const place = isLying ? { x: middle, y: centre + 4 } : { x: centre, y: middle + 4 };
  const text = label !== '' && isRoomy ? svgText(label, { ...place, anchor: 'middle', color: trace.textfont?.color ?? '#ffffff' }) : ''; // biome-ignore format: one thought
  const edge = trace.marker.line;
  const stroke = edge ? ` stroke="${escapeXml(edge.color)}" stroke-width="${edge.width ?? 1}"` : '';
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}"${stroke}>${title}</rect>${text}`;
}

type Whisker = {
  readonly index: number;
  readonly centre: number;
  readonly along: AxisScale;
  readonly isLying: boolean;
};

function drawWhisker(trace: BarTrace | ScatterTrace, { index, centre, along, isLying }: Whisker): string {
  const error: ErrorBar | undefined = isLying ? trace.error_x : trace.error_y;
  if (error === undefined) return '';
  const value = Number((isLying ? trace.x : trace.y)[index]);
  const low = round(along.position(value - (error.arrayminus[index] ?? 0)));
  const high = round(along.position(value + (error.array[index] ?? 0)));
  const cap = [round(centre - error.width), round(centre + error.width)];
  const at = round(centre);
  const path = isLying
    ? `M${low} ${at}H${high}M${low} ${cap[0]}V${cap[1]}M${high} ${cap[0]}V${cap[1]}`
    : `M${at} ${low}V${high}M${cap[0]} ${low}H${cap[1]}M${cap[0]} ${high}H${cap[1]}`;
  return `<path d="${path}" fill="none" stroke="${escapeXml(error.color)}" stroke-width="${error.thickness}"/>`;
}

function drawScatter(trace: ScatterTrace, { x, y }: Scales): string {
  const points = trace.x.map((value, index) => [x.position(value), y.position(trace.y[index] ?? 0)] as const);
  const path = points.map(([left, top], index) => `${index === 0 ? 'M' : 'L'}${round(left)} ${round(top)}`).join('');
  const line = trace.mode.includes('lines') ? drawLine(path, trace.line ?? { color: colors.blue }) : '';
  const marks = points.map(([left, top], index) => {
    if (trace.mode === 'text') return drawPointLabel(trace, index, left, top);
    const whisker = drawWhisker(trace, { index, centre: left, along: y, isLying: false });
    return trace.mode.includes('markers') ? whisker + drawDot(trace, index, left, top) : whisker;
  });
  return `<g opacity="${trace.opacity ?? 1}">${line}${marks.join('')}</g>`;
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
  const hover = trace.hovertext?.[index];
  const title = hover === undefined ? '' : `<title>${escapeXml(visibleText(hover))}</title>`;
  const fill = escapeXml(trace.marker?.color ?? colors.blue);
  return `<circle cx="${round(left)}" cy="${round(top)}" r="${diameter / 2}" fill="${fill}">${title}</circle>`;
}

/** A stroked path in the style of a Plotly line. */
export function drawLine(path: string, { color, width = 2, dash }: Line): string {
  const dashes = dash === undefined ? '' : ' stroke-dasharray="6 5"';
  return `<path d="${path}" fill="none" stroke="${escapeXml(color)}" stroke-width="${width}"${dashes}/>`;
}
