import { createHash } from 'node:crypto';
import type { GoldReport } from '../answers/check-golds.js';
import { requireGolds } from '../answers/require-golds.js';
import { InputError } from '../errors.js';
import type { LanguageModel } from '../models/language-model.js';
import type { PromptSet } from '../prompts/prompt-set.js';
import { renderPrompt } from '../prompts/render-prompt.js';
import type { Run } from '../runs/open-run.js';
import type { JsonValue } from '../runs/run-record.js';
import { runStage } from '../runs/run-stage.js';
import type { StageProgress } from '../runs/track-progress.js';
import { createGrader, type Grader } from './create-grader.js';
import type { GradedRow } from './graded-row.js';
import { type EvaluationSummary, summarize } from './summarize.js';
import { type EvaluatedProblem, type ProblemWithGold, toGradedRow } from './to-graded-row.js';

/** The stage's name in the run directory. */
export const evaluateStage = 'evaluate';

export type EvaluateOptions = {
  readonly model: LanguageModel;
  readonly problems: readonly EvaluatedProblem[];
  /** Opened for the stage `evaluate`; its seed draws the samples. The caller finishes and closes it. */
  readonly run: Run;
  readonly promptSet: Pick<PromptSet, 'name' | 'solve'>;
  /** Answers a problem. @default 1 */
  readonly samples?: number;
  /** @default 0 with one sample, 0.7 with more: greedy samples would all be the same */
  readonly temperature?: number;
  /** @default 1024 */
  readonly maxTokens?: number;
  /** @default createGrader() */
  readonly grader?: Grader;
  /** Refuse data with gold answers that do not parse or do not equal themselves. @default false */
  readonly strictGolds?: boolean;
  /** Called before the model is asked anything, with the gold answers that deserve a warning. */
  readonly onGolds?: (golds: GoldReport) => void;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: StageProgress) => void;
};

export type Evaluation = {
  /** In the order of the problems, then of the samples. */
  readonly rows: readonly GradedRow[];
  readonly summary: EvaluationSummary;
  /** The self-check of the gold answers: on a broken one, points are lost whatever the model says. */
  readonly golds: GoldReport;
  /** Paths of `summary.json` and `graded.jsonl` in the run directory. */
  readonly files: readonly string[];
};

/**
 * Asks the model every problem, grades the answers and breaks the accuracy down. The same run again asks only what is
 * missing. Writes `graded.jsonl` and `summary.json` into the run directory.
 *
 * @throws InputError when there is no problem, a problem has no gold answer, or two have the same id,
 * or no gold answer can be matched
 */
export async function evaluate({
  model,
  problems,
  run,
  promptSet,
  samples = 1,
  temperature = samples > 1 ? 0.7 : 0,
  maxTokens = 1024,
  grader = createGrader(),
  strictGolds = false,
  onGolds,
  signal,
  onProgress,
}: EvaluateOptions): Promise<Evaluation> {
  const graded = requireGold(problems);
  const golds = requireGolds(
    graded.map(({ id, answer }) => ({ id, gold: answer })),
    { action: 'evaluate', strictGolds },
  );
  onGolds?.(golds);
  const records = await runStage({
    run,
    stage: evaluateStage,
    model,
    items: graded,
    request: ({ question }) => ({
      prompt: {
        messages: [
          { role: 'user', content: renderPrompt(promptSet.solve, { name: promptSet.name, values: { question } }) },
        ],
      },
      samples,
      sampling: { temperature, maxTokens },
    }),
    record: (problem, { text }) => gradeText(problem, text, grader),
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  const byId = new Map(graded.map((problem) => [problem.id, problem]));
  const rows = records.flatMap((record) => toGradedRow(record, byId.get(record.input)));
  const summary = summarize(rows, { grader: grader.name, isSame: grader.isSame });
  const files = [
    await run.writeFile('graded.jsonl', rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
    await run.writeFile('summary.json', `${JSON.stringify(summary, null, 2)}\n`),
  ];
  return { rows, summary, golds, files };
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
  temperature = samples > 1 ? 0.7 : 0,
  maxTokens = 1024,
  grader = createGrader(),
  seed = 0,
}: Omit<EvaluateOptions, 'model' | 'run' | 'strictGolds' | 'onGolds' | 'signal' | 'onProgress'> & {
  readonly model: Pick<LanguageModel, 'name'>;
  readonly seed?: number;
}): { readonly [field: string]: JsonValue } {
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

function gradeText({ question, answer: gold }: ProblemWithGold, text: string, grader: Grader) {
  const { correct, answer, rule } = grader.grade({ question, gold, response: text });
  return { response: text, ...(answer !== undefined && { answer }), correct, rule };
}
