/** `mathpie/evaluation`: graded rows in, and accuracies with intervals, breakdowns, votes and paired comparisons out. */

// A model's answers to a test set, graded (docs/evaluation.md).

export { backwardSet } from './backward-set.js';
export { createGrader } from './create-grader.js';
export { type Evaluation, evaluate, evaluationConfig } from './evaluate-problems.js';
export type { GradedRow } from './graded-row.js';
export { metamathPreset } from './metamath-preset.js';
export { type EvaluationSummary, summarize } from './summarize.js';
export { type ImportedResults, type ImportOptions, importResults } from './upstream/import-results.js';

// Accuracy and its parts.

export { type Interval, wilsonInterval } from '../wilson-interval.js';
export { accuracyByScore, type ScoreBin } from './accuracy-by-score.js';
export { type AreaUnderCurve, areaUnderCurve } from './area-under-curve.js';
export { bootstrapInterval } from './bootstrap-interval.js';
export { type Breakdown, breakdown } from './breakdown.js';
export { type Accuracy, measureAccuracy } from './measure-accuracy.js';
export { nearestByEmbeddings, nearestByWords } from './nearest-training.js';
export { questionThirds } from './question-thirds.js';

// Why a score is as low as it is.

export { explainRun, type LostPoints, type RunExplanation } from './explain/explain-run.js';

// Several answers to each problem.

export { type BestOf, bestOf } from './best-of.js';
export { majorityAccuracy } from './majority-accuracy.js';
export { majorityRows } from './majority-rows.js';
export { majorityVote } from './majority-vote.js';
export { meanPassAtK, passAtK } from './pass-at-k.js';
export { sampleCurves } from './sample-curves.js';
export { bestByJudge } from './score-answers.js';

// Two runs on the same problems.

export { type ComparedPart, compareBreakdown } from './compare-breakdown.js';
export { compareGraded } from './compare-graded.js';
export { compareRuns, type RunComparison } from './compare-runs.js';
export { exactMcNemar } from './exact-mcnemar.js';
export { pairedBootstrap } from './paired-bootstrap.js';
export { pairedDifference } from './paired-difference.js';
