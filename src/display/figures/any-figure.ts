import { visibleText } from '../svg/svg-text.js';
import type { Axis, Figure } from './figure.js';
import { themedLayout } from './theme.js';

/** Any figure of Plotly: its trace types are not limited to those of this package, and its layout may lack what it likes. */
export type AnyFigure = { readonly data: readonly object[]; readonly layout?: object | undefined };

/**
 * A figure of one's own with the layout that ours have (fonts, colours without a background, margins, height) wherever it
 * says nothing itself. Throws TypeError for what is no figure.
 */
export function completeFigure(figure: AnyFigure): Figure {
  const { data, layout = {} } = (figure ?? {}) as { data?: unknown; layout?: unknown };
  if (!Array.isArray(data) || data.some((trace) => !isObject(trace)) || !isObject(layout)) {
    throw new TypeError('Cannot show this as a figure: give { data: [{ type, x, y, … }], layout }, as Plotly takes it');
  }
  const { title, xaxis = {}, yaxis = {}, margin, ...style } = layout as { readonly [key: string]: unknown };
  const { text, subtitle, ...titleStyle } = titleOf(title);
  const themed = themedLayout({ title: '', subtitle: '', xaxis: axisOf(xaxis), yaxis: axisOf(yaxis) });
  const isUntitled = text === '' && subtitle === undefined;
  return {
    data: data as Figure['data'],
    layout: {
      ...themed,
      ...style,
      title: {
        ...themed.title,
        text: visibleText(text) === text && text !== '' ? `<b>${text}</b>` : text,
        subtitle: { ...themed.title.subtitle, text: '', ...(isObject(subtitle) ? subtitle : {}) },
        ...titleStyle,
      },
      // What is not said needs no room
      margin: {
        ...themed.margin,
        ...(isUntitled ? { t: 24 } : subtitle === undefined ? { t: 56 } : {}),
        ...(isObject(margin) ? margin : {}),
      },
      height: typeof style.height === 'number' && style.height > 0 ? style.height : themed.height,
    },
  };
}

function titleOf(title: unknown): { readonly text: string; readonly [key: string]: unknown } {
  if (isObject(title)) return { ...title, text: String((title as { text?: unknown }).text ?? '') };
  return { text: typeof title === 'string' ? title : '' };
}

/** Plotly takes an axis title as text too. */
function axisOf(axis: unknown): Axis {
  if (!isObject(axis)) return {};
  const { title, ...rest } = axis as { readonly title?: unknown };
  return {
    ...rest,
    ...(typeof title === 'string' ? { title: { text: title } } : isObject(title) ? { title } : {}),
  } as Axis;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
