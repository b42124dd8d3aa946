import { outcomes } from '../page-data.js';
import { type Counted, createCounter } from './count-accuracy.js';
import { type marks, quadrants, type Selection } from './selection.js';
import type { Table } from './table.js';

/** What a selection comes to. */
export type View = {
  /** Rows of the list, in their order. */
  readonly rows: Int32Array;
  /** Accuracy of each run over the rows that the fields, marks and search leave. */
  readonly accuracies: readonly Counted[];
  /** Counts of those rows by run and outcome. */
  readonly byOutcome: readonly (readonly number[])[];
  readonly disagreeing: number;
  readonly split: number;
  readonly facets: readonly Facet[];
  /** Of two runs: questions by quadrant, of which both answers are among those rows. */
  readonly byQuadrant: readonly number[];
};

/** A field with the accuracy of each of its values, where all other choices hold. */
export type Facet = { readonly field: number; readonly values: readonly FacetValue[] };
export type FacetValue = {
  readonly index: number;
  readonly text: string;
  /** By run. */
  readonly accuracies: readonly Counted[];
  /** Of two runs: questions by quadrant, of which both answers have the value. */
  readonly byQuadrant: readonly number[];
  /** Rows of the value in the list. */
  readonly listed: number;
};

export const textOfValue = (value: string | number | boolean | null): string => (value === null ? '–' : String(value));

/**
 * Counts everything that the page shows of a selection. As in any cross-filter a field is counted with all choices but its own, so that its other values stay to be
 * compared. Choices of outcomes and quadrants narrow the list alone: the accuracy of the wrong answers is 0.
 */
export function narrow(table: Table, selection: Selection, isRead: (row: number) => boolean): View {
  const { data, count, question, isRight, isFailed, disagrees, isSplit } = table;
  const { fields, rows, runs } = data;
  const failures = new Uint8Array(count);
  const failedBy = new Int16Array(count).fill(-1);
  const fail = (row: number, by: number): void => {
    failures[row]! += 1;
    failedBy[row] = by;
  };
  fields.forEach(({ name, values, of }, number) => {
    const chosen = selection.fields[name];
    if (chosen === undefined || chosen.length === 0) return;
    const isIn = values.map((value) => chosen.includes(textOfValue(value)));
    for (let row = 0; row < count; row += 1) if (!isIn[of[row] ?? 0]) fail(row, number);
  });
  const query = selection.query.trim().toLowerCase();
  const has = (mark: (typeof marks)[number]): boolean => selection.marks.includes(mark);
  for (let row = 0; row < count; row += 1) {
    const isOut =
      (has('disagree') && !disagrees[row]) ||
      (has('split') && !isSplit[row]) ||
      (has('unread') && isRead(row)) ||
      (query !== '' && !table.searched(row, true).includes(query));
    // By no field: such a row is in no count
    if (isOut) fail(row, -1);
    if (isOut) failures[row]! += 1;
  }
  const chosenOutcomes = outcomes.map(
    (outcome) => selection.outcomes.length === 0 || selection.outcomes.includes(outcome),
  );
  const quadrant = selection.quadrant === undefined ? -1 : quadrants.indexOf(selection.quadrant);
  const isListed = (row: number): boolean =>
    chosenOutcomes[rows.outcome[row] ?? 0] === true &&
    (selection.run === undefined || rows.run[row] === selection.run) &&
    (quadrant === -1 || table.quadrant[rows.problem[row] ?? 0] === quadrant);

  const all = createCounter(runs.length);
  const counters = fields.map(({ values }) => createCounter(values.length * runs.length));
  const listed = fields.map(({ values }) => new Int32Array(values.length));
  const quadrantsOf = fields.map(({ values }) => new Int32Array(values.length * 4));
  const byOutcome = runs.map(() => outcomes.map(() => 0));
  const byQuadrant = [0, 0, 0, 0];
  const found: number[] = [];
  let [disagreeing, split] = [0, 0];
  for (let row = 0; row < count; row += 1) {
    const misses = failures[row] ?? 0;
    if (misses > 1) continue;
    const run = rows.run[row] ?? 0;
    const isHere = isListed(row);
    // A pair is counted where both of its answers are left: chosen by one run's answers alone, it would be for or against that run
    const partner = table.partner[row] ?? -1;
    const place = partner < 0 ? -1 : (table.quadrant[rows.problem[row] ?? 0] ?? -1);
    const others = failures[partner] ?? 0;
    if (misses === 0) {
      if (isHere) found.push(row);
      byOutcome[run]![rows.outcome[row] ?? 0]! += 1;
      disagreeing += disagrees[row] ?? 0;
      split += isSplit[row] ?? 0;
      if (!isFailed[row]) all.add(run, question[row] ?? 0, isRight[row] === 1);
      if (place >= 0 && others === 0) byQuadrant[place]! += 1;
    }
    for (let field = 0; field < fields.length; field += 1) {
      if (misses === 1 && failedBy[row] !== field) continue;
      const value = fields[field]?.of[row] ?? 0;
      if (!isFailed[row]) counters[field]?.add(value * runs.length + run, question[row] ?? 0, isRight[row] === 1);
      if (isHere) listed[field]![value]! += 1;
      if (place < 0 || others > 1 || (others === 1 && failedBy[partner] !== field)) continue;
      if (fields[field]?.of[partner] === value) quadrantsOf[field]![value * 4 + place]! += 1;
    }
  }
  return {
    rows: sortRows(table, Int32Array.from(found), selection),
    accuracies: runs.map((_, run) => all.read(run)),
    ...{ byOutcome, disagreeing, split, byQuadrant },
    facets: fields.map(({ values }, field) => ({
      field,
      values: values.map((value, index) => ({
        index,
        text: textOfValue(value),
        accuracies: runs.map((_, run) => counters[field]!.read(index * runs.length + run)),
        byQuadrant: Array.from(quadrantsOf[field]!.slice(index * 4, index * 4 + 4)),
        listed: listed[field]?.[index] ?? 0,
      })),
    })),
  };
}

/** By a column or a field; rows that lack it come last either way. */
function sortRows({ data }: Table, found: Int32Array, { sort, isDown }: Selection): Int32Array {
  const { rows, fields, problems } = data;
  const field = fields.find(({ name }) => name === sort);
  const collator = new Intl.Collator('en', { numeric: true });
  const key = (row: number): string | number | null => {
    if (field !== undefined) return field.of[row] ?? null;
    const problem = problems[rows.problem[row] ?? 0];
    if (sort === 'outcome') return rows.outcome[row] ?? null;
    if (sort === 'tokens') return rows.tokens[row] ?? null;
    if (sort === 'answer') return rows.answer[row] ?? null;
    if (sort === 'gold') return problem?.gold ?? null;
    if (sort === 'question') return problem?.question ?? null;
    return null;
  };
  if (sort === '') return found;
  const keys = new Map(Array.from(found, (row) => [row, key(row)]));
  const sign = isDown ? -1 : 1;
  return found.sort((left, right) => {
    const [a = null, b = null] = [keys.get(left), keys.get(right)];
    if (a === null || b === null) return Number(a === null) - Number(b === null) || left - right;
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
    return sign * order || left - right;
  });
}
