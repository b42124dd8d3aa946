/**
 * The grader alone, as `mathpie/answers`: no dependency and nothing of Node, for Node, Deno, Bun and browsers.
 *
 * @module
 */

// One answer: found in a text, compared, graded with the rule named (docs/grading.md).

export { type Equivalence, type EquivalenceOptions, isEquivalent } from './compare/is-equivalent.js';
export { type ExtractedAnswer, type ExtractionRule, extractAnswer } from './extract/extract-answer.js';
export { explainGrade } from './grade/explain-grade.js';
export { type Grade, type GradeRequest, goldAnswer, gradeResponse } from './grade/grade-response.js';
export { type MathMatch, matchMath } from './grade/match-math.js';
export { type ParsedAnswer, parseAnswer } from './parse/parse-answer.js';

// Many rows.

export { checkGolds, type GoldProblem, type GoldReport, type GoldRow } from './grade/check-golds.js';
export {
  type Agreement,
  compareGraders,
  type Disagreement,
  type Grader,
  type GraderComparison,
  type GraderRow,
  type GraderView,
} from './grade/compare-graders.js';
export { gradeLine, type LineVerdict } from './grade/grade-line.js';
export { type GradedRow, type GradeRowsOptions, type GradeSummary, gradeRows } from './grade/grade-rows.js';

// What counts as equal, and how far a verdict can be trusted.

export { type PresetName, presetNames } from './grade/grade-with-preset.js';
export { parsePolicy, policyValues } from './parse/parse-policy.js';
export { type AnswerPolicy, defaultPolicy } from './parse/policies.js';
export { type EquivalenceRule, isAtLeast, type Strength, strengths } from './parse/verdict.js';
