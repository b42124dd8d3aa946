import type { ExtractionRule } from '../extract/extract-answer.js';
import type { EquivalenceRule } from '../parse/verdict.js';
import type { Grade } from './grade-response.js';
import type { PresetName } from './grade-with-preset.js';

/**
 * A verdict's reason in words, made of its rule alone: `boxed/exact-number` reads "in the last box; different as exact
 * numbers". A reproduced grader compares text or numbers after its own rules, and its reason says so.
 */
export function explainGrade({
  rule,
  equivalent,
  extracted,
}: Pick<Grade, 'rule' | 'equivalent' | 'extracted'>): string {
  if (extracted === undefined || extracted === '') return 'no answer found';
  const [first = '', second = ''] = rule.split('/');
  const same = equivalent ? 'equal' : 'different';
  if (first === 'preset')
    return `${same} ${presetComparison[second as Exclude<PresetName, 'mathpie'>] ?? `by ${second}`}`;
  const found = foundWhere[first as ExtractionRule | 'given'] ?? first;
  const decided = comparison[second as EquivalenceRule] ?? second;
  return `${found}; ${decidedAlone.has(second) ? decided : `${same} ${decided}`}`;
}

/** Where an answer stood, by the first half of a rule. */
export const foundWhere: Readonly<Record<ExtractionRule | 'given', string>> = {
  given: 'as given',
  boxed: 'in the last box',
  'answer-is': 'behind "the answer is"',
  hashes: 'behind ####',
  'answer-mark': 'behind A:',
  'whole-text': 'the whole text',
  bold: 'in bold',
  conclusion: 'in the conclusion (∴, よって)',
  formula: 'the last formula',
  number: 'the last number',
  choice: 'the last choice',
  'short-text': 'the whole of a short line',
};

/** These say why there is no more to compare, not how it came out. */
export const decidedAlone: ReadonlySet<string> = new Set(['unreduced', 'different-kinds', 'undecided', 'no-answer']);

/** What was compared, by the second half of a rule. */
export const comparison: Readonly<Record<EquivalenceRule, string>> = {
  'same-text': 'as text',
  'exact-number': 'as exact numbers',
  'exact-form': 'as exact formulas',
  sampled: 'at the sampled points',
  'high-precision': 'to about 70 digits',
  'rounded-decimal': 'as a rounded decimal',
  tolerance: 'within the tolerance',
  percent: 'as percents',
  unit: 'with their units',
  degrees: 'as angles',
  base: 'as numbers in bases',
  ratio: 'as ratios',
  time: 'as times',
  date: 'as dates',
  choice: 'as choices',
  text: 'as words',
  list: 'as lists',
  set: 'as sets',
  tuple: 'as tuples',
  matrix: 'as matrices',
  cases: 'case by case',
  interval: 'as intervals',
  equation: 'as equations',
  inequality: 'as inequalities',
  unreduced: 'the fraction is not reduced',
  'different-kinds': 'different kinds of answers',
  undecided: 'nothing proved, so not accepted',
  'no-answer': 'one side holds no answer',
};

const presetComparison: Readonly<Record<Exclude<PresetName, 'mathpie'>, string>> = {
  'metamath-gsm8k': 'as the numbers that it reads',
  'metamath-math': 'as text after its string rules',
  hendrycks: 'as text after its string rules',
  strict: 'as text, character by character',
};
