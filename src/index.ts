/**
 * The helper library that the notebooks import by name. One line a file, in the order of a datum's life; heavy packages
 * (danfo.js, llama.cpp, KaTeX, Plotly) load when a function that needs them is called.
 */

export { accuracyTable } from './analysis/accuracy-table.js';
export {
  agreementScores,
  checkPairs,
  gradeCandidates,
  judgeScores,
  type PairCheck,
  responseAccuracy,
} from './analysis/check-against-truth.js';
export { countTable } from './analysis/count-table.js';
export { describeFiles } from './analysis/describe-files.js';
export { diversityGain, diversityGainOf } from './analysis/diversity-gain.js';
export { diversityTable } from './analysis/diversity-table.js';
export { failureTable } from './analysis/failure-table.js';
export { lengthTable } from './analysis/length-table.js';
export { diversityByEmbeddings, diversityByWords } from './analysis/measure-diversity.js';
export { measureTurns, type TurnMeasures } from './analysis/measure-turns.js';
export { pairTable } from './analysis/pair-table.js';
export { type ProductionSummary, summarizeProduction } from './analysis/production-summary.js';
export { type DataFrame, toDataFrame } from './analysis/to-data-frame.js';
export { tokensAndTime } from './analysis/tokens-and-time.js';
export { yieldTable } from './analysis/yield-table.js';
export { type Equivalence, isEquivalent } from './answers/compare/is-equivalent.js';
export { type ExtractedAnswer, extractAnswer } from './answers/extract/extract-answer.js';
export { splitThinking } from './answers/extract/split-thinking.js';
export { checkGolds, type GoldReport } from './answers/grade/check-golds.js';
export {
  type Agreement as GraderAgreement,
  compareGraderRows,
  compareGraders,
  type Disagreement,
  type GraderComparison,
} from './answers/grade/compare-graders.js';
export { explainGrade } from './answers/grade/explain-grade.js';
export { type Grade, gradeResponse } from './answers/grade/grade-response.js';
export { type GradeSummary, gradeRows } from './answers/grade/grade-rows.js';
export { gradeWithPreset, presetNames } from './answers/grade/grade-with-preset.js';
export { readAnswerRows } from './answers/grade/read-answer-row.js';
export { describeGolds } from './answers/grade/require-golds.js';
export { type ParsedAnswer, parseAnswer } from './answers/parse/parse-answer.js';
export { parsePolicy, policyValues } from './answers/parse/parse-policy.js';
export { type AnswerPolicy, defaultPolicy } from './answers/parse/policies.js';
export { renderDisagreements, showDisagreements } from './display/disagreement-table.js';
export {
  accuracyByLength,
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
export { lengthHistogram } from './display/figures/length-histogram.js';
export { nextTokenBars } from './display/figures/next-token-bars.js';
export { productionSteps } from './display/figures/production-steps.js';
export { sampleCurvesFigure } from './display/figures/sample-curves.js';
export { scoreSeparation } from './display/figures/score-separation.js';
export { temperatureLengths, temperatureShares } from './display/figures/temperature-curves.js';
export { workflow } from './display/figures/workflow.js';
export { yieldByTechnique } from './display/figures/yield-by-technique.js';
export { showFigure, showHtml, showMarkdown } from './display/kernel.js';
export { renderMath } from './display/render-math.js';
export { chooseExamples } from './display/report/choose-examples.js';
export { productionSections } from './display/report/production-sections.js';
export { writeReport } from './display/report.js';
export { runAndShow } from './display/run-and-show.js';
export { showClaims } from './display/show-claims.js';
export { showMath } from './display/show-math.js';
export { showProgress } from './display/show-progress.js';
export { showTokens } from './display/show-tokens.js';
export { showWorkflow } from './display/show-workflow.js';
export { figureToSvg } from './display/svg/figure-to-svg.js';
export { renderTable, showTable } from './display/table.js';
export { visibleToken } from './display/visible-token.js';
export * from './errors.js';
export { BudgetError } from './errors.js';
export { accuracyByScore, type ScoreBin } from './evaluation/accuracy-by-score.js';
export { type AreaUnderCurve, areaUnderCurve } from './evaluation/area-under-curve.js';
export { backwardSet } from './evaluation/backward-set.js';
export { bootstrapInterval } from './evaluation/bootstrap-interval.js';
export { type Breakdown, breakdown } from './evaluation/breakdown.js';
export { type ComparedPart, compareBreakdown } from './evaluation/compare-breakdown.js';
export { compareGraded } from './evaluation/compare-graded.js';
export { compareRuns, type RunComparison } from './evaluation/compare-runs.js';
export { createGrader } from './evaluation/create-grader.js';
export { type Evaluation, evaluate, evaluationConfig } from './evaluation/evaluate-problems.js';
export { exactMcNemar } from './evaluation/exact-mcnemar.js';
export type { GradedRow } from './evaluation/graded-row.js';
export { majorityAccuracy } from './evaluation/majority-accuracy.js';
export { majorityRows } from './evaluation/majority-rows.js';
export { majorityVote } from './evaluation/majority-vote.js';
export { type Accuracy, measureAccuracy } from './evaluation/measure-accuracy.js';
export { metamathPreset } from './evaluation/metamath-preset.js';
export { nearestByEmbeddings, nearestByWords } from './evaluation/nearest-training.js';
export { pairedBootstrap } from './evaluation/paired-bootstrap.js';
export { pairedDifference } from './evaluation/paired-difference.js';
export { meanPassAtK, passAtK } from './evaluation/pass-at-k.js';
export { questionThirds } from './evaluation/question-thirds.js';
export { sampleCurves } from './evaluation/sample-curves.js';
export { type EvaluationSummary, summarize } from './evaluation/summarize.js';
export { exportPreference, exportSft } from './export/export-rows.js';
export { planUpload, type UploadPlan } from './export/plan-upload.js';
export { type Published, publish } from './export/publish.js';
export type * from './gpu/events.js';
export { fitModel, loadHardware } from './gpu/fit-model.js';
export { embed, type GpuScriptOptions, generate, scoreRewards, trainDpo, trainSft } from './gpu/gpu-scripts.js';
export { hardwareTable } from './gpu/hardware-table.js';
export type { PythonRun } from './gpu/run-python.js';
export type { GpuProgress } from './gpu/track-events.js';
export { findAskedSentence, splitSentences } from './language/last-sentence.js';
export { deduplicateRows } from './magpie/choose/deduplicate-rows.js';
export { filterByRules, readFilterRule } from './magpie/choose/filter-by-rules.js';
export { type FilterSettings, filterRun } from './magpie/choose/filter-run.js';
export { type Validation, validateRows } from './magpie/choose/validate-rows.js';
export { type Agreement, agree } from './magpie/compare/agreement.js';
export { type CheckedResponse, checkResponses } from './magpie/compare/check-responses.js';
export { chooseBest } from './magpie/compare/choose-best.js';
export { choosePair, type PairDrop } from './magpie/compare/choose-pair.js';
export { type CombinedScore, combineScores } from './magpie/compare/combine-scores.js';
export { judge } from './magpie/compare/judge.js';
export { type PreferencePair, type RankVerdict, rank } from './magpie/compare/rank-candidates.js';
export { scoreCandidates } from './magpie/compare/score-candidates.js';
export { yesProbability } from './magpie/compare/yes-probability.js';
export { checkInstruction } from './magpie/draw/check-instruction.js';
export { instruct } from './magpie/draw/draw-instructions.js';
export { type DrawnTurn, drawTurns } from './magpie/draw/draw-turns.js';
export { problemPattern } from './magpie/draw/problem-pattern.js';
export { concatenateFiles } from './magpie/rows/concatenate-files.js';
export { magpieFileName } from './magpie/rows/magpie-file.js';
export type { Candidate, CandidatesRow, JudgedRow, MagpieRow } from './magpie/rows/magpie-row.js';
export { readCandidates } from './magpie/rows/read-candidates.js';
export { readInstructions } from './magpie/rows/read-instructions.js';
export { readMagpieRows } from './magpie/rows/read-magpie-rows.js';
export { type ScoredRow, type ScoreSource, scoreSources } from './magpie/rows/score-fields.js';
export { toDpoRow } from './magpie/rows/to-dpo-row.js';
export { toShareGpt } from './magpie/rows/to-sharegpt.js';
export { fromUpstreamCandidates } from './magpie/rows/upstream-candidates.js';
export { candidates } from './magpie/solve/draw-candidates.js';
export { type ExtendedRow, extend } from './magpie/solve/extend-conversations.js';
export { respond } from './magpie/solve/solve-instructions.js';
export { createLanguageDetector } from './magpie/tag/detect-language.js';
export { type MeasuredDifficulty, measureDifficulty } from './magpie/tag/measure-difficulty.js';
export { type TagMission, tagMissions } from './magpie/tag/tag-missions.js';
export { tagRows } from './magpie/tag/tag-rows.js';
export { type AssembleOptions, assemble } from './metamath/assemble/assemble-rows.js';
export type { AssemblyReport } from './metamath/assemble/assembly-report.js';
export { type AssemblyRecipe, loadRecipe } from './metamath/assemble/recipe.js';
export { type AugmentedRow, augmentationType, type Technique, techniques } from './metamath/augmented-row.js';
export { fobarQuery, selfVerificationQuery, tellMasked } from './metamath/backward-query.js';
export { type BackwardRow, backwardRows } from './metamath/backward-rows.js';
export { checkRephrasing } from './metamath/check-rephrasing.js';
export { checkStatement } from './metamath/check-statement.js';
export { compareMasks, type MaskComparison } from './metamath/compare-masks.js';
export type { TechniqueYield } from './metamath/count-yield.js';
export { describeMasks } from './metamath/describe-masks.js';
export { findQuantities, type Quantity, type QuantityKind } from './metamath/find-quantities.js';
export { type AugmentOptions, type AugmentResult, augment } from './metamath/grow-problems.js';
export { maskLikeMetamath } from './metamath/mask-like-metamath.js';
export { type MaskedQuestion, maskQuantities, unmask } from './metamath/mask-quantities.js';
export { type CachedModel, cacheCompletions } from './models/cache/cache-completions.js';
export { cacheDirectory } from './models/cache/cache-directory.js';
export type * from './models/language-model.js';
export { nextTokens } from './models/next-tokens.js';
export { openModel } from './models/open-model.js';
export type { BatchOptions } from './models/openai/batch/batch-model.js';
export { findPrice, type TokenPrice } from './models/prices/find-price.js';
export { isLocalModel } from './models/prices/is-local-model.js';
export { loadPriceTable, type Price, type PriceTable } from './models/prices/price-table.js';
export { readModelTemplate } from './models/read-model-template.js';
export { recordTo } from './models/replay/record-to.js';
export { packagePath } from './package-root.js';
export { downloadDataset } from './problems/download/download-dataset.js';
export { type FormatName, formatNames } from './problems/formats/dataset-format.js';
export { recognizeFormat } from './problems/formats/recognize-format.js';
export { writeRow } from './problems/formats/write-row.js';
export { backwardProblems } from './problems/pocket/backward.js';
export { choosePocketProblems } from './problems/pocket/choose-problems.js';
export { pocketDocuments } from './problems/pocket/documents.js';
export { splitOf } from './problems/pocket/draw-story.js';
export { type PocketProblem, pocketProblems, subjects } from './problems/pocket/generate.js';
export { levels, mathSubject } from './problems/pocket/link.js';
export { pocketAnswers } from './problems/pocket/pocket-answers.js';
export { type Recognized, recognizePocket } from './problems/pocket/recognize.js';
export type { Problem, ReadProblem } from './problems/problem.js';
export { readProblems } from './problems/read-problems.js';
export { streamProblems } from './problems/stream-problems.js';
export { renderTemplate } from './prompts/chat-template.js';
export { inspectTemplate } from './prompts/inspect-template.js';
export { findModelConfig, loadModelConfigs, type ModelConfig } from './prompts/model-configs.js';
export { loadPromptSet, type PromptSet, promptSetNames } from './prompts/prompt-set.js';
export { renderPrompt } from './prompts/render-prompt.js';
export { planRecipe, readRecipe, runRecipe } from './run-recipe.js';
export { clearRun } from './runs/clear-run.js';
export { type Budget, type MeteredModel, meterModel } from './runs/meter-model.js';
export { openRun, type Run } from './runs/open-run.js';
export { planRun } from './runs/plan-run.js';
export type { RunPlan, StagePlan } from './runs/plan-stage.js';
export { readManifest } from './runs/read-manifest.js';
export { runName } from './runs/run-name.js';
export { type JsonValue, type RunRecord, recordId } from './runs/run-record.js';
export { runStage } from './runs/run-stage.js';
export { noSpending, readSpending, type Spending } from './runs/spending.js';
export type { StageProgress } from './runs/track-progress.js';
export { withRun } from './runs/with-run.js';
export { decontaminate } from './selection/decontaminate.js';
export { deduplicate } from './selection/deduplicate.js';
export { createNearDuplicateIndex } from './selection/near-duplicates.js';
export { findNearestRows } from './selection/nearest-rows.js';
export { createOverlapIndex, type Overlap, type TestItem } from './selection/overlap-index.js';
export { readTestItems } from './selection/read-test-items.js';
export { askJson } from './steps/ask-json.js';
export type { Recipe, RecipeOverrides } from './steps/recipe.js';
export { type PresetName, responsePresets } from './steps/response-presets.js';
export type { ChainResult, StepOutcome } from './steps/run-chain.js';
export { type ListedFile, listFiles } from './storage/list-files.js';
export { type Embeddings, readEmbeddings } from './storage/read-embeddings.js';
export { readJsonl, requireFields } from './storage/read-jsonl.js';
export { recipeNames } from './storage/recipe-files.js';
export { writeAtomic } from './storage/write-atomic.js';
export { type Interval, wilsonInterval } from './wilson-interval.js';
