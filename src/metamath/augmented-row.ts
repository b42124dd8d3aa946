import { type Strength, strengths } from '../answers/parse/verdict.js';
import { countBrokenSteps } from '../answers/steps/count-broken-steps.js';
import type { Prompt } from '../models/language-model.js';
import type { RunRecord } from '../runs/run-record.js';

/**
 * How a problem grows (MetaMath, Yu et al. 2023, section 3): answer augmentation, rephrasing, and the two kinds of backward questions.
 */
export type Technique = (typeof techniques)[number];

/** All techniques, in the order in which `augment` does them. */
export const techniques = ['answers', 'rephrase', 'self-verification', 'fobar'] as const;

/** MetaMathQA's names, after the data set's prefix: `GSM_AnsAug`. */
const typeSuffix: Readonly<Record<Technique, string>> = {
  answers: 'AnsAug',
  rephrase: 'Rephrased',
  'self-verification': 'SV',
  fobar: 'FOBAR',
};

export function augmentationType(dataset: string, technique: Technique): string {
  const prefix = /^gsm8k$/i.test(dataset) ? 'GSM' : dataset.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  return `${prefix}_${typeSuffix[technique]}`;
}

/** A question to be answered and graded, with what is known about where it came from. */
export type AugmentedQuestion = {
  readonly id: string;
  readonly query: string;
  /** What the model is asked: the query, in the words of the prompt set. */
  readonly request: Prompt;
  readonly gold: string;
  readonly technique: Technique;
  readonly type: string;
  /** `name@version` of the prompt set. */
  readonly prompt: string;
  readonly problem: string;
  readonly original_question: string;
  /** Set where it grew from a rephrasing of the problem. */
  readonly on?: 'rephrased' | undefined;
  readonly subject?: string | undefined;
  readonly level?: number | undefined;
  readonly steps?: number | undefined;
};

/**
 * One generated answer with its grade, and whether it is kept, wrong, a duplicate or failed: kept rows alone are mixed and exported. `kept`: right, and the first of its kind; `wrong`: graded and not equal to gold;
 * `duplicate`: right, but word for word a row before it, or a wording that came up before and was not asked again (`equivalent` is
 * null); `failed`: nothing to grade, `reason` says why.
 */
export type AugmentedRow = {
  readonly id: string;
  readonly query: string | null;
  readonly response: string | null;
  /** What the model thought before it answered; absent where it did not. */
  readonly thinking?: string;
  readonly type: string;
  readonly original_question: string;
  readonly technique: Technique;
  /** Id of the problem that it grew from. */
  readonly problem: string;
  /** `name@version` of the prompt set. */
  readonly prompt: string;
  /** Set on a backward row that grew from a rephrasing of the problem. */
  readonly on?: 'rephrased';
  readonly model: string;
  readonly sampling: { readonly temperature: number; readonly topP: number; readonly maxTokens: number };
  readonly tokens: { readonly prompt: number; readonly completion: number };
  readonly gold: string | null;
  readonly extracted: string | null;
  readonly equivalent: boolean | null;
  /** The grader's rule that decided. */
  readonly rule: string | null;
  /** How the verdict was reached (`proved`, `sampled`, `text`, `policy`); older rows do not name it. */
  readonly strength?: Strength | null;
  /** Lines of work that do not hold, or compute with numbers from nowhere; null where there is no answer, absent in older rows. */
  readonly brokenSteps?: number | null;
  readonly status: 'kept' | 'wrong' | 'duplicate' | 'failed';
  readonly reason: string | null;
  readonly subject: string | null;
  readonly level: number | null;
  readonly steps: number | null;
};

export type RowContext = Pick<AugmentedRow, 'model' | 'sampling'>;

/** The row of an answer's record. `question` is what was asked; the record may have failed before it was graded. */
export function toRow(question: AugmentedQuestion, record: RunRecord, context: RowContext): AugmentedRow {
  const isDone = record.status === 'done';
  const equivalent = isDone ? record.equivalent === true : null;
  return describeRow(question, record, {
    ...context,
    query: question.query,
    response: textOf(record.response),
    ...(typeof record.thinking === 'string' ? { thinking: record.thinking } : {}),
    gold: question.gold,
    extracted: textOf(record.extracted),
    equivalent,
    rule: textOf(record.rule),
    strength: strengths.find((strength) => strength === record.strength) ?? null,
    brokenSteps: isDone ? countBrokenSteps({ query: question.query, response: record.response }) : null,
    status: !isDone ? 'failed' : equivalent ? 'kept' : 'wrong',
    reason: isDone ? null : (record.reason ?? 'no reason given'),
  });
}

/**
 * The row of an answer that was never asked for, because a step before it (a rephrasing, a statement) failed, or because the
 * same question was asked already (`duplicate`).
 */
export function toUnaskedRow(
  question: Omit<AugmentedQuestion, 'query' | 'request' | 'gold'>,
  {
    id,
    status = 'failed',
    reason,
    record,
    context,
  }: { id: string; status?: 'failed' | 'duplicate'; reason: string; record: RunRecord; context: RowContext },
): AugmentedRow {
  const nothing = {
    query: null,
    response: null,
    gold: null,
    extracted: null,
    equivalent: null,
    rule: null,
    strength: null,
    brokenSteps: null,
  };
  return describeRow(question, { ...record, id }, { ...context, ...nothing, status, reason });
}

type Outcome = RowContext &
  Pick<
    AugmentedRow,
    | 'query'
    | 'response'
    | 'thinking'
    | 'gold'
    | 'extracted'
    | 'equivalent'
    | 'rule'
    | 'strength'
    | 'brokenSteps'
    | 'status'
    | 'reason'
  >;

/** The fields in the order in which people read them: MetaMathQA's four first. */
function describeRow(
  question: Omit<AugmentedQuestion, 'query' | 'request' | 'gold'>,
  record: RunRecord,
  outcome: Outcome,
): AugmentedRow {
  const { query, response, thinking, model, sampling, ...graded } = outcome;
  return {
    id: record.id,
    query,
    response,
    ...(thinking === undefined ? {} : { thinking }),
    type: question.type,
    original_question: question.original_question,
    technique: question.technique,
    problem: question.problem,
    prompt: question.prompt,
    ...(question.on === undefined ? {} : { on: question.on }),
    model,
    sampling,
    tokens: { prompt: Number(record.promptTokens ?? 0), completion: Number(record.completionTokens ?? 0) },
    ...graded,
    subject: question.subject ?? null,
    level: question.level ?? null,
    steps: question.steps ?? null,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
