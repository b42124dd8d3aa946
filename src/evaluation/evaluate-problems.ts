import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { GoldReport } from '../answers/grade/check-golds.js';
import { requireGolds } from '../answers/grade/require-golds.js';
import { InputError } from '../errors.js';
import { mapInTurns } from '../let-others-run.js';
import type { LanguageModel } from '../models/language-model.js';
import type { Run } from '../runs/open-run.js';
import type { JsonValue } from '../runs/run-record.js';
import { runStage } from '../runs/run-stage.js';
import type { StageProgress } from '../runs/track-progress.js';
import { answerTokens } from '../steps/answer-tokens.js';
import { defaultFields } from './breakdown-fields.js';
import { compareGraded, type GradedDisagreement } from './compare-graded.js';
import { createGrader, type Grader } from './create-grader.js';
import { usualTemperature } from './evaluate.js';
import { type EvaluationPrompt, exampleTurns, renderEvaluationPrompt } from './evaluation-prompt.js';
import { gradeCompletion } from './grade-completion.js';
import type { GradedRow } from './graded-row.js';
import type { NearestTraining } from './nearest-training.js';
import { questionThirds } from './question-thirds.js';
import { type EvaluationSummary, summarize } from './summarize.js';
import { type EvaluatedProblem, type ProblemWithGold, toGradedRow } from './to-graded-row.js';
import { importStage } from './upstream/grade-upstream.js';

/** The stage's name in the run directory. */
export const evaluateStage = 'evaluate';

export type EvaluateOptions = {
  readonly model: LanguageModel;
  readonly problems: readonly EvaluatedProblem[];
  /** Opened for the stage `evaluate`; its seed draws the samples. The caller finishes and closes it. */
  readonly run: Run;
  /** A prompt set, or the template of a published evaluation (`metamathPreset`). */
  readonly promptSet: EvaluationPrompt;
  /** Answers a problem. @default 1 */
  readonly samples?: number;
  /** @default 0 with one sample, 0.7 with more: greedy samples would all be the same */
  readonly temperature?: number;
  /** @default 1 */
  readonly topP?: number;
  /** @default what the model needs (`answerTokens`) */
  readonly maxTokens?: number;
  /** @default createGrader() */
  readonly grader?: Grader;
  /** Judges the same responses as well; its verdicts stand beside, and every disagreement in `disagreements.jsonl`. */
  readonly secondGrader?: Grader;
  /** The nearest training row of each problem, by problem id (`nearestByWords`): accuracy is broken down by its type. */
  readonly nearest?: ReadonlyMap<string, NearestTraining>;
  /** Fields of the problems to break accuracy down by, beside the usual ones (`Problem.fields`). */
  readonly by?: readonly string[];
  /** Refuse data with gold answers that do not parse or do not equal themselves. @default false */
  readonly strictGolds?: boolean;
  /** Called before the model is asked anything, with the gold answers that deserve a warning. */
  readonly onGolds?: (golds: GoldReport) => void;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: StageProgress) => void;
};

/** What `evaluate` found out: graded rows, their summary, and the check of the gold answers. */
export type Evaluation = {
  /** In the order of the problems, then of the samples. */
  readonly rows: readonly GradedRow[];
  readonly summary: EvaluationSummary;
  /** The self-check of the gold answers: on a broken one, points are lost whatever the model says. */
  readonly golds: GoldReport;
  /** The rows on which the second grader differs; empty without one. */
  readonly disagreements: readonly GradedDisagreement[];
  /** Paths of `graded.jsonl` and `summary.json` (and `disagreements.jsonl`) in the run directory. */
  readonly files: readonly string[];
};

/**
 * Asks the model every problem, grades the answers and breaks the accuracy down. The same run again asks only what is missing. Writes
 * `graded.jsonl` and `summary.json` into the run directory. Throws what the model and the run directory throw.
 *
 * @throws InputError when the directory holds an import, there is no problem, a problem has no gold answer, or two have the same id,
 * or no gold answer can be matched
 * @example const asked = { problems, model, promptSet: loadPromptSet('instruct') };
 * const run = { directory: 'runs/eval', stage: 'evaluate', config: evaluationConfig(asked) };
 * const { summary } = await withRun(run, (run) => evaluate({ ...asked, run }));
 */
export async function evaluate({
  model,
  problems,
  run,
  promptSet,
  samples = 1,
  temperature = usualTemperature(samples),
  topP,
  maxTokens = answerTokens(model.name),
  grader = createGrader(),
  secondGrader,
  nearest,
  by = [],
  strictGolds = false,
  onGolds,
  signal,
  onProgress,
}: EvaluateOptions): Promise<Evaluation> {
  requireNoImport(run);
  const graded = requireGold(problems);
  const golds = await requireGolds(
    graded.map(({ id, answer }) => ({ id, gold: answer })),
    { action: 'evaluate', strictGolds, signal },
  );
  onGolds?.(golds);
  const records = await runStage({
    run,
    stage: evaluateStage,
    model,
    items: graded,
    request: ({ question }) => ({
      prompt: renderEvaluationPrompt(promptSet, question),
      samples,
      ...(grader.wantsStatements && { stopsBehindAnswer: true as const }),
      sampling: {
        temperature,
        maxTokens,
        ...(topP === undefined ? {} : { topP }),
        ...(promptSet.stop && { stop: promptSet.stop }),
      },
    }),
    record: (problem, completion) => gradeCompletion(problem, completion, grader),
    takesOpenThinking: true,
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  const byId = new Map(graded.map((problem) => [problem.id, problem]));
  const thirds = questionThirds(graded);
  const known = (input: string) => ({ ...thirds.get(input), ...nearest?.get(input) });
  const made = await mapInTurns(
    records,
    (record) => toGradedRow(record, byId.get(record.input), known(record.input)),
    signal,
  );
  const rows = made.flat();
  const compared = secondGrader && compareGraded(rows, { first: grader.name, second: secondGrader });
  const { opinion: second, disagreements } = compared ?? { opinion: undefined, disagreements: [] };
  const summary = summarize(rows, {
    grader: grader.name,
    isSame: grader.isSame,
    second,
    seed: run.seed,
    fields: [...new Set([...by, ...defaultFields])],
  });
  const left = await run.leave({ name: 'graded', file: 'graded.jsonl' }, rows);
  const files = [
    join(run.directory, left),
    await run.writeFile('summary.json', `${JSON.stringify(summary, null, 2)}\n`),
    ...(compared ? [await run.writeRows('disagreements.jsonl', disagreements)] : []),
  ];
  return { rows, summary, golds, disagreements, files };
}

/** What was imported has a summary and verdicts of its own in the files that an evaluation writes. */
function requireNoImport(run: Run): void {
  if (!run.artifacts().some(({ stage }) => stage === importStage)) return;
  throw new InputError(
    `Cannot evaluate into ${run.directory}: it holds results that were imported; give a directory of its own`,
  );
}

/**
 * The configuration to open the run with. The problems are in it as a checksum, so that the same directory is not
 * continued with other ones.
 */
export function evaluationConfig({
  model,
  problems,
  promptSet,
  samples = 1,
  temperature = usualTemperature(samples),
  maxTokens = answerTokens(model.name),
  grader = createGrader(),
  seed = 0,
}: Pick<EvaluateOptions, 'problems' | 'promptSet' | 'samples' | 'temperature' | 'maxTokens' | 'grader'> & {
  readonly model: Pick<LanguageModel, 'name'>;
  readonly seed?: number;
}): { readonly [field: string]: JsonValue } {
  const examples = exampleTurns(promptSet);
  const checksum = createHash('sha256').update(JSON.stringify(problems)).digest('hex');
  return {
    model: model.name,
    promptSet: promptSet.name,
    prompt: promptSet.solve,
    problems: problems.length,
    problemsSha256: checksum,
    samples,
    temperature,
    maxTokens,
    ...(examples !== undefined && { examplesSha256: createHash('sha256').update(examples).digest('hex') }),
    ...(promptSet.form === 'raw' && { form: 'raw' }),
    ...(promptSet.stop && { stop: [...promptSet.stop] }),
    grader: grader.name,
    seed,
  };
}

function requireGold(problems: readonly EvaluatedProblem[]): readonly ProblemWithGold[] {
  if (problems.length === 0)
    throw new InputError('Cannot evaluate: there is no problem in the data; give at least one');
  const without = problems.filter((problem) => problem.answer === undefined || problem.answer.trim() === '');
  if (without.length > 0) {
    const shown = without.slice(0, 3).map((problem) => `"${problem.id}"`);
    const names = `${shown.join(', ')}${without.length > 3 ? ', …' : ''}`;
    throw new InputError(
      `Cannot evaluate: ${without.length} of ${problems.length} problems have no gold answer (${names}); add the answers or leave these problems out`,
    );
  }
  return problems.filter((problem): problem is ProblemWithGold => problem.answer !== undefined);
}
