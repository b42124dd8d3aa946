import { createRequire } from 'node:module';
import { InputError } from '../errors.js';

/**
 * What a notebook needs of a danfo.js DataFrame. The type is our own, because the library's declarations bring all of
 * TensorFlow.js's into every cell's type check.
 */
export type DataFrame = {
  readonly shape: readonly number[];
  readonly columns: readonly string[];
  /** Row by row. */
  readonly values: readonly unknown[];
  /** What the rows are called; numbers where nobody named them. */
  readonly index?: readonly (string | number)[];
  head(rows?: number): DataFrame;
  tail(rows?: number): DataFrame;
  describe(): DataFrame;
  sortValues(column: string, options?: { readonly ascending?: boolean }): DataFrame;
  groupby(columns: string[]): GroupedFrame;
  /** The rows that a condition holds for, such as `frame.query(frame.column('level').gt(3))`. */
  query(condition: FrameColumn | readonly boolean[]): DataFrame;
  /** Some rows and columns, by a condition and by names. */
  loc(choice: { rows?: FrameColumn | readonly boolean[]; columns?: string[] }): DataFrame;
  addColumn(name: string, values: readonly unknown[]): DataFrame;
  column(name: string): FrameColumn;
  print(): void;
  toString(): string;
};

/** One column; a comparison gives a column of true and false, which chooses rows. */
export type FrameColumn = {
  readonly values: readonly unknown[];
  eq(value: string | number | boolean): FrameColumn;
  ne(value: string | number | boolean): FrameColumn;
  gt(value: number): FrameColumn;
  ge(value: number): FrameColumn;
  lt(value: number): FrameColumn;
  le(value: number): FrameColumn;
  and(other: FrameColumn): FrameColumn;
  or(other: FrameColumn): FrameColumn;
  mean(): number;
  sum(): number;
  min(): number;
  max(): number;
  unique(): unknown;
  valueCounts(): unknown;
};

/** Groups of rows; what is measured of a column is called `COLUMN_mean`, `COLUMN_count` and so on. */
export type GroupedFrame = {
  col(columns: string[]): GroupedFrame;
  count(): DataFrame;
  mean(): DataFrame;
  sum(): DataFrame;
  min(): DataFrame;
  max(): DataFrame;
};

/**
 * A danfo.js DataFrame of plain rows. The columns are the scalar fields of all rows in order of appearance; a row that lacks one holds
 * null there, true and false are 1 and 0 where nothing else stands in the column (so that their mean is a share), and an `interval` becomes the columns `low` and `high`. Loads danfojs-node, which takes
 * a second or more, at the first call. Throws `RangeError` where no row has a scalar field, `InputError` where danfojs-node is not installed: it is an
 * optional part, since its own parts come from a host that not every network reaches.
 *
 * @throws RangeError when there are no rows, because a frame needs columns
 * @example const frame = await toDataFrame(rows);
 * frame.groupby(['type']).count().print();
 */
export async function toDataFrame(rows: readonly object[]): Promise<DataFrame> {
  const flat = rows.map(flatten);
  const columns = scalarColumns(flat);
  if (columns.length === 0) throw new RangeError('Cannot make a data frame: there are no rows with scalar fields');
  const { DataFrame: Frame } = await loadFrames();
  const counted = new Set(columns.filter((column) => flat.every((row) => isTruth(row[column]))));
  const cellOf = (row: Row, column: string): unknown => {
    const value = row[column] ?? null;
    return counted.has(column) && value !== null ? Number(value) : value;
  };
  const values = flat.map((row) => columns.map((column) => cellOf(row, column)));
  return new Frame(values, { columns }) as unknown as DataFrame;
}

/** What of a row goes into a frame, truth values as they are: `interval` is `low` and `high`, and other fields that are no scalars are left out. */
export function scalarRow(row: object): Row {
  return Object.fromEntries(
    Object.entries(flatten(row)).filter(([, value]) => typeof value !== 'object' || value === null),
  );
}

type Row = { readonly [column: string]: unknown };

const isTruth = (value: unknown): boolean => value == null || typeof value === 'boolean';

function flatten(row: object): Row {
  const entries = Object.entries(row).flatMap(([column, value]): [string, unknown][] =>
    column === 'interval' && isInterval(value)
      ? [
          ['low', value[0]],
          ['high', value[1]],
        ]
      : [[column, value]],
  );
  return Object.fromEntries(entries);
}

const isInterval = (value: unknown): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === 'number');

async function loadFrames(): Promise<typeof import('danfojs-node')> {
  try {
    // Beside an installed package `mathpie lab` has it in a folder that NODE_PATH names, which imports do not look into
    return await import('danfojs-node').catch(() => createRequire(import.meta.url)('danfojs-node'));
  } catch (cause) {
    throw new InputError(
      'Cannot make a data frame: danfojs-node is not installed, or not whole; type npm install danfojs-node, or use the rows as they are',
      { cause },
    );
  }
}

function scalarColumns(rows: readonly Row[]): string[] {
  const columns = new Set<string>();
  for (const row of rows)
    for (const [column, value] of Object.entries(row)) if (typeof value !== 'object') columns.add(column);
  return [...columns];
}
