/**
 * The grader alone, as `mathpie/answers`: no dependency and nothing of Node, for Node, Deno, Bun and browsers.
 *
 * @module
 */

// One answer: found in a text, compared, graded with the rule named (docs/grading.md).

export { type Equivalence, type EquivalenceOptions, isEquivalent } from './compare/is-equivalent.js';
export { type ExtractedAnswer, type ExtractionRule, extractAnswer } from './extract/extract-answer.js';
export { type Grade, type GradeRequest, goldAnswer, gradeResponse } from './grade/grade-response.js';
export { type ParsedAnswer, parseAnswer } from './parse/parse-answer.js';

// What counts as equal, and how far a verdict can be trusted.

export { type AnswerPolicy, defaultPolicy } from './parse/policies.js';
export { type EquivalenceRule, isAtLeast, type Strength, strengths } from './parse/verdict.js';
