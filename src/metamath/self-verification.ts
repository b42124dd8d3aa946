import type { RunRecord } from '../runs/run-record.js';
import { runStage } from '../runs/run-stage.js';
import { namesVariable, renderRequest } from '../steps/render-request.js';
import type { StageFields } from '../steps/stage-fields.js';
import { sumTokens } from '../steps/sum-tokens.js';
import { answerQuestions } from './answer-questions.js';
import { type AugmentedQuestion, type AugmentedRow, toUnaskedRow } from './augmented-row.js';
import { selfVerificationQuery, tellMasked } from './backward-query.js';
import { type BackwardQuestion, backwardQuestionsInTurns } from './backward-questions.js';
import { checkStatement } from './check-statement.js';
import { describeQuestion } from './describe-question.js';
import type { SourceProblem } from './source-problem.js';
import type { TechniqueContext, TechniqueResult } from './technique-context.js';

const stage = 'statement';

/**
 * Self-verification: the asked sentence and its answer become a statement, a quantity in front of it is masked and asked
 * for (Weng et al. 2023; MetaMath, section 3.3). One greedy statement serves all masks of a problem.
 */
export async function augmentSelfVerification(
  problems: readonly SourceProblem[],
  context: TechniqueContext,
): Promise<TechniqueResult> {
  const { maxBackward, seed, repeat, signal } = context;
  const unknown = namesVariable(context.promptSet, 'backward-self-verification') ? 'any' : 'x';
  const chosen = { beforeQuestion: true, unknown, maxBackward, seed, signal } as const;
  const { questions, skipped } = await backwardQuestionsInTurns(problems, chosen);
  const records = await state(questions, context);
  const statements = new Map(records.map((record) => [record.input, record]));
  const asked: AugmentedQuestion[] = [];
  const failed: AugmentedRow[] = [];
  for (const question of questions) {
    const record = statements.get(question.problem.id);
    if (record?.status === 'done') asked.push(ask(question, String(record.statement), context));
    else if (record !== undefined) failed.push(...failedRows(question, record, context));
  }
  const rows = await answerQuestions(asked, { stage: 'self-verification', samples: repeat, context });
  return { rows: [...rows, ...failed], skipped, stepTokens: sumTokens(records) };
}

function state(questions: readonly BackwardQuestion[], context: TechniqueContext): Promise<readonly RunRecord[]> {
  const { run, model, promptSet, sampling, seedOf, attempts, signal, onProgress } = context;
  // all masks of a problem have the same variable
  const items = new Map(
    questions.map(({ problem, asked, mask }) => [problem.id, { ...problem, asked, variable: mask.variable }]),
  );
  return runStage({
    run,
    stage,
    model,
    items: [...items.values()],
    request: ({ id, asked, answer = '' }) => ({
      prompt: renderRequest(promptSet, { kind: 'statement', values: { question: asked.sentence, answer } }),
      // greedy once more would give the same words once more
      sampling: { ...sampling, ...(attempts(stage, id) === 0 && { temperature: 0 }), seed: seedOf(stage, id) },
    }),
    record: ({ answer = '', asked, variable }, { text, finishReason }): StageFields => {
      const statement = text.trim();
      if (finishReason === 'length') return { failed: 'length' };
      const fault = checkStatement({ statement, answer, question: asked.sentence, variable });
      return fault === undefined ? { statement } : { failed: fault, statement };
    },
    signal,
    onProgress,
  });
}

function ask({ id, problem, mask, asked }: BackwardQuestion, statement: string, context: TechniqueContext) {
  const masked = tellMasked({ mask, asked, statement });
  const { variable } = mask;
  return {
    ...describeQuestion(problem, { technique: 'self-verification', context }),
    id,
    query: selfVerificationQuery({
      masked,
      variable,
      inDollars: context.dataset === 'math',
      words: context.promptSet,
    }),
    request: renderRequest(context.promptSet, { kind: 'backward-self-verification', values: { masked, variable } }),
    gold: mask.value,
  };
}

/** Every answer that the question would have got counts as failed, so that asked = kept + wrong + duplicate + failed. */
function failedRows(
  { id, problem }: BackwardQuestion,
  record: RunRecord,
  context: TechniqueContext,
): readonly AugmentedRow[] {
  const source = { ...describeQuestion(problem, { technique: 'self-verification', context }), id };
  return Array.from({ length: context.repeat }, (_, sample) =>
    toUnaskedRow(source, {
      id: `${record.id}-${id.slice(problem.id.length + 1)}-${sample}`,
      reason: `statement: ${record.reason ?? 'no reason given'}`,
      record: { ...record, promptTokens: 0, completionTokens: 0 },
      context: { model: context.model.name, sampling: context.sampling },
    }),
  );
}
