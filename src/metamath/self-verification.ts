import type { Problem } from '../problems/problem.js';
import { itemSeed, type RunRecord } from '../runs/run-record.js';
import { runStage } from '../runs/run-stage.js';
import { answerQuestions } from './answer-questions.js';
import { type AugmentedQuestion, type AugmentedRow, toFailedRow } from './augmented-row.js';
import { selfVerificationQuery, tellMasked } from './backward-query.js';
import { type BackwardQuestion, backwardQuestions } from './backward-questions.js';
import { checkStatement } from './check-statement.js';
import { describeQuestion } from './describe-question.js';
import { renderRequest } from './render-request.js';
import type { StageFields } from './stage-fields.js';
import { sumTokens } from './sum-tokens.js';
import type { TechniqueContext, TechniqueResult } from './technique-context.js';

const stage = 'statement';

/**
 * Self-verification: the asked sentence and its answer become a statement, a quantity in front of it is masked and asked
 * for (Weng et al. 2023; MetaMath, section 3.3). One greedy statement serves all masks of a problem.
 */
export async function augmentSelfVerification(
  problems: readonly Problem[],
  context: TechniqueContext,
): Promise<TechniqueResult> {
  const { maxBackward, seed, repeat } = context;
  const { questions, skipped } = backwardQuestions(problems, { beforeQuestion: true, maxBackward, seed });
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
  const { run, model, promptSet, sampling, seed, signal, onProgress } = context;
  const items = [...new Map(questions.map(({ problem, asked }) => [problem.id, { ...problem, asked }])).values()];
  return runStage({
    run,
    stage,
    model,
    items,
    request: ({ id, asked, answer = '' }) => ({
      prompt: renderRequest(promptSet, { kind: 'statement', values: { question: asked.sentence, answer } }),
      sampling: { ...sampling, temperature: 0, seed: itemSeed(seed, stage, id) },
    }),
    record: ({ answer = '' }, { text, finishReason }): StageFields => {
      const statement = text.trim();
      if (finishReason === 'length') return { failed: 'length' };
      const fault = checkStatement({ statement, answer });
      return fault === undefined ? { statement } : { failed: fault, statement };
    },
    signal,
    onProgress,
  });
}

function ask({ id, problem, mask, asked }: BackwardQuestion, statement: string, context: TechniqueContext) {
  const masked = tellMasked({ mask, asked, statement });
  return {
    ...describeQuestion(problem, { technique: 'self-verification', context }),
    id,
    query: selfVerificationQuery({ masked }),
    request: renderRequest(context.promptSet, { kind: 'backward-self-verification', values: { masked } }),
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
    toFailedRow(source, {
      id: `${record.id}-${id.slice(problem.id.length + 1)}-${sample}`,
      reason: `statement: ${record.reason ?? 'no reason given'}`,
      record: { ...record, promptTokens: 0, completionTokens: 0 },
      context: { model: context.model.name, sampling: context.sampling },
    }),
  );
}
