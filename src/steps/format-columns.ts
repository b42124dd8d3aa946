import { shownWidth } from '../language/shown-width.js';

/** Rows of cells as aligned lines: the first column stands left, the others right, two blanks between them. */
export function formatColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((most, row) => Math.max(most, shownWidth(row[column] ?? '')), 0),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const gap = ' '.repeat(Math.max(0, (widths[column] ?? 0) - shownWidth(cell)));
        return column === 0 ? `${cell}${gap}` : `${gap}${cell}`;
      })
      .join('  '),
  );
}
