import { isEquivalent } from '../compare/is-equivalent.js';
import { gradeResponse } from '../grade/grade-response.js';
import { valueChangers } from './change-value.js';
import { type Rewritten, valueKeepers } from './keep-value.js';

export type PropertyFailure = {
  readonly kind: string;
  readonly gold: string;
  readonly text: string;
  readonly rule: string;
};

export type PropertyReport = {
  readonly keptCount: number;
  readonly changedCount: number;
  /** The fewest rewritings and mutations that applied to one gold. */
  readonly leastKept: number;
  readonly leastChanged: number;
  readonly falseRejects: readonly PropertyFailure[];
  readonly falseAccepts: readonly PropertyFailure[];
};

/** Grades every value-keeping rewriting and every value-changing mutation of every gold. */
export function checkProperties(golds: Iterable<string>): PropertyReport {
  const falseRejects: PropertyFailure[] = [];
  const falseAccepts: PropertyFailure[] = [];
  let [keptCount, changedCount] = [0, 0];
  let [leastKept, leastChanged] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const gold of golds) {
    const kept = valueKeepers.flatMap(({ name, rewrite }) => named(name, rewrite(gold)));
    const changed = valueChangers.flatMap(({ name, change }) => named(name, change(gold)));
    for (const { kind, text, equivalent, rule } of kept.map((item) => judge(gold, item)))
      if (!equivalent) falseRejects.push({ kind, gold, text, rule });
    for (const { kind, text, equivalent, rule } of changed.map((item) => judge(gold, item)))
      if (equivalent) falseAccepts.push({ kind, gold, text, rule });
    keptCount += kept.length;
    changedCount += changed.length;
    leastKept = Math.min(leastKept, kept.length);
    leastChanged = Math.min(leastChanged, changed.length);
  }
  return { keptCount, changedCount, leastKept, leastChanged, falseRejects, falseAccepts };
}

type Named = { readonly kind: string; readonly rewritten: Rewritten };

const named = (kind: string, rewritten: Rewritten | undefined): Named[] => (rewritten ? [{ kind, rewritten }] : []);

function judge(gold: string, { kind, rewritten }: Named) {
  const { equivalent, rule } =
    'answer' in rewritten
      ? isEquivalent(gold, rewritten.answer)
      : gradeResponse({ gold, response: rewritten.response });
  return { kind, text: 'answer' in rewritten ? rewritten.answer : rewritten.response, equivalent, rule };
}
