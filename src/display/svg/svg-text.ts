import { escapeXml } from '../escape-xml.js';
import { colors } from '../figures/theme.js';

export type TextStyle = {
  readonly x: number;
  readonly y: number;
  /** @default 'start' */
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Pixels. @default 12 */
  readonly size?: number;
  readonly color?: string;
  /** Degrees, clockwise. */
  readonly rotate?: number;
  /** Which line of several stands at y. @default 'first' */
  readonly lines?: 'first' | 'last' | 'middle';
};

/**
 * A text of a figure as an SVG element. Reads what our figures write for Plotly: `<br>` for a new line, `<b>`, `<i>`, and the entities of
 * `&`, `<` and `>`. Any other tag is shown as text.
 */
export function svgText(text: string, style: TextStyle): string {
  const { x, y, anchor = 'start', size = 12, color = colors.ink, rotate, lines: held = 'first' } = style;
  const lines = text.split('<br>');
  const lineHeight = size * 1.25;
  const before = { first: 0, middle: (lines.length - 1) / 2, last: lines.length - 1 }[held];
  const place = (index: number): string => ` x="${round(x)}" y="${round(y + (index - before) * lineHeight)}"`;
  const attributes = [
    lines.length === 1 ? place(0) : '',
    // What the root element says already is not repeated: charts are committed with notebooks
    anchor === 'start' ? '' : ` text-anchor="${anchor}"`,
    size === 12 ? '' : ` font-size="${size}"`,
    color === colors.ink ? '' : ` fill="${escapeXml(color)}"`,
    rotate === undefined ? '' : ` transform="rotate(${rotate} ${round(x)} ${round(y)})"`,
  ].join('');
  const spans = lines.map((line, index) => `<tspan${place(index)}>${styledSpans(line)}</tspan>`);
  return `<text${attributes}>${lines.length === 1 ? styledSpans(text) : spans.join('')}</text>`;
}

function styledSpans(line: string): string {
  return line
    .split(/(<b>.*?<\/b>|<i>.*?<\/i>)/)
    .map((part) => {
      const match = /^<([bi])>(.*)<\/\1>$/.exec(part);
      if (!match) return escapeXml(decodeEntities(part));
      const style = match[1] === 'b' ? 'font-weight="600"' : 'font-size="11"';
      return `<tspan ${style}>${escapeXml(decodeEntities(match[2] ?? ''))}</tspan>`;
    })
    .join('');
}

/** Text without tags and entities, as a reader sees it. */
export function visibleText(text: string): string {
  return decodeEntities(text.replace(/<br>/g, ' ').replace(/<\/?[bi]>/g, ''));
}

function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** About the width in pixels; the exact one depends on the reader's fonts. */
export function textWidth(text: string, size = 12): number {
  return Math.max(...text.split('<br>').map((line) => visibleText(line).length)) * size * 0.54;
}

/** Two decimals are a hundredth of a pixel. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
