/**
 * Why a verdict came out as it did, in words, as `mathpie/explain-grade`. No dependency and nothing of Node.
 *
 * @module
 */

export { explainGrade } from './grade/explain-grade.js';
export { type MatchOptions, type MathMatch, matchMath } from './grade/match-math.js';
