/** The only file that talks to the notebook: what a cell shows goes through here. */

import { say, spokenLanguage } from '../language/spoken.js';
import { runningKernel } from '../running-kernel.js';
import { type AnyFigure, completeFigure } from './figures/any-figure.js';
import type { Figure } from './figures/figure.js';
import { translateFigure } from './figures/translate-figure.js';
import { figureToSvg } from './svg/figure-to-svg.js';
import { visibleText } from './svg/svg-text.js';

/** One output of a cell: the same thing in several forms, of which a viewer takes the richest that it knows. */
export type Output = {
  readonly data: { readonly [mime: string]: unknown };
  readonly metadata?: { readonly [key: string]: unknown };
  /** Outputs with the same id are one output: the later replaces the earlier. */
  readonly displayId?: string;
  readonly isUpdate?: boolean;
};

/** Where outputs go: to the notebook's cell, or, where there is no kernel, as text to stdout. */
export type Screen = { readonly isNotebook: boolean; show(output: Output): void };

/** Shows HTML. It is taken as it is: text of a model goes in through `renderMath` or `renderText`, which escape it. */
export function showHtml(html: string, { text }: { readonly text?: string } = {}, screen: Screen = findScreen()): void {
  screen.show({ data: { 'text/html': html, 'text/plain': text ?? stripTags(html) } });
}

/** Shows Markdown of our own; text of a model does not belong in it. */
export function showMarkdown(markdown: string, screen: Screen = findScreen()): void {
  screen.show({ data: { 'text/markdown': markdown, 'text/plain': markdown } });
}

/**
 * Shows a figure: one of ours, or any of Plotly's, whose layout is completed. Plotly draws it where a renderer is at hand
 * (JupyterLab, VS Code), and the SVG beside it makes the saved notebook readable on a page where no script runs; traces that
 * our SVG cannot draw come without it. Throws TypeError for what is no figure.
 */
export function showFigure(figure: AnyFigure, screen: Screen = findScreen()): void {
  const whole = completeFigure(figure);
  const isOurs = canDrawSvg(whole);
  // What is ours is whole already, and stays as it is
  screen.show({ data: isOurs && isWhole(figure) ? figureForms(figure) : figureForms(whole, { withSvg: isOurs }) });
}

/** A figure in all its forms and the notebook's language, for an output of a cell. */
export function figureForms(given: Figure, { withSvg = true }: { readonly withSvg?: boolean } = {}): Output['data'] {
  const figure = spokenLanguage() === 'en' ? given : translateFigure(given, say);
  return {
    // The object and not its JSON text: given a string, JupyterLab's renderer throws and the notebook opens blank.
    'application/vnd.plotly.v1+json': roundNumbers(figure),
    ...(withSvg ? { 'image/svg+xml': figureToSvg(figure) } : {}),
    'text/plain': `[chart] ${visibleText(figure.layout.title.text)}`,
  };
}

/** Whether a figure has all that ours have. */
function isWhole(figure: AnyFigure): figure is Figure {
  const layout = figure.layout as Partial<Figure['layout']> | undefined;
  return [layout?.title?.text, layout?.height, layout?.margin, layout?.xaxis, layout?.yaxis].every(
    (part) => part !== undefined,
  );
}

/** Whether our SVG draws all of it; what it cannot read at all throws, whatever the reason. */
function canDrawSvg(figure: Figure): boolean {
  try {
    const svg = figureToSvg(figure);
    return !/NaN|undefined|Infinity/.test(svg);
  } catch {
    return false;
  }
}

/** Five digits are a hundredth of a pixel, and half the bytes of a saved chart. */
function roundNumbers(figure: Figure): unknown {
  const short = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(5)) : value);
  return JSON.parse(JSON.stringify(figure, short));
}

type WriteDisplayData = (
  content: { data: Output['data']; metadata: object; transient: { display_id?: string } },
  isUpdate: boolean,
) => void;

/** The running cell of tslab's kernel when this process is one, otherwise stdout. The only code that knows tslab. */
export function findScreen(): Screen {
  const write = findKernel();
  if (write === undefined) return { isNotebook: false, show: printText };
  return {
    isNotebook: true,
    show: ({ data, metadata = {}, displayId, isUpdate = false }) =>
      write({ data, metadata, transient: displayId === undefined ? {} : { display_id: displayId } }, isUpdate),
  };
}

/** tslab's public `display` sends one form at a time; a chart with its picture needs the function underneath. */
function findKernel(): WriteDisplayData | undefined {
  const write = runningKernel()?.lastWriteDisplayData;
  return typeof write === 'function' ? (write as WriteDisplayData) : undefined;
}

function printText({ data }: Output): void {
  process.stdout.write(`${String(data['text/plain'] ?? '')}\n`);
}

function stripTags(html: string): string {
  const spaced = html.replace(/<(?:br|\/p|\/tr|\/div|\/li|\/h[1-6])\b[^>]*>/gi, '\n').replace(/<\/t[dh]>/gi, '  ');
  return visibleText(spaced.replace(/<[^>]*>/g, ''))
    .replaceAll('&quot;', '"')
    .trim();
}
