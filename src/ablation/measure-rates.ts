import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPython } from '../gpu/find-python.js';
import { isRecorded } from '../gpu/recorded-run.js';
import { scriptNeeds } from '../gpu/scripts.js';
import type { LanguageModel } from '../models/language-model.js';
import type { PromptSet } from '../prompts/prompt-set.js';
import { choosePromptSet } from '../steps/choose-prompt-set.js';
import { renderRequest } from '../steps/render-request.js';
import { writeJsonl } from '../storage/write-jsonl.js';
import { studentPrompts } from './evaluate-arm.js';
import { meanTokens } from './mix-set.js';
import { needsGpu } from './open-models.js';
import { datasetOf, type KnownProblem, solutionOf, trainProblems } from './problem-source.js';
import type { AblationRecipe } from './recipe.js';
import { trainArm } from './train-arm.js';

/** How fast this machine is just now at what an ablation does. */
export type MachineRates = {
  readonly teacherTokensPerSecond: number;
  readonly studentTokensPerSecond: number;
  /** Of an answer of the teacher; a student that learnt from it writes as much. */
  readonly tokensPerAnswer: number;
  /** Of a row to learn, question and response. */
  readonly tokensPerRow: number;
  readonly trainingTokensPerSecond: number;
  /** From the start of a training to its first step, and from its last to its end. */
  readonly trainingStartSeconds: number;
};

/** Rows that are learnt to find out. */
const learnt = 96;
/** Problems that are answered. An engine works at hundreds at once: by 24 answers its rate looked twenty times lower than it was. */
export const probesOf = (name: string): number => (needsGpu(name) ? 256 : 24);

/**
 * Measures with a few answers of both models and a training on 96 rows in a temporary folder: some 20 seconds. Throws `InputError` before
 * anything is opened where no Python here can train.
 */
export async function measureRates({
  recipe,
  openTeacher,
  openStudent,
  freeGpu,
  onStart,
  findTrainer = findTrainingPython,
  signal,
  gpus,
}: {
  readonly recipe: AblationRecipe;
  readonly openTeacher: () => Promise<LanguageModel>;
  readonly openStudent: () => Promise<LanguageModel>;
  /** Called before the training. */
  readonly freeGpu: () => Promise<void>;
  /** Hears, when all is there, on how many rows will be trained. */
  readonly onStart?: ((rows: number) => void) | undefined;
  /** Throws where nothing can train. @default looks for a Python with PyTorch, or a recording */
  readonly findTrainer?: () => Promise<void>;
  readonly signal?: AbortSignal | undefined;
  readonly gpus?: number | undefined;
}): Promise<MachineRates> {
  await findTrainer();
  onStart?.(learnt);
  const wanted = Math.max(probesOf(recipe.student), probesOf(recipe.teacher), learnt);
  const many = recipe.data === undefined ? wanted : Math.min(wanted, recipe.problems);
  const problems = await trainProblems({ ...recipe, problems: many }, recipe.seed);
  const rows = Array.from({ length: learnt }, (_, place) => problems[place % problems.length] as KnownProblem).map(
    (problem) => ({ query: problem.question, response: solutionOf(problem) }),
  );
  const askedOf = (name: string) => ({
    questions: problems.slice(0, probesOf(name)).map(({ question }) => question),
    ...{ maxTokens: recipe.test.maxTokens, signal },
  });
  const student = await openStudent();
  const untaught = await timeAnswers(student, {
    ...askedOf(recipe.student),
    promptSet: studentPrompts(student, recipe),
  });
  const tokensPerRow = await meanTokens(rows, countTokensBy(student));
  await freeGpu();
  const folder = await mkdtemp(join(tmpdir(), 'mathpie-rates-'));
  try {
    const data = join(folder, 'rows.jsonl');
    await writeJsonl({ file: data, rows });
    const training = { ...recipe, epochs: 1 };
    const run = join(folder, 'train');
    const trained = await trainArm({ recipe: training, data, directory: run, seed: 0, signal, gpus });
    const rate = trained.tokensPerSecond || 1;
    // Last, because it is what is asked next
    const teacher = await openTeacher();
    const teacherPrompts = choosePromptSet(teacher, recipe.prompts.teacher, datasetOf(recipe));
    const asked = { ...askedOf(recipe.teacher), promptSet: teacherPrompts };
    const taught = await timeAnswers(teacher, asked);
    return {
      teacherTokensPerSecond: Math.round(taught.tokens / taught.seconds),
      studentTokensPerSecond: Math.round(untaught.tokens / untaught.seconds),
      tokensPerAnswer: Math.round(taught.tokens / asked.questions.length),
      tokensPerRow: Math.round(tokensPerRow),
      trainingTokensPerSecond: Math.round(rate),
      trainingStartSeconds: Math.max(1, Math.round(trained.seconds - (learnt * tokensPerRow) / rate)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function findTrainingPython(): Promise<void> {
  if (!(await isRecorded('train-sft', process.env))) await findPython(scriptNeeds('train-sft'));
}

/** Counts tokens by a model's own tokenizer; by characters where it does not tell. */
export const countTokensBy =
  (model: LanguageModel) =>
  async (text: string): Promise<number> =>
    (await model.tokenize?.(text))?.length ?? Math.ceil(text.length / 3);

async function timeAnswers(
  model: LanguageModel,
  {
    questions,
    promptSet,
    maxTokens,
    signal,
  }: { questions: readonly string[]; promptSet: PromptSet; maxTokens: number; signal: AbortSignal | undefined },
): Promise<{ readonly tokens: number; readonly seconds: number }> {
  const requests = questions.map((question, place) => ({
    id: String(place),
    prompt: renderRequest(promptSet, { kind: 'solve', values: { question } }),
    sampling: { temperature: 0, maxTokens },
  }));
  const startedAt = performance.now();
  let tokens = 0;
  for await (const { completionTokens } of model.generate(requests, signal === undefined ? {} : { signal }))
    tokens += completionTokens;
  return { tokens: Math.max(1, tokens), seconds: Math.max(0.05, (performance.now() - startedAt) / 1000) };
}
