import { type Equivalence, type EquivalenceOptions, isEquivalent } from '../compare/is-equivalent.js';
import { type ExtractionRule, extractAnswer } from '../extract/extract-answer.js';
import { curve } from '../extract/find-number.js';
import { behindLastSign, textBefore } from '../extract/text-around.js';
import * as is from '../numbers/is.js';
import type { ParsedAnswer } from '../parse/parse-answer.js';
import type { AnswerPolicy } from '../parse/policies.js';
import type { Strength } from '../parse/verdict.js';

/** What is graded: a response or a bare answer, and its gold. */
export type GradeRequest = {
  /** The right answer, bare (`12`, `\frac{3}{4}`) or a solution that ends in it (`… #### 12`, `… \boxed{12}`). */
  readonly gold: string;
  /** The full text of a response, from which the answer is extracted … */
  readonly response?: string;
  /** … or a bare answer, which is compared as it stands. */
  readonly answer?: string;
  /** Graders of other names stand in `mathpie/original-graders`. */
  readonly preset?: 'mathpie';
  readonly policy?: Partial<AnswerPolicy>;
};

/** A verdict on a response, with the answer that was found in it and the rule that decided. */
export type Grade = {
  readonly equivalent: boolean;
  /** The answer that was compared; undefined when the response has none. */
  readonly extracted: string | undefined;
  /** How the answer was found and what decided: `boxed/exact-number`. */
  readonly rule: string;
  /** How the verdict was reached: proved, by samples, by text, by policy. */
  readonly strength: Strength;
  readonly extractionRule: ExtractionRule | 'given' | 'none' | 'preset';
  readonly gold: ParsedAnswer | undefined;
  readonly answer: ParsedAnswer | undefined;
};

/**
 * Grades one response (or bare answer) against its gold. Never throws, whatever the texts.
 *
 * @throws Error for another preset, which `gradeResponse` of `mathpie/original-graders` takes
 *
 * @example gradeResponse({ gold: '12', response: '3 * 4 = 12. The answer is \\boxed{12}.' }).equivalent // true
 */
export function gradeResponse({ gold, response, answer, preset = 'mathpie', policy }: GradeRequest): Grade {
  if (preset !== 'mathpie')
    throw new Error(`Cannot grade by ${preset} here: import gradeResponse from mathpie/original-graders`);
  const options = policy ? { policy } : {};
  const found =
    response === undefined ? { answer: answer ?? '', rule: 'given' as const } : extractAnswer(response, options);
  if (!found)
    return {
      equivalent: false,
      extracted: undefined,
      rule: 'none/no-answer',
      strength: 'policy',
      extractionRule: 'none',
      gold: undefined,
      answer: undefined,
    };
  const bareGold = goldAnswer(gold);
  const whole = isEquivalent(bareGold, found.answer, options);
  const compared =
    whole.equivalent || !isLoose(found.rule) || namesCurve(response ?? '', found.answer)
      ? whole
      : (compareResult(bareGold, whole, options) ?? whole);
  return {
    equivalent: compared.equivalent,
    extracted: found.answer,
    rule: `${found.rule}/${compared.rule}`,
    strength: compared.strength,
    extractionRule: found.rule,
    gold: compared.gold,
    answer: compared.answer,
  };
}

/** Rules that may pick up a line of the work ("so $a + b = 7$") instead of a bare answer. */
const isLoose = (rule: string): boolean => /^(formula|answer-is|bold|conclusion)$/.test(rule);

/** "The line is $x + y = 8$" tells a line, not 8. */
const namesCurve = (response: string, answer: string): boolean => {
  const at = response.lastIndexOf(answer);
  return at > 0 && curve.test(textBefore(response, at, 80));
};

/** The right side of such a line, where the gold is no equation itself. */
const compareResult = (
  gold: string,
  { gold: goldParsed, answer }: Equivalence,
  options: EquivalenceOptions,
): Equivalence | undefined => {
  const [line] = answer?.readings ?? [];
  if (!is.relation(line) || goldParsed?.readings.some((reading) => is.relation(reading))) return undefined;
  if (!is.equationChain(line) || line.operands.some((operand) => is.text(operand))) return undefined;
  const text = answer?.text ?? '';
  if (unsolved.test(text)) return undefined;
  return isEquivalent(gold, behindLastSign(text, '='), options);
};

/** `|x| = 12`, `2x = 12`: one unknown, not yet alone. */
const unsolved = /^\s*((-|-?\d[\d.]*\s?)[xyz]|[xyz]\s?[-+]\s?\d+|\|[xyz]\||[xyz]\^\{?\d\}?|\\sqrt\s?\{?[xyz]\}?)\s?=/;

/** The bare gold of a data set's answer field, which may hold a whole solution. */
export function goldAnswer(gold: string): string {
  const isSolution = solutionMark.test(gold) || (gold.length >= 60 && gold.includes('$') && isProse(gold));
  return isSolution ? (extractAnswer(gold)?.answer ?? gold) : gold;
}

const solutionMark = /####|\\(boxed|fbox)\b|\banswer\s{0,3}(is|:)|答え?\s{0,3}[は:：]/i;

/** Three words in a row outside of formulas and commands; each pattern is linear. */
const isProse = (text: string): boolean => {
  const outside = text.slice(0, 4000).replace(/\$[^$]*\$|\\[a-zA-Z]+/g, ' ');
  return /\b([a-z]{2,20} ){2}[a-z]{2,20}\b/i.test(outside);
};
