import type { FailureTableRow } from '../../analysis/failure-table.js';
import type { TokensAndTimeRow } from '../../analysis/tokens-and-time.js';
import type { YieldTableRow } from '../../analysis/yield-table.js';
import type { GradedRow } from '../../evaluation/graded-row.js';
import type { EvaluationSummary } from '../../evaluation/summarize.js';
import { accuracyByLevel, accuracyBySteps, accuracyBySubject } from '../figures/accuracy-bars.js';
import type { Figure } from '../figures/figure.js';
import { counted, percent, wholeNumber } from '../figures/label.js';
import { lengthHistogram } from '../figures/length-histogram.js';
import { yieldByTechnique } from '../figures/yield-by-technique.js';
import { chooseExamples } from './choose-examples.js';
import { type GrownRow, madeSections, type ShownPair } from './made-sections.js';
import type { ReportBlock, ReportSection } from './report-section.js';

/** Whatever a run has; a part that is absent leaves its chapter out. */
export type ProductionReport = {
  /** Problems at the start. */
  readonly seedCount: number;
  readonly yields: readonly YieldTableRow[];
  /** Problems that Magpie made from nothing. */
  readonly magpieCount?: number;
  readonly pairCount?: number;
  /** Rows of `augment` and pairs of `magpie rank`, of which some are shown with their checks. */
  readonly grown?: readonly GrownRow[];
  readonly pairs?: readonly ShownPair[];
  readonly evaluation?: { readonly summary: EvaluationSummary; readonly rows: readonly GradedRow[] };
  /** More charts, such as `scoreSeparation` of the judge. */
  readonly figures?: readonly { readonly figure: Figure; readonly caption?: string }[];
  readonly failures?: readonly FailureTableRow[];
  readonly tokens?: readonly TokensAndTimeRow[];
  /** Paths relative to the report. */
  readonly files?: readonly { readonly path: string; readonly holds: string; readonly rows?: number }[];
};

/** The chapters of the report of one production run, from what grew to the files it left. */
export function productionSections(report: ProductionReport): ReportSection[] {
  const { evaluation, figures = [], failures = [], tokens = [], files = [] } = report;
  const chapters: (ReportSection | undefined)[] = [
    growth(report),
    ...madeSections(report),
    evaluation && accuracy(evaluation.summary, evaluation.rows),
    evaluation && examples(evaluation.rows),
    figures.length > 0
      ? { title: 'Scores and agreement', blocks: figures.map((each) => ({ kind: 'figure', ...each })) }
      : undefined,
    tokens.length > 0 || failures.length > 0 ? cost(tokens, failures) : undefined,
    files.length > 0 ? { title: 'Files', blocks: [fileTable(files)] } : undefined,
  ];
  return chapters.filter((chapter) => chapter !== undefined);
}

function growth({ seedCount, yields, magpieCount, pairCount, evaluation }: ProductionReport): ReportSection {
  const asked = yields.reduce((sum, row) => sum + row.asked, 0);
  const kept = yields.reduce((sum, row) => sum + row.kept, 0);
  const accuracy = evaluation && {
    value: percent(evaluation.summary.accuracy, { digits: 1 }),
    label: `of ${counted(evaluation.summary.n, 'answer')} right`,
    note: `95% interval ${intervalText(evaluation.summary.interval)}`,
  };
  const facts = [
    { value: wholeNumber(seedCount), label: 'problems to start from' },
    yields.length === 0
      ? undefined
      : { value: wholeNumber(kept), label: 'new checked rows', note: `of ${wholeNumber(asked)} asked for` },
    magpieCount === undefined ? undefined : { value: wholeNumber(magpieCount), label: 'problems from nothing' },
    pairCount === undefined ? undefined : { value: wholeNumber(pairCount), label: 'preference pairs' },
    accuracy,
  ].filter((fact) => fact !== undefined);
  if (yields.length === 0) return { title: 'At a glance', blocks: [{ kind: 'facts', facts }] };
  return {
    title: 'What grew',
    blocks: [{ kind: 'facts', facts }, { kind: 'figure', figure: yieldByTechnique(yields) }, yieldRows(yields)],
  };
}

function yieldRows(rows: readonly YieldTableRow[]): ReportBlock {
  const columns = [
    { field: 'technique', label: 'technique' },
    ...['asked', 'kept', 'wrong', 'duplicate'].map((field) => ({ field, label: field })),
    { field: 'leftOut', label: 'left out' },
    { field: 'yield', label: 'yield', format: 'percent' as const },
    { field: 'accuracy', label: 'right', format: 'percent' as const },
    { field: 'range', label: '95% interval' },
  ];
  const shown = rows.map((row) => ({ ...row, range: intervalText([row.low, row.high]) }));
  return {
    kind: 'table',
    table: { columns, rows: shown, caption: 'Yield: kept of asked. Right: of the answers that could be graded.' },
  };
}

function accuracy(summary: EvaluationSummary, rows: readonly GradedRow[]): ReportSection {
  const { n, correct, interval, grader, failed, unanswered, truncated, majority, best = [] } = summary;
  const vote =
    majority === undefined
      ? ''
      : ` Majority vote of ${majority.k}: ${percent(majority.accuracy, { digits: 1 })} of ${counted(majority.n, 'question')} (${intervalText(majority.interval)}; ${counted(majority.ties, 'tie')}).`;
  const chosen = best.flatMap((way) =>
    way.by === 'vote'
      ? []
      : ` Best of ${way.k} by ${way.by} (${way.scoredBy}): ${percent(way.accuracy, { digits: 1 })} of ${counted(way.n, 'question')} (${intervalText(way.interval)}).`,
  );
  const text = `${wholeNumber(correct)} of ${counted(n, 'answer')} are right: ${percent(summary.accuracy, { digits: 1 })}, 95% interval ${intervalText(interval)}, checked by the grader "${grader}". Counted as wrong and not left out: ${counted(unanswered, 'response')} without an answer. ${wholeNumber(failed)} failed, not counted as wrong. Cut at the token limit: ${truncated}.${vote}${chosen.join('')}`;
  const lengths = rows.flatMap((row) =>
    row.completionTokens === undefined || row.status === 'failed'
      ? []
      : [{ length: row.completionTokens, group: row.correct ? 'right' : 'wrong' }],
  );
  const charts = [
    summary.by.level?.length ? accuracyByLevel(summary) : undefined,
    summary.by.subject?.length ? accuracyBySubject(summary) : undefined,
    summary.by.steps?.length ? accuracyBySteps(summary) : undefined,
    lengths.length > 0 ? lengthHistogram(lengths) : undefined,
  ].filter((figure) => figure !== undefined);
  return {
    title: 'Accuracy',
    blocks: [{ kind: 'text', text }, ...charts.map((figure) => ({ kind: 'figure' as const, figure }))],
  };
}

function examples(rows: readonly GradedRow[]): ReportSection {
  const chosen = chooseExamples(rows);
  return { title: 'Right and wrong, side by side', blocks: [{ kind: 'examples', examples: chosen }] };
}

function cost(tokens: readonly TokensAndTimeRow[], failures: readonly FailureTableRow[]): ReportSection {
  const blocks: ReportBlock[] = [];
  if (tokens.length > 0) {
    const columns = [
      { field: 'stage', label: 'stage' },
      { field: 'done', label: 'done' },
      { field: 'leftOut', label: 'left out' },
      { field: 'promptTokens', label: 'prompt tokens' },
      { field: 'completionTokens', label: 'new tokens' },
      { field: 'seconds', label: 'time', format: 'seconds' as const },
    ];
    blocks.push({ kind: 'table', table: { columns, rows: tokens } });
  }
  if (failures.length > 0) {
    const columns = ['stage', 'reason', 'count'].map((field) => ({ field, label: field }));
    blocks.push({ kind: 'table', table: { columns, rows: failures, caption: 'Left out, by reason' } });
  }
  return { title: 'Tokens, time, and what was left out', blocks };
}

function fileTable(files: NonNullable<ProductionReport['files']>): ReportBlock {
  const columns = [
    { field: 'path', label: 'file', format: 'path' as const },
    { field: 'holds', label: 'holds' },
    ...(files.some((file) => file.rows !== undefined) ? [{ field: 'rows', label: 'rows' }] : []),
  ];
  return { kind: 'table', table: { columns, rows: files } };
}

function intervalText([low, high]: readonly [number, number]): string {
  return `${percent(low, { digits: 1 })} to ${percent(high, { digits: 1 })}`;
}
