/** A field of a data file: its path (`messages[].content`), the JSON types seen there, and in how many rows it is absent or null. */
export type FieldDescription = { readonly path: string; readonly types: readonly string[]; readonly missing: number };

export type FieldCollector = {
  observe(row: object): void;
  fields(): readonly FieldDescription[];
  /** The first row; undefined where there was none. */
  example(): object | undefined;
};

/** Rows of which the fields are read; a million rows of one shape need no more. */
const mostObserved = 10_000;

/** Collects the fields of rows while they are written. */
export function collectFields(): FieldCollector {
  const seen = new Map<string, { types: Set<string>; rows: number }>();
  let rows = 0;
  let first: object | undefined;
  return {
    observe: (row) => {
      first ??= row;
      if (rows >= mostObserved) return;
      rows += 1;
      for (const [path, types] of pathsOf(row)) {
        const field = seen.get(path) ?? { types: new Set(), rows: 0 };
        for (const type of types) field.types.add(type);
        field.rows += types.has('null') ? 0 : 1;
        seen.set(path, field);
      }
    },
    fields: () =>
      [...seen].map(([path, field]) => ({
        path,
        types: [...field.types].filter((type) => type !== 'null'),
        missing: rows - field.rows,
      })),
    example: () => first,
  };
}

function pathsOf(row: object): Map<string, Set<string>> {
  const paths = new Map<string, Set<string>>();
  const visit = (value: unknown, path: string, depth: number): void => {
    const isNested = typeof value === 'object' && value !== null && depth < 3;
    if (isNested && Array.isArray(value)) {
      for (const item of value.slice(0, 20)) visit(item, `${path}[]`, depth + 1);
      if (value.length > 0) return;
    } else if (isNested) {
      for (const [name, item] of Object.entries(value)) visit(item, path === '' ? name : `${path}.${name}`, depth + 1);
      return;
    }
    const types = paths.get(path) ?? new Set();
    paths.set(path, types.add(typeOf(value)));
  };
  visit(row, '', 0);
  return paths;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
