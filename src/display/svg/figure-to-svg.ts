import { escapeXml } from '../escape-xml.js';
import type { Figure } from '../figures/figure.js';
import { colors, fontFamily } from '../figures/theme.js';
import { axisScale, reachedValues } from './axis-scale.js';
import { drawAnnotations, drawAxes, drawLegend, drawShapes, drawTitle } from './draw-frame.js';
import { drawMarks } from './draw-marks.js';
import { visibleText } from './svg-text.js';

/**
 * A static picture of a figure, for where no script runs: code-hosting pages, print, a report before its script has
 * loaded. Draws what the figures of this package use: bars (stacked, overlaid, side by side), lines, dots, text,
 * whiskers, shapes and annotations, on linear and category axes. It stands on the figure's own paper (`paper_bgcolor`), where that is not transparent.
 *
 * @throws TypeError when a trace is of another type
 */
export function figureToSvg(figure: Figure, { width = 700 }: { readonly width?: number } = {}): string {
  const { data, layout } = figure;
  for (const { type } of data)
    if (type !== 'bar' && type !== 'scatter')
      throw new TypeError(`Cannot draw a "${String(type)}" trace as SVG: only "bar" and "scatter" are drawn`);
  const { margin, height } = layout;
  const area = { left: margin.l, right: width - margin.r, top: margin.t, bottom: height - margin.b };
  const isStacked = layout.barmode === 'stack';
  const scales = {
    x: axisScale(layout.xaxis, reachedValues(data, 'x', isStacked), { from: area.left, to: area.right }),
    y: axisScale(layout.yaxis, reachedValues(data, 'y', isStacked), { from: area.bottom, to: area.top }),
  };
  const title = escapeXml(visibleText(layout.title.text));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` font-family="${escapeXml(fontFamily)}" font-size="12" fill="${colors.ink}" role="img" aria-label="${title}">`,
    drawPaper(layout.paper_bgcolor),
    drawTitle(figure),
    drawLegend(figure, area),
    drawAxes(figure, scales, area),
    drawShapes(figure, scales, area, 'below'),
    drawMarks(figure, scales),
    drawShapes(figure, scales, area, 'above'),
    drawAnnotations(figure, scales, area),
    '</svg>',
  ].join('');
}

/** Rounded, as a card is: on a dark page the figure is one. */
function drawPaper(color: unknown): string {
  if (typeof color !== 'string' || /^rgba\(.*,\s*0\)$|^transparent$/.test(color)) return '';
  return `<rect width="100%" height="100%" rx="6" fill="${escapeXml(color)}"/>`;
}
