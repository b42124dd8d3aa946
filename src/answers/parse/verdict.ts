/** A judgement and the rule that made it. */
export type Verdict = { readonly equivalent: boolean; readonly rule: EquivalenceRule };

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
  | 'choice'
  | 'text'
  | 'list'
  | 'set'
  | 'tuple'
  | 'matrix'
  | 'interval'
  | 'equation'
  | 'inequality'
  | 'unreduced'
  | 'different-kinds'
  | 'undecided'
  | 'no-answer';

export const accept = (rule: EquivalenceRule): Verdict => ({ equivalent: true, rule });
export const reject = (rule: EquivalenceRule): Verdict => ({ equivalent: false, rule });
export const verdict = (equivalent: boolean, rule: EquivalenceRule): Verdict => ({ equivalent, rule });
