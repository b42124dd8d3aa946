import { isEquivalent } from '../compare/is-equivalent.js';
import type { AnswerPolicy } from '../parse/policies.js';
import { isAtLeast, type Strength } from '../parse/verdict.js';
import { explainGrade } from './explain-grade.js';
import { gradeResponse } from './grade-response.js';

/** Whether a text matches its gold, with the reason in words. */
export type MathMatch = {
  readonly pass: boolean;
  /** What was compared and why it came out so, in one line. */
  readonly reason: string;
};

/** What a text is, and what a match of it must have been shown by. */
export type MatchOptions = {
  /** Whether the text is a whole response, from which the answer is taken; @default false: a bare answer */
  readonly isResponse?: boolean;
  /** What a match must have been shown by at least; @default 'policy' */
  readonly leastStrength?: Strength;
  readonly policy?: Partial<AnswerPolicy>;
};

/** Whether a text answers a gold, with the reason in words: what assertions of test tools are made of. Never throws. */
export function matchMath(
  text: string,
  gold: string,
  { isResponse = false, leastStrength = 'policy', policy }: MatchOptions = {},
): MathMatch {
  const options = policy ? { policy } : {};
  const graded = isResponse ? gradeResponse({ gold, response: text, ...options }) : gradeAnswer(gold, text, options);
  const isTrusted = isAtLeast(graded.strength, leastStrength);
  const extracted = graded.extracted === undefined ? '' : ` (${JSON.stringify(graded.extracted)})`;
  const weak = graded.equivalent && !isTrusted ? `; shown by ${graded.strength}, not ${leastStrength}` : '';
  return { pass: graded.equivalent && isTrusted, reason: `${explainGrade(graded)}${extracted}${weak}` };
}

const gradeAnswer = (gold: string, answer: string, options: { readonly policy?: Partial<AnswerPolicy> }) => {
  const { equivalent, rule, strength } = isEquivalent(gold, answer, options);
  return { equivalent, rule: `given/${rule}`, strength, extracted: answer };
};
