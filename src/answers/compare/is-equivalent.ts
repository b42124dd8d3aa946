import { withBoundedWork, workExceeded } from '../numbers/work.js';
import { type ParsedAnswer, parseAnswer } from '../parse/parse-answer.js';
import { type AnswerPolicy, defaultPolicy } from '../parse/policies.js';
import {
  accept,
  type EquivalenceRule,
  reject,
  type Strength,
  undecided,
  type Verdict,
  weakest,
} from '../parse/verdict.js';
import { hasUnreducedFraction } from './compare-scalars.js';
import { choiceLetters, choiceValue, compareChoices } from './compare-text.js';
import { compareValues } from './compare-values.js';

/** What a comparison of two answers may take for equal. */
export type EquivalenceOptions = { readonly policy?: Partial<AnswerPolicy> };

/** Whether two answers say the same, and how that was found out. */
export type Equivalence = {
  readonly equivalent: boolean;
  /** The rule that decided, either way. */
  readonly rule: EquivalenceRule;
  /** How it was shown. */
  readonly strength: Strength;
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
  const goldParsed = parseGold(gold, rules);
  const answerParsed = parseAnswer(answer, rules);
  // Field by field: a spread object is some 40 % of the time of a plain row
  const { equivalent, rule, strength } = compareSafely(goldParsed, answerParsed, rules);
  return {
    equivalent,
    rule,
    strength,
    gold: goldParsed.text ? goldParsed : undefined,
    answer: answerParsed.text ? answerParsed : undefined,
  };
}

/** One gold is often graded against many answers in a row. */
let lastGold: { readonly key: string; readonly parsed: ParsedAnswer } | undefined;

const parseGold = (text: string, policy: AnswerPolicy): ParsedAnswer => {
  const key = `${policy.unbracedFractions} ${text}`;
  if (lastGold?.key !== key) lastGold = { key, parsed: parseAnswer(text, policy) };
  return lastGold.parsed;
};

/** A thread with a tiny stack may overflow where others do not, and too much work is given up: both are no verdict. */
const compareSafely = (gold: ParsedAnswer, answer: ParsedAnswer, policy: AnswerPolicy): Verdict => {
  try {
    return withBoundedWork(() => compareParsed(gold, answer, policy));
  } catch (error) {
    if (error === workExceeded || error instanceof RangeError) return undecided;
    throw error;
  }
};

const compareParsed = (gold: ParsedAnswer, answer: ParsedAnswer, policy: AnswerPolicy): Verdict => {
  if (!gold.text || !answer.text) return reject('no-answer');
  if (gold.text === answer.text) return accept('same-text');
  const choice = compareChoices(gold.text, answer.text);
  if (choice) return choice;
  const letters = choiceLetters(gold.text);
  if (letters && /\W/.test(gold.text + answer.text) && letters === choiceLetters(answer.text)) return accept('choice');
  const first = compareReadings(gold, answer, policy);
  if (first.equivalent) return first;
  // "(B) 12" where the gold is the value, not the letter.
  const value = choiceValue(answer.text);
  const second = value ? compareReadings(gold, parseAnswer(value), policy) : undefined;
  return second?.equivalent ? { ...second, strength: weakest(second.strength, 'text') } : first;
};

/** Equal in one pair of readings is equal; beyond the likeliest reading of either side it is a policy. */
const compareReadings = (gold: ParsedAnswer, answer: ParsedAnswer, policy: AnswerPolicy): Verdict => {
  let first: Verdict | undefined;
  for (const left of gold.readings) {
    for (const right of answer.readings) {
      const result = compareValues(left, right, policy);
      if (result.equivalent) {
        if (policy.unreducedFractions === 'reject' && hasUnreducedFraction(right)) return reject('unreduced');
        const isLikeliest = left === gold.readings[0] && right === answer.readings[0];
        return isLikeliest ? result : { ...result, strength: 'policy' };
      }
      first ??= result;
    }
  }
  return first ?? undecided;
};
