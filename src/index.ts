/**
 * What notebooks and programs import by name from `mathpie`. What stands alone has entries of its own, with more names than are repeated here:
 * `mathpie/problems` and `mathpie/evaluation`. Heavy packages (danfo.js, llama.cpp, KaTeX, Plotly) load when a function that needs them is called.
 */

// Answers: found in a text, compared, graded with the rule named (docs/grading.md).

export { type Equivalence, isEquivalent } from './answers/compare/is-equivalent.js';
export { extractAnswer } from './answers/extract/extract-answer.js';
export { checkGolds } from './answers/grade/check-golds.js';
export { compareGraders } from './answers/grade/compare-graders.js';
export type { Grade } from './answers/grade/grade-response.js';
export { gradeRows } from './answers/grade/grade-rows.js';
export { gradeResponse, presetNames } from './answers/grade/grade-with-preset.js';
export { parseAnswer } from './answers/parse/parse-answer.js';
export type { AnswerPolicy } from './answers/parse/policies.js';
export { checkSteps } from './answers/steps/check-steps.js';

// Problems: of published data sets, or of the pocket grammar, which knows the true answers. More in `mathpie/problems`.

export { choosePocketProblems } from './problems/pocket/choose-problems.js';
export { subjects } from './problems/pocket/generate.js';
export { levels } from './problems/pocket/link.js';
export { pocketAnswers } from './problems/pocket/pocket-answers.js';
export { recognizePocket } from './problems/pocket/recognize.js';
export type { Problem } from './problems/problem.js';
export { problemsFrom } from './problems/problems-from.js';
export { readProblems } from './problems/read-problems.js';

// Models: one interface for pocket, GGUF files, endpoints, vLLM and recordings (docs/embedded-engine.md).

export type { Completion, GenerationRequest, LanguageModel } from './models/language-model.js';
export { nextTokens } from './models/next-tokens.js';
export { openModel } from './models/open-model.js';
export { readModelTemplate } from './models/read-model-template.js';
export { useRecording } from './models/recording/use-recording.js';
export { renderTemplate } from './prompts/chat-template.js';
export { findModelConfig } from './prompts/model-configs.js';

// What models are asked (docs/prompts.md).

export { loadPromptSet, type PromptSet } from './prompts/prompt-set.js';
export { renderPrompt } from './prompts/render-prompt.js';
export { choosePromptSet } from './steps/choose-prompt-set.js';

// Run directories, which any kill survives; what they spent (docs/costs.md).

export { clearRun } from './runs/clear-run.js';
export { openRun, type Run } from './runs/open-run.js';
export { readManifest } from './runs/read-manifest.js';
export { runName } from './runs/run-name.js';
export type { RunRecord } from './runs/run-record.js';
export { runStage } from './runs/run-stage.js';
export { readSpending } from './runs/spending.js';
export { withRun } from './runs/with-run.js';

// Recipes: chains of steps in one run directory (docs/steps.md).

export { planRecipe, readRecipe, runRecipe } from './run-recipe.js';
export type { Recipe } from './steps/recipe.js';

// MetaMath's techniques: problems that grow from problems (docs/reproducing-metamath.md).

export { findAskedSentence } from './language/last-sentence.js';
export { useLanguage } from './language/spoken.js';
export { assemble } from './metamath/assemble/assemble-rows.js';
export { loadRecipe } from './metamath/assemble/recipe.js';
export { type AugmentedRow, type Technique, techniques } from './metamath/augmented-row.js';
export { fobarQuery } from './metamath/backward-query.js';
export { checkRephrasing } from './metamath/check-rephrasing.js';
export { checkStatement } from './metamath/check-statement.js';
export { type AugmentOptions, augment } from './metamath/grow-problems.js';
export { maskQuantities, unmask } from './metamath/mask-quantities.js';

// Magpie: problems from nothing but a model (docs/magpie.md).

export { deduplicateRows } from './magpie/choose/deduplicate-rows.js';
export { filterRun } from './magpie/choose/filter-run.js';
export { validateRows } from './magpie/choose/validate-rows.js';
export { agree } from './magpie/compare/agreement.js';
export { checkResponses } from './magpie/compare/check-responses.js';
export { chooseBest } from './magpie/compare/choose-best.js';
export { choosePair } from './magpie/compare/choose-pair.js';
export { combineScores } from './magpie/compare/combine-scores.js';
export { judge } from './magpie/compare/judge.js';
export { rank } from './magpie/compare/rank-candidates.js';
export { scoreCandidates } from './magpie/compare/score-candidates.js';
export { checkInstruction } from './magpie/draw/check-instruction.js';
export { instruct } from './magpie/draw/draw-instructions.js';
export { type DrawnTurn, drawTurns } from './magpie/draw/draw-turns.js';
export { listOpenings } from './magpie/draw/list-openings.js';
export { crossMix } from './magpie/draw/mix.js';
export { magpieSampling } from './magpie/magpie-sampling.js';
export type { CandidatesRow, MagpieRow } from './magpie/rows/magpie-row.js';
export { readMagpieRows } from './magpie/rows/read-magpie-rows.js';
export { candidates } from './magpie/solve/draw-candidates.js';
export { extend } from './magpie/solve/extend-conversations.js';
export { respond } from './magpie/solve/solve-instructions.js';
export { tagRows } from './magpie/tag/tag-rows.js';

// Which rows to keep: rows of any shape (docs/assembling.md).

export { decontaminate } from './selection/decontaminate.js';
export { deduplicate } from './selection/deduplicate.js';
export { findNearestRows } from './selection/nearest-rows.js';

// Evaluation: accuracy with intervals, breakdowns, votes, comparisons. More in `mathpie/evaluation`.

export { accuracyByScore } from './evaluation/accuracy-by-score.js';
export { breakdown } from './evaluation/breakdown.js';
export { compareBreakdown } from './evaluation/compare-breakdown.js';
export { compareRuns } from './evaluation/compare-runs.js';
export { createGrader } from './evaluation/create-grader.js';
export { evaluate, evaluationConfig } from './evaluation/evaluate-problems.js';
export { exactMcNemar } from './evaluation/exact-mcnemar.js';
export { explainRun } from './evaluation/explain/explain-run.js';
export type { GradedRow } from './evaluation/graded-row.js';
export { majorityRows } from './evaluation/majority-rows.js';
export { type Accuracy, measureAccuracy } from './evaluation/measure-accuracy.js';
export { bestByJudge } from './evaluation/score-answers.js';
export type { EvaluationSummary } from './evaluation/summarize.js';
export { importResults } from './evaluation/upstream/import-results.js';
export { wilsonInterval } from './wilson-interval.js';

// Tables of runs and rows.

export { accuracyTable } from './analysis/accuracy-table.js';
export {
  agreementScores,
  checkPairs,
  gradeCandidates,
  judgeScores,
  responseAccuracy,
} from './analysis/check-against-truth.js';
export { countTable } from './analysis/count-table.js';
export { describeFiles } from './analysis/describe-files.js';
export { diversityGain, diversityGainOf } from './analysis/diversity-gain.js';
export { lengthTable } from './analysis/length-table.js';
export { measureTurns } from './analysis/measure-turns.js';
export { pairTable } from './analysis/pair-table.js';
export { summarizeProduction } from './analysis/production-summary.js';
export { type DataFrame, toDataFrame } from './analysis/to-data-frame.js';
export { tokensAndTime } from './analysis/tokens-and-time.js';
export { yieldTable } from './analysis/yield-table.js';

// Charts: rows in, `{data, layout}` out.

export { ablationLadder } from './display/figures/ablation-ladder.js';
export { accuracyAgainstTokens } from './display/figures/accuracy-against-tokens.js';
export {
  accuracyByLevel,
  accuracyByNearestType,
  accuracyByQuestionThird,
  accuracyBySteps,
  accuracyBySubject,
  accuracyByType,
} from './display/figures/accuracy-bars.js';
export { agreementVsAccuracy } from './display/figures/agreement-vs-accuracy.js';
export { differenceBars } from './display/figures/difference-bars.js';
export { diversityBars } from './display/figures/diversity-bars.js';
export type { Figure } from './display/figures/figure.js';
export { heatMap } from './display/figures/heat-map.js';
export { histogram } from './display/figures/histogram.js';
export { lengthHistogram } from './display/figures/length-histogram.js';
export { nextTokenBars } from './display/figures/next-token-bars.js';
export { plotFrame } from './display/figures/plot-frame.js';
export { sampleCurvesFigure } from './display/figures/sample-curves.js';
export { scatterPlot } from './display/figures/scatter-plot.js';
export { scoreSeparation } from './display/figures/score-separation.js';
export { temperatureLengths, temperatureShares } from './display/figures/temperature-curves.js';
export { yieldByTechnique } from './display/figures/yield-by-technique.js';

// Shown in a notebook, with what models wrote escaped.

export { checkExercise } from './display/check-exercise.js';
export { showDisagreements } from './display/disagreement-table.js';
export type { ExplorerRun } from './display/explorer/build-page-data.js';
export { showExplorer } from './display/explorer/show-explorer.js';
export { showFigure, showHtml } from './display/kernel.js';
export { lossCurve } from './display/loss-curve.js';
export { renderMath } from './display/render-math.js';
export { productionSections } from './display/report/production-sections.js';
export { writeReport } from './display/report.js';
export { runAndShow } from './display/run-and-show.js';
export { showClaims } from './display/show-claims.js';
export { showEngineSetup } from './display/show-engine-setup.js';
export { showFrame } from './display/show-frame.js';
export { showLearntTokens } from './display/show-learnt-tokens.js';
export { showMath } from './display/show-math.js';
export { showProgress } from './display/show-progress.js';
export { showTokens } from './display/show-tokens.js';
export { showTraining } from './display/show-training.js';
export { showWorkflow } from './display/show-workflow.js';
export { showTable } from './display/table.js';
export { visibleToken } from './display/visible-token.js';

// Training sets with their cards, and the way to a hub (docs/publishing.md).

export { exportPreference, exportSft } from './export/export-rows.js';
export { publish } from './export/publish.js';

// Scripts of python-gpu (docs/gpu.md).

export { readEngineSetup } from './gpu/engine-setup.js';
export type { GpuEvent } from './gpu/events.js';
export { findEngine } from './gpu/find-engine.js';
export {
  embed,
  type GpuRun,
  type GpuScriptOptions,
  generate,
  scoreRewards,
  trainDpo,
  trainSft,
} from './gpu/gpu-scripts.js';
export { learntTokens } from './gpu/learnt-tokens.js';

// Students trained on sets that differ in one thing, compared (docs/ablation.md).

export type { AblationEvent } from './ablation/ablate-options.js';
export { ablate } from './ablation/run-ablation.js';
export type { AblationSummary } from './ablation/summarize-ablation.js';

// Files.

export { packagePath } from './package-root.js';
export { listFiles } from './storage/list-files.js';
export { readJsonl } from './storage/read-jsonl.js';
export { writeAtomic } from './storage/write-atomic.js';

// What callers can catch: one line each, which names the way out.

export {
  BudgetError,
  CancelledError,
  GpuError,
  HubError,
  InputError,
  MathpieError,
  ModelError,
  PromptError,
  StorageError,
} from './errors.js';
