import type { Axis, Figure, Trace } from '../figures/figure.js';
import { legendRows } from './draw-frame.js';
import { textWidth, visibleText } from './svg-text.js';

/** What is left of the width at the edges of a title. */
const edges = 24;
/** Lines of a title, of what stands below it, and of a legend, in pixels. */
const [titleLine, subtitleLine, legendLine] = [18.75, 15, 18];
/** Of a category's label at the left, in characters: then its words go on below. */
const longestLabel = 16;

/** "100%" behind the end of a bar, in pixels. */
const labelAtRight = 46;
/** Numbers below the plot that stand beside each other. */
const mostNumbers = 4;

/** A figure for a narrow screen: lines of its titles and of its categories' labels break where they would be cut, and what they need besides is added to its height. */
export function fitWidth(
  figure: Figure,
  { width, from = 700 }: { readonly width: number; readonly from?: number },
): Figure {
  const { title, margin } = figure.layout;
  const text = breakLines(title.text, { width: width - edges, size: 15 });
  const below = title.subtitle && breakLines(title.subtitle.text, { width: width - edges, size: 12 });
  const legend = legendRows(figure, width - margin.r) - legendRows(figure, from - margin.r);
  const more =
    titleLine * (lines(text) - lines(title.text)) +
    (title.subtitle && below ? subtitleLine * (lines(below) - lines(title.subtitle.text)) : 0) +
    legendLine * legend;
  return {
    data: figure.data.map(breakLabels),
    layout: {
      ...figure.layout,
      yaxis: breakTicks(figure.layout.yaxis),
      xaxis: thinTicks(figure.layout.xaxis),
      height: Math.round(figure.layout.height + more),
      margin: {
        ...margin,
        t: Math.round(margin.t + more),
        l: Math.min(margin.l, Math.round(0.42 * width)),
        r: Math.max(Math.min(margin.r, Math.round(0.12 * width)), hasLabelsAtRight(figure) ? labelAtRight : 0),
      },
      title: { ...title, text, ...(title.subtitle && below ? { subtitle: { ...title.subtitle, text: below } } : {}) },
    },
  };
}

const lines = (text: string): number => text.split('<br>').length;

/** Words go into the next line where the width is full; a word alone stays whole. */
function breakLines(text: string, { width, size }: { readonly width: number; readonly size: number }): string {
  return text
    .split('<br>')
    .map((line) =>
      line.split(' ').reduce((so, word) => {
        const last = `${so.split('<br>').at(-1)} ${word}`;
        return textWidth(last, size) > width ? `${so}<br>${word}` : `${so} ${word}`;
      }),
    )
    .join('<br>');
}

const isLong = (label: string | number): label is string =>
  typeof label === 'string' && visibleText(label).length > longestLabel;
const breakLabel = (label: string): string =>
  // How many there are of it stands below its name
  label.includes('<i>')
    ? label.replace(/\s+<i>/, '<br><i>')
    : breakLines(label, { width: textWidth('m'.repeat(longestLabel)), size: 12 });

/** Categories are told by the same words in the data. */
function breakLabels(trace: Trace): Trace {
  return trace.y.some(isLong)
    ? { ...trace, y: trace.y.map((each) => (isLong(each) ? breakLabel(each) : each)) }
    : trace;
}

const hasLabelsAtRight = ({ data }: Figure): boolean =>
  data.some((trace) => trace.type === 'scatter' && trace.textposition === 'middle right');

/** Every second number where there are many. */
function thinTicks(axis: Axis): Axis {
  const { tickvals, ticktext } = axis;
  if (tickvals === undefined || tickvals.length <= mostNumbers || tickvals.some((value) => typeof value === 'string'))
    return axis;
  const isKept = (_: unknown, place: number): boolean => place % 2 === 0;
  return { ...axis, tickvals: tickvals.filter(isKept), ...(ticktext ? { ticktext: ticktext.filter(isKept) } : {}) };
}

function breakTicks(axis: Axis): Axis {
  const broken = <Label extends string | number>(labels: readonly Label[]) =>
    labels.map((each) => (isLong(each) ? (breakLabel(each) as Label) : each));
  return {
    ...axis,
    ...(axis.ticktext ? { ticktext: broken(axis.ticktext) } : {}),
    ...(axis.tickvals ? { tickvals: broken(axis.tickvals) } : {}),
    ...(axis.categoryarray ? { categoryarray: broken(axis.categoryarray) } : {}),
  };
}
