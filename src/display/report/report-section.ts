import type { Figure } from '../figures/figure.js';

/** One chapter of a report. All text is plain: it is escaped, and formulas in it are set. */
export type ReportSection = { readonly title: string; readonly blocks: readonly ReportBlock[] };

export type ReportBlock =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly ReportFact[] }
  | { readonly kind: 'figure'; readonly figure: Figure; readonly caption?: string }
  | { readonly kind: 'table'; readonly table: ReportTable }
  | { readonly kind: 'examples'; readonly examples: readonly ReportExample[] };

/** A number that one should see from afar. */
export type ReportFact = { readonly value: string; readonly label: string; readonly note?: string };

export type ReportTable = {
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly object[];
  readonly caption?: string;
};

export type ReportColumn = {
  /** Field of the rows. */
  readonly field: string;
  readonly label: string;
  /** @default 'number' for numbers, 'text' for the rest; 'path' is a link relative to the report */
  readonly format?: 'text' | 'number' | 'percent' | 'seconds' | 'path';
};

export type ReportExample = {
  readonly question: string;
  readonly response: string;
  readonly correct: boolean;
  /** The answer found in the response. */
  readonly answer?: string;
  readonly gold?: string;
  /** The grader's rule that decided. */
  readonly rule?: string;
  /** What stands in front, in place of right and wrong. */
  readonly verdict?: string;
  /** Such as `level 3, geometry`. */
  readonly note?: string;
};
