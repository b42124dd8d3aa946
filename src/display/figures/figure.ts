/**
 * The part of Plotly's figure format that the figures of this package use, and all of which the static SVG can draw.
 * A figure is plain JSON: pass the object on, never a string of it.
 */
export type Figure = { readonly data: readonly Trace[]; readonly layout: Layout };

export type Trace = BarTrace | ScatterTrace;

type TraceBase = {
  readonly name?: string;
  readonly x: readonly (string | number)[];
  readonly y: readonly (string | number)[];
  readonly text?: readonly string[];
  /** Shown when the pointer rests on a mark; `%{hovertext}` in the template stands for the item's text. */
  readonly hovertext?: readonly string[];
  readonly hovertemplate?: string;
  readonly hoverinfo?: 'skip';
  readonly showlegend?: boolean;
  readonly opacity?: number;
  readonly error_x?: ErrorBar;
  readonly error_y?: ErrorBar;
};

export type BarTrace = TraceBase & {
  readonly type: 'bar';
  readonly orientation?: 'v' | 'h';
  readonly marker: { readonly color: string; readonly line?: Line };
  /** Width of the bars in axis units, for histograms. */
  readonly width?: number;
  readonly textposition?: 'inside' | 'none';
  readonly insidetextanchor?: 'middle';
  readonly textangle?: number;
  readonly textfont?: Font;
};

export type ScatterTrace = TraceBase & {
  readonly type: 'scatter';
  readonly mode: 'markers' | 'lines' | 'lines+markers' | 'text';
  readonly marker?: { readonly color: string; readonly size?: number | readonly number[]; readonly opacity?: number };
  readonly line?: Line;
  readonly textposition?: 'top center' | 'middle right';
  readonly textfont?: Font;
  readonly cliponaxis?: boolean;
};

export type ErrorBar = {
  readonly type: 'data';
  readonly symmetric: false;
  /** Distances from the value up, and down. */
  readonly array: readonly number[];
  readonly arrayminus: readonly number[];
  readonly color: string;
  readonly thickness: number;
  readonly width: number;
};

export type Line = {
  readonly color: string;
  readonly width?: number;
  readonly dash?: 'solid' | 'dash' | 'dot' | 'dashdot';
};
export type Font = { readonly color?: string; readonly size?: number; readonly family?: string };

export type Layout = {
  readonly title: { readonly text: string; readonly subtitle?: { readonly text: string; readonly font?: Font } } & {
    readonly [style: string]: unknown;
  };
  readonly height: number;
  readonly xaxis: Axis;
  readonly yaxis: Axis;
  readonly barmode?: 'stack' | 'overlay' | 'group';
  readonly bargap?: number;
  readonly showlegend?: boolean;
  readonly shapes?: readonly Shape[];
  readonly annotations?: readonly Annotation[];
  readonly margin: { readonly l: number; readonly r: number; readonly t: number; readonly b: number };
  readonly [style: string]: unknown;
};

export type Axis = {
  readonly visible?: boolean;
  readonly title?: { readonly text: string; readonly [style: string]: unknown };
  readonly type?: 'linear' | 'category';
  readonly range?: readonly [number, number];
  readonly tickvals?: readonly (string | number)[];
  readonly ticktext?: readonly string[];
  readonly tickformat?: string;
  readonly categoryarray?: readonly string[];
  readonly autorange?: 'reversed';
  readonly showgrid?: boolean;
  readonly [style: string]: unknown;
};

/** In data coordinates, but `paper` spans the plot from 0 to 1. */
export type Shape = {
  readonly type: 'line' | 'rect';
  readonly xref?: 'paper';
  readonly yref?: 'paper';
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  readonly line: Line;
  readonly fillcolor?: string;
  readonly layer?: 'below';
};

export type Annotation = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly xref?: 'paper';
  readonly yref?: 'paper';
  readonly xanchor?: 'left' | 'center' | 'right';
  readonly yanchor?: 'top' | 'middle' | 'bottom';
  readonly showarrow: false;
  readonly font?: Font;
};
