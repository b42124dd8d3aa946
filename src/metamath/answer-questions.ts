import { endAtAnswer } from '../answers/extract/end-at-answer.js';
import { gradeResponse } from '../answers/grade/grade-response.js';
import { mapInTurns } from '../let-others-run.js';
import type { RunRecord } from '../runs/run-record.js';
import { runStage } from '../runs/run-stage.js';
import { endAtTurn } from '../steps/end-at-turn.js';
import type { StageFields } from '../steps/stage-fields.js';
import { type AugmentedQuestion, type AugmentedRow, toRow } from './augmented-row.js';
import type { TechniqueContext } from './technique-context.js';

/**
 * Asks the model `samples` times for each question and grades every answer against the question's gold. An answer that
 * ran into the token limit (unless that was behind its answer, `ranOn` characters of other things) or is empty has failed; one from which no answer can be taken is wrong.
 */
export async function answerQuestions(
  questions: readonly AugmentedQuestion[],
  { stage, samples, context }: { stage: string; samples: number; context: TechniqueContext },
): Promise<readonly AugmentedRow[]> {
  const { run, model, sampling, seedOf, signal, onProgress } = context;
  const records = await runStage({
    run,
    stage,
    model,
    items: questions,
    request: (question) => ({
      prompt: question.request,
      samples,
      stopsBehindAnswer: true,
      sampling: { ...sampling, seed: seedOf(stage, question.id) },
    }),
    record: ({ query, gold, type }, { text, finishReason, thinking, ranOn }): StageFields => {
      const ended = endAtTurn(text) ?? (finishReason === 'length' || ranOn ? endAtAnswer(text) : undefined);
      if (finishReason === 'length' && ended === undefined) return { failed: 'length', query, type };
      const response = (ended?.text ?? text).trim();
      if (response === '') return { failed: 'empty', query, type };
      const { equivalent, extracted, rule, strength } = gradeResponse({ gold, response });
      const known = { query, type, response, gold, extracted: extracted ?? null, equivalent, rule, strength };
      const graded = ended === undefined ? known : { ...known, ranOn: ended.ranOn };
      return thinking === undefined ? graded : { ...graded, thinking };
    },
    signal,
    onProgress,
  });
  const byId = new Map(questions.map((question) => [question.id, question]));
  const rows = await mapInTurns(records, (record) => rowOf(byId.get(record.input), record, context), signal);
  return markDuplicates(rows.flat());
}

function rowOf(question: AugmentedQuestion | undefined, record: RunRecord, context: TechniqueContext): AugmentedRow[] {
  const { model, sampling } = context;
  return question === undefined ? [] : [toRow(question, record, { model: model.name, sampling })];
}

/**
 * A right answer in the words of an earlier one to the same query teaches nothing new. Only rows of one problem are
 * compared, so that parts of a data set give together what the whole gives; between problems `assemble` compares.
 */
function markDuplicates(rows: readonly AugmentedRow[]): readonly AugmentedRow[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    if (row.status !== 'kept') return row;
    const key = JSON.stringify([row.problem, row.query, row.response]);
    if (seen.has(key)) return { ...row, status: 'duplicate' as const };
    seen.add(key);
    return row;
  });
}
