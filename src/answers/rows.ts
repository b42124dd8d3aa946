/**
 * Rows by the thousand, as `mathpie/grade-rows`: graded, checked before they are graded, and graded by two graders side by side. No dependency
 * and nothing of Node, as `mathpie/answers`.
 *
 * @module
 */

// Graded, with a rule for each row, and counted.

export { gradeLine, type LineVerdict } from './grade/grade-line.js';
export { type GradedRow, type GradeRowsOptions, type GradeSummary, gradeRows } from './grade/grade-rows.js';

// Before they are graded: golds that nothing can match, and policies as a command line gives them.

export { checkGolds, type GoldProblem, type GoldReport, type GoldRow } from './grade/check-golds.js';
export { parsePolicy, policyValues } from './parse/parse-policy.js';

// Graded by two graders.

export {
  type Agreement,
  compareGraders,
  type Disagreement,
  type Grader,
  type GraderComparison,
  type GraderRow,
  type GraderView,
} from './grade/compare-graders.js';
