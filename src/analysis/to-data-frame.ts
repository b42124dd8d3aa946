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
  head(rows?: number): DataFrame;
  tail(rows?: number): DataFrame;
  describe(): DataFrame;
  sortValues(column: string, options?: { readonly ascending?: boolean }): DataFrame;
  groupby(columns: string[]): GroupedFrame;
  column(name: string): { readonly values: readonly unknown[]; unique(): unknown; valueCounts(): unknown };
  print(): void;
  toString(): string;
};

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
 * null there. Loads danfojs-node, which takes a second or more, at the first call. Throws `RangeError` where no row has a scalar field, `InputError`
 * where danfojs-node is not installed: it is an optional part, since its own parts come from a host that not every network reaches.
 *
 * @throws RangeError when there are no rows, because a frame needs columns
 * @example const frame = await toDataFrame(rows);
 * frame.groupby(['type']).count().print();
 */
export async function toDataFrame(rows: readonly object[]): Promise<DataFrame> {
  const columns = scalarColumns(rows);
  if (columns.length === 0) throw new RangeError('Cannot make a data frame: there are no rows with scalar fields');
  const { DataFrame: Frame } = await loadFrames();
  const values = rows.map((row) => columns.map((column) => Reflect.get(row, column) ?? null));
  return new Frame(values, { columns }) as unknown as DataFrame;
}

async function loadFrames(): Promise<typeof import('danfojs-node')> {
  try {
    return await import('danfojs-node');
  } catch (cause) {
    throw new InputError(
      'Cannot make a data frame: danfojs-node is not installed, or not whole; type npm install danfojs-node, or use the rows as they are',
      { cause },
    );
  }
}

function scalarColumns(rows: readonly object[]): string[] {
  const columns = new Set<string>();
  for (const row of rows)
    for (const [column, value] of Object.entries(row)) if (typeof value !== 'object') columns.add(column);
  return [...columns];
}
