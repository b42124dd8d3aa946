import { type BreakdownValue, compareValues, fieldValue } from '../../evaluation/breakdown.js';
import type { GradedRow } from '../../evaluation/graded-row.js';
import type { PageField } from './page-data.js';

/** Fields that stand first, in this order. */
const usual = [
  'task',
  'level',
  'subject',
  'steps',
  'type',
  'length',
  'solved',
  'questionThird',
  'nearestType',
  'found',
  'decided',
];

/** What a row holds that is no property of its question or answer. */
const notFields = new Set([
  ...[
    'id',
    'problem',
    'sample',
    'correct',
    'status',
    'reason',
    'question',
    'gold',
    'response',
    'thinking',
    'answer',
    'rule',
  ],
  ...[
    'upstream',
    'upstreamAnswer',
    'completionTokens',
    'promptTokens',
    'nearestRow',
    'correctWithThinking',
    'questionLength',
    'failure',
  ],
  // What `mathpie grade` writes beside: the verdict itself, and how long it took
  ...['equivalent', 'extracted', 'ms'],
]);

/** More values than this are no breakdown; numbers are then put into five bins of equal size. */
const mostValues = 40;
const mostNumbers = 12;
const binCount = 5;

/**
 * The fields of rows that accuracy can be broken down by, each with at least two values: the usual ones first, then any other scalar.
 * `found` and `decided` are the two halves of the rule; `solved` is how many samples of the question are right.
 */
export function pageFields(all: readonly { readonly row: GradedRow; readonly run: number }[]): PageField[] {
  const names = new Set(all.flatMap(({ row }) => Object.keys(row)).filter((name) => !notFields.has(name)));
  const ordered = [...usual, ...[...names].filter((name) => !usual.includes(name)).sort()];
  const solved = countSolved(all);
  return ordered.flatMap((name) => {
    const values = all.map(({ row, run }) =>
      name === 'solved' ? (solved.get(questionOf(row, run)) ?? null) : fieldOf(row, name),
    );
    const found = toField(name, values);
    return found === undefined ? [] : [found];
  });
}

function fieldOf(row: GradedRow, name: string): BreakdownValue {
  if (name === 'found') return row.rule?.split('/')[0] ?? null;
  if (name === 'decided') return row.rule?.split('/')[1] ?? null;
  return fieldValue(row, name);
}

const questionOf = ({ problem }: GradedRow, run: number): string => `${run} ${problem}`;

/** `3 of 8`, where a question was asked several times in a run. */
function countSolved(all: readonly { readonly row: GradedRow; readonly run: number }[]): ReadonlyMap<string, string> {
  const counts = new Map<string, { n: number; correct: number }>();
  for (const { row, run } of all) {
    const key = questionOf(row, run);
    const count = counts.get(key) ?? { n: 0, correct: 0 };
    counts.set(key, { n: count.n + 1, correct: count.correct + Number(row.correct) });
  }
  if ([...counts.values()].every(({ n }) => n === 1)) return new Map();
  return new Map([...counts].map(([key, { n, correct }]) => [key, `${correct} of ${n}`]));
}

function toField(
  name: string,
  values: readonly BreakdownValue[],
  compare: (left: BreakdownValue, right: BreakdownValue) => number = compareValues,
): PageField | undefined {
  const distinct = new Set(values);
  const numbers = [...distinct].filter((value): value is number => typeof value === 'number');
  const isNumeric = numbers.length > mostNumbers && numbers.length >= distinct.size - 1;
  if (isNumeric && name !== 'level' && name !== 'steps') return toField(name, intoBins(values), compareBins);
  // What only some rows have, and all of these the same, tells nothing apart
  const told = distinct.size - Number(distinct.has(null));
  if (told < 2 || told > mostValues) return undefined;
  const sorted = [...distinct].sort(compare);
  const places = new Map(sorted.map((value, index) => [value, index]));
  return { name, values: sorted, of: values.map((value) => places.get(value) ?? 0) };
}

/** Five bins with about as many rows in each, named by their ends. */
function intoBins(values: readonly BreakdownValue[]): BreakdownValue[] {
  const sorted = values
    .filter((value): value is number => typeof value === 'number')
    .sort((left, right) => left - right);
  const ends = Array.from(
    { length: binCount },
    (_, bin) => sorted[Math.floor(((bin + 1) * sorted.length) / binCount) - 1] ?? 0,
  );
  const bins = [...new Set(ends)];
  return values.map((value) => {
    if (typeof value !== 'number') return null;
    const bin = bins.findIndex((end) => value <= end);
    const from = bin === 0 ? sorted[0] : sorted.find((each) => each > (bins[bin - 1] ?? 0));
    return `${short(from ?? 0)}–${short(bins[bin] ?? 0)}`;
  });
}

/** By where they begin, numbers below 0 included. */
const compareBins = (left: BreakdownValue, right: BreakdownValue): number => {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return Number.parseFloat(String(left)) - Number.parseFloat(String(right));
};

const short = (value: number): string => String(Number(value.toPrecision(4)));
