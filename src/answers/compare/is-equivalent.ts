import { type ParsedAnswer, parseAnswer } from '../parse/parse-answer.js';
import { type AnswerPolicy, defaultPolicy } from '../parse/policies.js';
import { type EquivalenceRule, reject, type Verdict } from '../parse/verdict.js';
import { hasUnreducedFraction } from './compare-scalars.js';
import { compareChoices } from './compare-text.js';
import { compareValues } from './compare-values.js';

export type EquivalenceOptions = { readonly policy?: Partial<AnswerPolicy> };

export type Equivalence = {
  readonly equivalent: boolean;
  /** The rule that decided, either way. */
  readonly rule: EquivalenceRule;
  /** What the two were read as; undefined for an empty answer. */
  readonly gold: ParsedAnswer | undefined;
  readonly answer: ParsedAnswer | undefined;
};

/**
 * Whether a bare answer says the same as the gold answer, and by which rule. The gold comes first, and it matters: a
 * gold inequality is answered by the interval, a gold `(1, 2)` (perhaps a point) is not answered by an inequality.
 * Never throws; bounded in time and memory for any two strings.
 *
 * @example isEquivalent('\\frac{1}{2}', '0.5').rule // 'exact-number'
 */
export function isEquivalent(gold: string, answer: string, { policy }: EquivalenceOptions = {}): Equivalence {
  const rules = policy ? { ...defaultPolicy, ...policy } : defaultPolicy;
  const goldParsed = parseGold(gold);
  const answerParsed = parseAnswer(answer);
  const { equivalent, rule } = compareSafely(goldParsed, answerParsed, rules);
  return {
    equivalent,
    rule,
    gold: goldParsed.text === '' ? undefined : goldParsed,
    answer: answerParsed.text === '' ? undefined : answerParsed,
  };
}

/** One gold is often graded against many answers in a row. */
let lastGold: { readonly text: string; readonly parsed: ParsedAnswer } | undefined;

function parseGold(text: string): ParsedAnswer {
  if (lastGold?.text !== text) lastGold = { text, parsed: parseAnswer(text) };
  return lastGold.parsed;
}

/** A thread with a tiny stack may overflow where others do not: that is no verdict. */
function compareSafely(gold: ParsedAnswer, answer: ParsedAnswer, policy: AnswerPolicy): Verdict {
  try {
    return compareParsed(gold, answer, policy);
  } catch (error) {
    if (error instanceof RangeError) return reject('undecided');
    throw error;
  }
}

function compareParsed(gold: ParsedAnswer, answer: ParsedAnswer, policy: AnswerPolicy): Verdict {
  if (gold.text === '' || answer.text === '') return reject('no-answer');
  if (gold.text === answer.text) return { equivalent: true, rule: 'same-text' };
  const choice = compareChoices(gold.text, answer.text);
  if (choice) return choice;
  let first: Verdict | undefined;
  for (const left of gold.readings) {
    for (const right of answer.readings) {
      const result = compareValues(left, right, policy);
      if (result.equivalent) {
        if (policy.unreducedFractions === 'reject' && hasUnreducedFraction(right)) return reject('unreduced');
        return result;
      }
      first ??= result;
    }
  }
  // "(B) 12" where the gold is the value, not the letter.
  const value = /^\(?[A-J][).:]\s+(\S.*)$/s.exec(answer.text)?.[1];
  if (value !== undefined) return compareParsed(gold, parseAnswer(value), policy);
  return first ?? reject('undecided');
}
