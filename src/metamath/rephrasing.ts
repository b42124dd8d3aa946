import type { Problem } from '../problems/problem.js';
import type { RunRecord } from '../runs/run-record.js';
import { runStage } from '../runs/run-stage.js';
import { renderRequest } from '../steps/render-request.js';
import type { StageFields } from '../steps/stage-fields.js';
import { sumTokens } from '../steps/sum-tokens.js';
import { answerQuestions } from './answer-questions.js';
import { type AugmentedQuestion, type AugmentedRow, toUnaskedRow } from './augmented-row.js';
import { checkRephrasing } from './check-rephrasing.js';
import { describeQuestion } from './describe-question.js';
import type { TechniqueContext, TechniqueResult } from './technique-context.js';

const stage = 'rephrase';

/**
 * Rephrasing: `repeat` new wordings of each problem, and answers to those that pass the check; the gold answer stays
 * (MetaMath, section 3.2). A wording that came up before is asked once.
 */
export async function augmentRephrasing(
  problems: readonly Problem[],
  context: TechniqueContext,
): Promise<TechniqueResult> {
  const records = await rephrase(problems, { samples: context.repeat, context });
  const byId = new Map(problems.map((problem) => [problem.id, problem]));
  const seen = new Set<string>();
  const questions: AugmentedQuestion[] = [];
  const unasked: AugmentedRow[] = [];
  for (const record of records) {
    const problem = byId.get(record.input);
    if (problem === undefined) continue;
    const source = { ...describeQuestion(problem, { technique: 'rephrase', context }), id: record.id };
    const query = String(record.rephrased ?? '');
    const key = JSON.stringify([problem.id, query]);
    const isRepeated = record.status !== 'failed' && seen.has(key);
    const reason = record.status === 'failed' ? (record.reason ?? 'no reason given') : undefined;
    seen.add(key);
    if (reason === undefined && !isRepeated) {
      const request = renderRequest(context.promptSet, { kind: 'solve', values: { question: query } });
      questions.push({ ...source, query, request, gold: problem.answer ?? '' });
    } else unasked.push(...unaskedRows(source, { fault: reason ?? 'repeated', isRepeated, record, context }));
  }
  const samples = context.answersPerRephrasing;
  const answered = await answerQuestions(questions, { stage: 'rephrase-answers', samples, context });
  return { rows: [...answered, ...unasked], skipped: {}, stepTokens: sumTokens(records) };
}

/** `samples` new wordings of each problem, checked; the n-th sample is the same whoever asks for it. */
export function rephrase(
  problems: readonly Problem[],
  { samples, context }: { samples: number; context: TechniqueContext },
): Promise<readonly RunRecord[]> {
  const { run, model, promptSet, sampling, seedOf, signal, onProgress } = context;
  return runStage({
    run,
    stage,
    model,
    items: problems,
    request: ({ id, question }) => ({
      prompt: renderRequest(promptSet, { kind: 'rephrase', values: { question } }),
      samples,
      sampling: { ...sampling, seed: seedOf(stage, id) },
    }),
    record: ({ question }, { text, finishReason }): StageFields => {
      const rephrased = text.trim();
      if (finishReason === 'length') return { failed: 'length' };
      const fault = checkRephrasing({ original: question, rephrased });
      return fault === undefined ? { rephrased } : { failed: fault, rephrased };
    },
    signal,
    onProgress,
  });
}

/** Every answer that the wording would have got is counted, so that asked = kept + wrong + duplicate + failed. */
function unaskedRows(
  source: Omit<AugmentedQuestion, 'query' | 'request' | 'gold'>,
  {
    fault,
    isRepeated,
    record,
    context,
  }: { fault: string; isRepeated: boolean; record: RunRecord; context: TechniqueContext },
): readonly AugmentedRow[] {
  const rowContext = { model: context.model.name, sampling: context.sampling };
  return Array.from({ length: context.answersPerRephrasing }, (_, sample) =>
    toUnaskedRow(source, {
      id: sample === 0 ? record.id : `${record.id}-${sample}`,
      status: isRepeated ? 'duplicate' : 'failed',
      reason: `rephrasing: ${fault}`,
      // its tokens are counted as the step's
      record: { ...record, promptTokens: 0, completionTokens: 0 },
      context: rowContext,
    }),
  );
}
