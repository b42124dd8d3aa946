import { splitThinking } from '../../answers/extract/split-thinking.js';
import { goldAnswer } from '../../answers/grade/grade-response.js';
import { recordId } from '../../runs/run-record.js';
import type { Grader } from '../create-grader.js';
import { gradeCompletion } from '../grade-completion.js';
import type { GradedRow } from '../graded-row.js';
import type { UpstreamRow } from './upstream-row.js';

/** The stage's name in the run directory. */
export const importStage = 'import';

/** The rule of a row that only the harness judged: it holds no response, or no gold answer. */
export const upstreamRule = 'upstream';

/**
 * The graded row of an answer of another harness: our verdict, with the harness's own beside it. Where the file does not hold what a verdict
 * needs, the harness's stands; undefined where there is none either.
 */
export function gradeUpstream(
  row: UpstreamRow,
  { grader, sample, problem }: { readonly grader: Grader; readonly sample: number; readonly problem: string },
): GradedRow | undefined {
  const golds = (row.golds ?? []).map(goldAnswer);
  const common = {
    id: recordId(importStage, problem, sample),
    problem,
    sample,
    ...kept(row),
    ...(golds.length > 0 && { gold: golds.join(' or ') }),
  };
  if (row.failure !== undefined) {
    const reason = row.failure.replace(/\s+/g, ' ').slice(0, 300);
    return { ...common, status: 'failed', failure: 'lasting', reason, correct: false };
  }
  if (row.response === undefined || golds.length === 0) {
    if (row.correct === undefined) return undefined;
    const { response, answer } = row;
    return {
      ...common,
      status: 'done',
      correct: row.correct,
      rule: upstreamRule,
      ...(response !== undefined && { response }),
      ...(answer !== undefined && { answer }),
    };
  }
  const { question = '' } = row;
  const { thinking = row.thinking, response, isOpen } = splitThinking(row.response);
  const said = {
    text: response,
    ...(thinking !== undefined && { thinking }),
    ...(row.finishReason === 'length' && { finishReason: 'length' as const }),
    ...(isOpen && { isThinkingOpen: true as const }),
    ...(row.thinking === undefined && thinking !== undefined && { isThinkingInText: true as const }),
  };
  // Any of several right answers will do
  const verdicts = golds.map((gold) => gradeCompletion({ id: problem, question, answer: gold }, said, grader));
  const verdict = verdicts.find(({ correct }) => correct === true) ?? verdicts[0];
  return { ...common, status: 'done', ...verdict } as GradedRow;
}

/** What a graded row keeps of the answer as it came. */
function kept({ correct, answer, fields, ...row }: UpstreamRow): Partial<GradedRow> {
  const { task, question, thinking, finishReason, promptTokens, completionTokens, costUsd } = row;
  const told = { task, question, thinking, finishReason, promptTokens, completionTokens, costUsd };
  const found = Object.entries(told).filter(([, value]) => value !== undefined);
  return {
    ...withoutOwn(fields ?? {}),
    ...Object.fromEntries(found),
    ...(correct !== undefined && { upstream: correct }),
    ...(answer !== undefined && { upstreamAnswer: answer }),
  };
}

/** Names that mean something else in our rows. */
const ownNames = [
  'id',
  'problem',
  'sample',
  'status',
  'correct',
  'answer',
  'rule',
  'reason',
  'upstream',
  'questionThird',
  'questionLength',
];

function withoutOwn(fields: NonNullable<UpstreamRow['fields']>): object {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !ownNames.includes(name)));
}
