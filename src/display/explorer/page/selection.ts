import { type Outcome, outcomes } from '../page-data.js';

/** What a reader has chosen: which rows are looked at, and how they are ordered. It stands in the address of the page. */
export type Selection = {
  /** Chosen values by field, as their texts. */
  readonly fields: { readonly [field: string]: readonly string[] };
  readonly outcomes: readonly Outcome[];
  /** `disagree`: the two graders differ; `split`: the samples of the question differ; `unread`: without a verdict of the reader. */
  readonly marks: readonly Mark[];
  /** Of two runs: who was right. */
  readonly quadrant: Quadrant | undefined;
  /** Number of the run whose rows are listed; of several runs all, where it is undefined. */
  readonly run: number | undefined;
  readonly query: string;
  readonly sort: string;
  readonly isDown: boolean;
  /** The row that is open, by its run and id. */
  readonly open: string | undefined;
};

export const marks = ['disagree', 'split', 'unread'] as const;
export type Mark = (typeof marks)[number];
export const quadrants = ['both', 'left', 'right', 'neither'] as const;
export type Quadrant = (typeof quadrants)[number];

export const nothingChosen: Selection = {
  fields: {},
  outcomes: [],
  marks: [],
  quadrant: undefined,
  run: undefined,
  query: '',
  sort: '',
  isDown: false,
  open: undefined,
};

/** The selection as the part of an address behind `#`; empty where nothing is chosen. */
export function writeAddress(selection: Selection): string {
  const { fields, outcomes: chosen, marks: marked, quadrant, run, query, sort, isDown, open } = selection;
  const parts: [string, string][] = Object.entries(fields).flatMap(([field, values]) =>
    values.map((value): [string, string] => [`f.${field}`, value]),
  );
  for (const outcome of chosen) parts.push(['o', outcome]);
  for (const mark of marked) parts.push(['m', mark]);
  if (quadrant !== undefined) parts.push(['p', quadrant]);
  if (run !== undefined) parts.push(['n', String(run)]);
  if (query !== '') parts.push(['q', query]);
  if (sort !== '') parts.push(['s', `${isDown ? '-' : ''}${sort}`]);
  if (open !== undefined) parts.push(['r', open]);
  return new URLSearchParams(parts).toString();
}

/** Reads an address back; what it does not know is left out, since links are typed and cut. */
export function readAddress(address: string): Selection {
  const parameters = new URLSearchParams(address.replace(/^#/, ''));
  const fields: Record<string, string[]> = {};
  for (const [name, value] of parameters) {
    if (name.startsWith('f.')) fields[name.slice(2)] = [...(fields[name.slice(2)] ?? []), value];
  }
  const known = <Word extends string>(name: string, words: readonly Word[]): Word[] =>
    parameters.getAll(name).filter((word): word is Word => words.some((each) => each === word));
  const sort = parameters.get('s') ?? '';
  const run = /^\d{1,3}$/.test(parameters.get('n') ?? '') ? Number(parameters.get('n')) : undefined;
  return {
    fields,
    outcomes: known('o', outcomes),
    marks: known('m', marks),
    quadrant: known('p', quadrants)[0],
    run,
    query: parameters.get('q') ?? '',
    sort: sort.replace(/^-/, ''),
    isDown: sort.startsWith('-'),
    open: parameters.get('r') ?? undefined,
  };
}

/** With a value put in, or taken out where it is there. */
export function toggle<Value>(values: readonly Value[], value: Value): readonly Value[] {
  return values.includes(value) ? values.filter((each) => each !== value) : [...values, value];
}

/** Whether anything narrows the rows. */
export function isNarrowed(selection: Selection): boolean {
  const { fields, outcomes: chosen, marks: marked, quadrant, query, run } = selection;
  const isField = Object.values(fields).some((values) => values.length > 0);
  return isField || chosen.length + marked.length > 0 || quadrant !== undefined || query !== '' || run !== undefined;
}
