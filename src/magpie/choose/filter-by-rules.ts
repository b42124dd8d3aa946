import { InputError } from '../../errors.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { rowTexts } from '../rows/row-texts.js';
import { meetsCondition } from './evaluate-filter.js';
import { type Condition, parseFilter } from './filter-expression.js';

/** A named condition that rows must meet. */
export type FilterRule = { readonly name: string; readonly condition: Condition };

export type RuleCount = {
  readonly rule: string;
  /** Rows that meet it, whatever the other rules say. */
  readonly kept: number;
  readonly dropped: number;
  /** Rows that it drops first: these add up to all that is dropped. */
  readonly droppedFirst: number;
};

export type RuleFilterResult<Row> = {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly rules: readonly RuleCount[];
};

/**
 * The rule of Magpie's data_filter notebook: good quality, a reward above -10, no trailing colon, and no near-duplicate but the
 * first. The order is the notebook's.
 */
export const upstreamRules: readonly string[] = [
  'quality: input_quality in [good, excellent]',
  'reward: instruct_reward > -10',
  'colon: not instruction endswith ":"',
  'repetition: min_similar_conversation_id == null or min_similar_conversation_id == field(conversation_id)',
];

/** Reads `NAME: CONDITION`, or a condition alone, which then names itself. */
export function readFilterRule(text: string): FilterRule {
  const [, name, rest] = /^\s*([A-Za-z][\w-]*)\s*:\s+(.+)$/s.exec(text) ?? [];
  return { name: name ?? text.trim(), condition: parseFilter(rest ?? text) };
}

/** Keeps the rows that meet every rule, in order, and counts what each rule keeps and drops. */
export function filterByRules<Row extends object>(
  rows: readonly Row[],
  { rules }: { readonly rules: readonly FilterRule[] },
): RuleFilterResult<Row> {
  const twice = rules.find(({ name }, index) => rules.findIndex((other) => other.name === name) !== index);
  if (twice !== undefined) throw new InputError(`Cannot filter: two rules are called "${twice.name}"; rename one`);
  const counts = new Map(rules.map(({ name }) => [name, { kept: 0, dropped: 0, droppedFirst: 0 }]));
  const kept = rows.filter((row) => {
    let isFirst = true;
    for (const { rule, isMet } of judge(row, rules)) {
      const count = counts.get(rule) ?? { kept: 0, dropped: 0, droppedFirst: 0 };
      counts.set(rule, count);
      if (isMet) count.kept += 1;
      else {
        count.dropped += 1;
        count.droppedFirst += isFirst ? 1 : 0;
        isFirst = false;
      }
    }
    return isFirst;
  });
  const named = [...counts].map(([rule, { dropped, droppedFirst }]) => ({
    rule,
    kept: rows.length - dropped,
    dropped,
    droppedFirst,
  }));
  return { rows: kept, total: rows.length, rules: named };
}

/** The rows with the longest responses, longest first, as the original takes its 300,000; of equals the first. */
export function keepLongest<Row extends object>(rows: readonly Row[], count: number): readonly Row[] {
  const lengthOf = (row: Row): number => rowTexts(row as JsonObject)?.response?.length ?? 0;
  return [...rows].sort((left, right) => lengthOf(right) - lengthOf(left)).slice(0, count);
}

function* judge(row: object, rules: readonly FilterRule[]): Generator<{ rule: string; isMet: boolean }> {
  for (const { name, condition } of rules) yield { rule: name, isMet: meetsCondition(row as JsonObject, condition) };
}
