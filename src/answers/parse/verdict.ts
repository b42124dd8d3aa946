import { max } from '../numbers/math.js';

/** A judgement, the rule that made it, and how far it can be trusted. */
export type Verdict = { readonly equivalent: boolean; readonly rule: EquivalenceRule; readonly strength: Strength };

/**
 * How a verdict was reached, strongest first: `proved` exactly; shown by `sampled` values; by `text` alone; by a `policy`, where graders
 * may differ (a missing unit, a rounded decimal, a second reading) or where nothing was shown. Of several parts the weakest counts.
 */
export type Strength = (typeof strengths)[number];
/** All strengths of a verdict, the strongest first. */
export const strengths = ['proved', 'sampled', 'text', 'policy'] as const;

/** Every rule that can decide, from the plainest to the last resort. docs/grading.md explains each. */
export type EquivalenceRule =
  | 'same-text'
  | 'exact-number'
  | 'exact-form'
  | 'sampled'
  | 'high-precision'
  | 'rounded-decimal'
  | 'tolerance'
  | 'percent'
  | 'unit'
  | 'degrees'
  | 'base'
  | 'ratio'
  | 'time'
  | 'date'
  | 'choice'
  | 'text'
  | 'list'
  | 'set'
  | 'tuple'
  | 'matrix'
  | 'cases'
  | 'interval'
  | 'equation'
  | 'inequality'
  | 'unreduced'
  | 'different-kinds'
  | 'undecided'
  | 'no-answer';

const natural: Readonly<Partial<Record<EquivalenceRule, Strength>>> = {
  sampled: 'sampled',
  'high-precision': 'sampled',
  text: 'text',
  choice: 'text',
  'rounded-decimal': 'policy',
  tolerance: 'policy',
  unreduced: 'policy',
  'different-kinds': 'policy',
  undecided: 'policy',
  'no-answer': 'policy',
};

export const accept = (rule: EquivalenceRule, strength: Strength = natural[rule] ?? 'proved'): Verdict => ({
  equivalent: true,
  rule,
  strength,
});
export const reject = (rule: EquivalenceRule): Verdict => ({
  equivalent: false,
  rule,
  strength: natural[rule] ?? 'proved',
});
/** The verdicts that have nothing to say of a pair. */
export const differentKinds = reject('different-kinds');
export const undecided = reject('undecided');
/** Undefined, where there was nothing to compare, is no. */
export const verdict = (equivalent: boolean | undefined, rule: EquivalenceRule, strength?: Strength): Verdict =>
  equivalent ? accept(rule, strength) : reject(rule);

/** The same judgement in the name of another rule. */
export const underRule = ({ equivalent, strength }: Verdict, rule: EquivalenceRule): Verdict =>
  verdict(equivalent, rule, strength);

/** Accepted by `rule` when there is a strength: that of the parts that agreed. */
export const verdictOf = (strength: Strength | undefined, rule: EquivalenceRule): Verdict =>
  strength ? accept(rule, strength) : reject(rule);

export const weakest = (...given: readonly Strength[]): Strength => {
  let index = 0;
  for (const strength of given) index = max(index, strengths.indexOf(strength));
  return strengths[index] ?? 'policy';
};

/** Whether a strength is at least as strong as another. */
export function isAtLeast(strength: Strength, least: Strength): boolean {
  return strengths.indexOf(strength) <= strengths.indexOf(least);
}
