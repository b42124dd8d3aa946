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

/** Words, and characters of Chinese and Japanese, go into the next line where the width is full; a word alone stays whole. */
function breakLines(text: string, { width, size }: { readonly width: number; readonly size: number }): string {
  const broken = text.split('<br>').flatMap((line) => {
    const made = [''];
    for (const piece of line.match(pieces) ?? []) {
      const last = made.at(-1) ?? '';
      const isFull = last !== '' && reach(`${last}${piece}`) * size > width && !closes.test(piece);
      if (isFull) made.push(piece.trimStart());
      else made[made.length - 1] = last + piece;
    }
    return made.map((each) => each.trimEnd());
  });
  return carryTags(broken).join('<br>');
}

/** A word with the blanks in front of it, or one wide character. */
const pieces = /\s*[\u2e80-\uffff]|\s*[^\s\u2e80-\uffff]+/g;
/** What no line begins with. */
const closes = /^\s*[·・、。，．：；）」』]/;

/** Width in units of the letters' size: the wide ones take a whole one. */
const reach = (text: string): number =>
  [...visibleText(text)].reduce((sum, letter) => sum + (letter >= '\u2e80' ? 1 : 0.54), 0);

/** A line that ends inside of bold or italic words closes them, and the next opens them again. */
function carryTags(lines: readonly string[]): string[] {
  let open: readonly string[] = [];
  return lines.map((line) => {
    const opened = open.map((tag) => `<${tag}>`).join('') + line;
    const stack: string[] = [];
    for (const [, isEnd, tag = ''] of opened.matchAll(/<(\/?)([bi])>/g))
      if (isEnd) stack.pop();
      else stack.push(tag);
    open = stack;
    return (
      opened +
      [...stack]
        .reverse()
        .map((tag) => `</${tag}>`)
        .join('')
    );
  });
}

const isLong = (label: string | number): label is string =>
  typeof label === 'string' && reach(label) > 0.54 * longestLabel;
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
