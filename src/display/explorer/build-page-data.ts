import { createHash } from 'node:crypto';
import type { Disagreement } from '../../answers/grade/compare-graders.js';
import { InputError } from '../../errors.js';
import { alignByQuestion } from '../../evaluation/align-by-question.js';
import type { BestOf } from '../../evaluation/best-of.js';
import { createGrader } from '../../evaluation/create-grader.js';
import type { GradedRow } from '../../evaluation/graded-row.js';
import type { Language } from '../../language/translate.js';
import { isUnanswered } from '../../runs/count-calls.js';
import { packageVersion } from '../../runs/run-config.js';
import { findAnswerPlace } from './find-answer-place.js';
import { type Outcome, outcomes, type PageData, type PageRun, type RowTexts } from './page-data.js';
import { pageFields } from './page-fields.js';

/** One evaluation as the explorer shows it. */
export type ExplorerRun = {
  readonly name: string;
  readonly rows: readonly GradedRow[];
  /** Who gave the verdicts. @default 'mathpie' */
  readonly grader?: string | undefined;
  readonly model?: string | undefined;
  /** Best of k over all questions, by each way of choosing. */
  readonly best?: readonly BestOf[] | undefined;
  /** A second grader and the rows on which it differs. @default the harness's verdicts of imported rows, else the Hendrycks preset, asked now */
  readonly second?:
    | { readonly grader: string; readonly disagreements: readonly Pick<Disagreement, 'id' | 'b'>[] }
    | undefined;
};

export type ExplorerOptions = {
  readonly title: string;
  readonly lead?: string | undefined;
  readonly language?: Language | undefined;
};

/** Rows whose texts lie in one piece of the page. */
const rowsAPiece = 500;

/** The data of the page, and the texts of its rows in pieces. Throws `InputError` where there is no row. */
export function buildPageData(
  given: readonly ExplorerRun[],
  { title, lead = '', language = 'en' }: ExplorerOptions,
): { readonly data: PageData; readonly pieces: readonly (readonly RowTexts[])[] } {
  // Two harnesses number one test set in two ways
  const runs = given.map((run) => ({ ...run, rows: alignByQuestion(run.rows, given[0]?.rows ?? []) }));
  if (runs.every(({ rows }) => rows.length === 0)) {
    throw new InputError('Cannot show the runs: they hold no graded row; evaluate a model first');
  }
  const problems = new Map<
    string,
    { readonly number: number; readonly id: string; readonly question: string; readonly gold: string }
  >();
  const rules = new Map<string, number>();
  const sorted = runs.flatMap((run, number) => sortRows(run).map((row) => ({ row, run: number })));
  const second = runs.map(secondOpinion);
  const columns = sorted.map(({ row, run }) => {
    const { id = `${row.problem}/${row.sample ?? 0}`, problem, question = '', gold = '', rule = '' } = row;
    const key = JSON.stringify([problem, question.replace(/\s+/g, ' ').trim()]);
    const known = problems.get(key) ?? { number: problems.size, id: problem, question, gold };
    problems.set(key, known);
    const ruleNumber = rules.get(rule) ?? rules.size;
    rules.set(rule, ruleNumber);
    const other = second[run]?.verdict(row);
    return { id, run, problem: known.number, row, rule: ruleNumber, other };
  });
  const column = <Value>(read: (each: (typeof columns)[number]) => Value): Value[] => columns.map(read);
  const isSame = ({ row, other }: (typeof columns)[number]): boolean => other?.answer === row.answer;
  const data: PageData = {
    ...{ title, lead, language, madeBy: `mathpie ${packageVersion()}`, rowsAPiece },
    fingerprint: createHash('sha256')
      .update(columns.map(({ id, run }) => `${run}${id}`).join(' '))
      .digest('hex')
      .slice(0, 16),
    runs: runs.map((run, number) => describeRun(run, second[number]?.name ?? '')),
    problems: [...problems.values()].map(({ id, question, gold }) => ({ id, question, gold })),
    rows: {
      id: column(({ id }) => id),
      run: column(({ run }) => run),
      problem: column(({ problem }) => problem),
      sample: column(({ row }) => row.sample ?? 0),
      outcome: column(({ row }) => outcomes.indexOf(outcomeOf(row))),
      second: column(({ other }) => (other?.correct === undefined ? 2 : Number(other.correct))),
      answer: column(({ row }) => row.answer ?? null),
      secondAnswer: column((each) => (isSame(each) ? null : (each.other?.answer ?? null))),
      rule: column(({ rule }) => rule),
      tokens: column(({ row }) => row.completionTokens ?? null),
      promptTokens: column(({ row }) => row.promptTokens ?? null),
      costUsd: column(({ row }) => row.costUsd ?? null),
    },
    rules: [...rules.keys()],
    fields: pageFields(sorted),
  };
  return { data, pieces: intoPieces(sorted.map(({ row }) => textsOf(row))) };
}

export function outcomeOf(row: GradedRow): Outcome {
  if (isUnanswered(row)) return 'failed';
  if (row.correct) return 'right';
  if (row.finishReason === 'length') return 'cut';
  return row.answer === undefined ? 'unanswered' : 'wrong';
}

function describeRun({ name, grader = 'mathpie', model, best }: ExplorerRun, second: string): PageRun {
  const ways = best?.map(({ by, scoredBy, k, n, correct, accuracy, interval }) => {
    return { by, scoredBy, k, n, correct, accuracy, interval };
  });
  return { name, grader, second, ...(model !== undefined && { model }), ...(ways && { best: ways }) };
}

/** Samples of a question lie together: what is counted by question is then counted in one pass. */
function sortRows({ rows }: ExplorerRun): GradedRow[] {
  const order = new Map<string, number>();
  for (const { problem } of rows) if (!order.has(problem)) order.set(problem, order.size);
  return [...rows].sort(
    (left, right) =>
      (order.get(left.problem) ?? 0) - (order.get(right.problem) ?? 0) || (left.sample ?? 0) - (right.sample ?? 0),
  );
}

type Opinion = { readonly correct: boolean | undefined; readonly answer: string | undefined };

function secondOpinion({ rows, second, grader }: ExplorerRun): {
  readonly name: string;
  readonly verdict: (row: GradedRow) => Opinion;
} {
  if (rows.some(({ upstream }) => upstream !== undefined)) {
    const verdict = ({ upstream, upstreamAnswer }: GradedRow) => ({ correct: upstream, answer: upstreamAnswer });
    return { name: second?.grader ?? 'upstream', verdict };
  }
  if (second !== undefined) {
    const differs = new Map(second.disagreements.map(({ id, b }) => [id, b]));
    const verdict = (row: GradedRow): Opinion => {
      const other = differs.get(row.id ?? row.problem);
      return other === undefined
        ? { correct: row.correct, answer: row.answer }
        : { correct: other.equivalent, answer: other.extracted };
    };
    return { name: second.grader, verdict };
  }
  const preset = grader === 'hendrycks' ? 'mathpie' : 'hendrycks';
  const other = createGrader({ preset });
  const verdict = ({ question = '', gold, response }: GradedRow): Opinion => {
    if (gold === undefined || response === undefined) return { correct: undefined, answer: undefined };
    const { correct, answer } = other.grade({ question, gold, response });
    return { correct, answer };
  };
  return { name: preset, verdict };
}

function textsOf({ response, thinking, reason, finishReason, answer, rule }: GradedRow): RowTexts {
  const place = response === undefined ? undefined : findAnswerPlace(response, { answer, rule });
  const note =
    reason ?? (finishReason === undefined || finishReason === 'stop' ? null : `finish reason ${finishReason}`);
  return { response: response ?? null, thinking: thinking || null, note, place: place ?? null };
}

function intoPieces(texts: readonly RowTexts[]): RowTexts[][] {
  const count = Math.ceil(texts.length / rowsAPiece);
  return Array.from({ length: count }, (_, index) => texts.slice(index * rowsAPiece, (index + 1) * rowsAPiece));
}
