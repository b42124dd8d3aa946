import type { GoldReport } from '../answers/grade/check-golds.js';
import { requireGolds } from '../answers/grade/require-golds.js';
import { InputError } from '../errors.js';
import type { LanguageModel } from '../models/language-model.js';
import type { Problem } from '../problems/problem.js';
import type { PromptSet } from '../prompts/prompt-set.js';
import { itemSeed } from '../runs/item-seed.js';
import type { Run } from '../runs/open-run.js';
import { countAttempts } from '../runs/set-aside-failed.js';
import type { StageProgress } from '../runs/track-progress.js';
import { choosePromptSet } from '../steps/choose-prompt-set.js';
import { settle } from '../steps/setting.js';
import { augmentAnswers } from './answer-augmentation.js';
import { augment as step } from './augment.js';
import { type AugmentedRow, augmentationType, type Technique, techniques } from './augmented-row.js';
import { countYield, type TechniqueYield } from './count-yield.js';
import { augmentFobar } from './fobar.js';
import { growRephrasings } from './grow-rephrasings.js';
import { augmentRephrasing } from './rephrasing.js';
import { augmentSelfVerification } from './self-verification.js';
import type { TechniqueContext, TechniqueResult } from './technique-context.js';

/** What `augment` grows, by which technique, with whom, and into which run. */
export type AugmentOptions = {
  readonly problems: readonly Problem[];
  readonly technique: Technique | 'all';
  readonly model: LanguageModel;
  readonly run: Run;
  /** Answers a question; for rephrasing: rephrasings a problem. @default 1 */
  readonly repeat?: number;
  /** @default 1 */
  readonly answersPerRephrasing?: number;
  /** @default 0.7, as in MetaMath */
  readonly temperature?: number;
  /** @default 1 */
  readonly topP?: number;
  /** @default 1024 */
  readonly maxTokens?: number;
  /** A prompt set or its name. @default 'pocket' for the model `pocket`, else the data set's, else 'instruct' */
  readonly promptSet?: string | PromptSet;
  /** Prefix of the rows' type: `pocket`, `gsm8k`, `math`, or a name of your own. @default 'pocket' */
  readonly dataset?: string;
  /** @default the run's seed */
  readonly seed?: number;
  /** At most so many backward questions a problem, or a rephrasing of it. @default all */
  readonly maxBackward?: number | undefined;
  /** What backward questions are made of: the problems, or rephrasings of them. @default 'questions' */
  readonly on?: 'questions' | 'rephrased';
  /** Rephrasings a problem, with `on: 'rephrased'`. @default 1 */
  readonly rephrasings?: number;
  /** Refuse problems whose answers do not parse or do not equal themselves. @default false */
  readonly strictGolds?: boolean;
  /** Called before the model is asked anything, with the answers that deserve a warning. */
  readonly onGolds?: (golds: GoldReport) => void;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StageProgress) => void) | undefined;
};

export type AugmentResult = {
  /** All rows, graded: techniques in order, then problems, then samples. `rows.jsonl` of the run holds the kept ones. */
  readonly rows: readonly AugmentedRow[];
  readonly yields: readonly TechniqueYield[];
};

/** What the records of a run call the steps of the techniques. */
export const augmentStages: readonly string[] = [
  ...['answers', 'rephrase', 'rephrase-answers', 'statement', 'self-verification', 'fobar'],
];

const techniqueOf: Readonly<Record<Technique, typeof augmentAnswers>> = {
  answers: augmentAnswers,
  rephrase: augmentRephrasing,
  'self-verification': augmentSelfVerification,
  fobar: augmentFobar,
};

/**
 * Grows problems by MetaMath's techniques (Yu et al. 2023) and grades every answer. Writes two derived files to the run directory:
 * `rows.jsonl` (kept, in MetaMathQA's shape and more) and `graded.jsonl` (all). Throws `InputError` when a problem has no answer to grade
 * by.
 *
 * @example const run = { directory: 'runs/grown', stage: 'augment', config: { seed: 7 } };
 * const { rows, yields } = await withRun(run, (run) => augment({ problems, technique: 'all', model, run, repeat: 4 }));
 */
export async function augment(options: AugmentOptions): Promise<AugmentResult> {
  const { problems, technique } = options;
  checkProblems(problems);
  const golds = await requireGolds(
    problems.map(({ id, answer = '' }) => ({ id, gold: answer })),
    { action: 'augment', strictGolds: options.strictGolds ?? false, signal: options.signal },
  );
  options.onGolds?.(golds);
  const context = await resolveContext(options);
  const rows: AugmentedRow[] = [];
  const yields: TechniqueYield[] = [];
  const counted = new Set<string>();
  for (const name of technique === 'all' ? techniques : [technique]) {
    const isOnRephrased = options.on === 'rephrased' && (name === 'self-verification' || name === 'fobar');
    const result: TechniqueResult = isOnRephrased
      ? await growRephrasings(problems, { grow: techniqueOf[name], counted, context })
      : await techniqueOf[name](problems, context);
    for (const id of options.run.records('rephrase').keys()) counted.add(id);
    for (const row of result.rows) rows.push(row);
    yields.push(countYield(result, { technique: name, type: augmentationType(context.dataset, name) }));
  }
  const kept = rows.filter(({ status }) => status === 'kept');
  await context.run.leave({ name: 'grown', file: 'graded.jsonl' }, rows);
  await context.run.leave({ name: 'kept', file: 'rows.jsonl' }, kept);
  return { rows, yields };
}

function checkProblems(problems: readonly Problem[]): void {
  const ungraded = problems.find(({ answer }) => answer === undefined || answer.trim() === '');
  if (ungraded !== undefined) {
    throw new InputError(
      `Cannot augment problem "${ungraded.id}": it has no answer, and no answer could be graded; give each row one`,
    );
  }
}

async function resolveContext(options: AugmentOptions): Promise<TechniqueContext> {
  const { model, seed = options.run.seed } = options;
  const { temperature, topP, maxTokens, repeat, answersPerRephrasing, rephrasings } = settle(step.settings, options);
  const attempts = await countAttempts(options.run.directory);
  return {
    run: options.run,
    model,
    promptSet: choosePromptSet(model, options.promptSet, options.dataset),
    dataset: options.dataset ?? 'pocket',
    repeat,
    answersPerRephrasing,
    sampling: { temperature, topP, maxTokens },
    rephrasings,
    seed,
    seedOf: (stage, id) => {
      const attempt = attempts(stage, id);
      return itemSeed(seed, attempt === 0 ? stage : `${stage}, attempt ${attempt}`, id);
    },
    attempts,
    maxBackward: options.maxBackward,
    signal: options.signal,
    onProgress: options.onProgress,
  };
}
