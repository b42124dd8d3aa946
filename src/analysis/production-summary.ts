import type { RunComparison } from '../evaluation/compare-runs.js';
import { type Accuracy, measureAccuracy } from '../evaluation/measure-accuracy.js';
import type { EvaluationSummary } from '../evaluation/summarize.js';
import type { TokensAndTimeRow } from './tokens-and-time.js';
import { isGraded, type YieldItem, type YieldTableRow, yieldTable } from './yield-table.js';

/** Texts of a row of `augment`. */
type GrownTexts = {
  readonly technique: string;
  readonly original_question: string;
  readonly query: string | null;
  readonly response: string | null;
};

export type ProductionParts = {
  readonly model: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly seedCount: number;
  /** All rows of `augment`. */
  readonly grown: readonly (YieldItem & { readonly problem: string } & Partial<GrownTexts>)[];
  /** Counts of Magpie's steps, in their order, such as `{ drawn: 66, problems: 60, solved: 58, pairs: 8 }`. */
  readonly magpie: { readonly [step: string]: number };
  readonly evaluation: EvaluationSummary;
  /** The vote (left) beside one answer (right) on the same questions. */
  readonly vote: { readonly k: number; readonly comparison: RunComparison };
  readonly stages: readonly TokensAndTimeRow[];
  /** Title to path, relative to the folder of the summary. */
  readonly files: { readonly [title: string]: string };
};

/** What a production run comes to: plain JSON, the content of `summary.json`. */
export type ProductionSummary = {
  readonly model: string;
  readonly startedAt: string;
  /** `accuracy` is over all answers that could be graded, those dropped as duplicates included. */
  readonly grown: Accuracy & {
    readonly seeds: number;
    readonly asked: number;
    readonly kept: number;
    readonly byTechnique: readonly YieldTableRow[];
    /** Of each technique a kept row: what it grew from, and what was new in it. */
    readonly examples: readonly { readonly technique: string; readonly before: string; readonly after: string }[];
  };
  readonly magpie: { readonly [step: string]: number };
  readonly evaluation: Accuracy & Pick<EvaluationSummary, 'grader' | 'by'>;
  readonly vote: { readonly k: number } & Pick<
    RunComparison,
    'n' | 'left' | 'right' | 'difference' | 'interval' | 'onlyLeft' | 'onlyRight' | 'pValue'
  >;
  /** Seconds are those in which the model worked. */
  readonly tokens: { readonly prompt: number; readonly completion: number; readonly seconds: number };
  readonly files: { readonly [title: string]: string };
};

/**
 * What a production run comes to, as plain JSON (`summary.json`): what grew, how much of it is right, how the model fares, tokens and
 * seconds.
 */
export function summarizeProduction(parts: ProductionParts): ProductionSummary {
  const { model, startedAt, seedCount, grown, magpie, evaluation, vote, stages, files } = parts;
  const { n, correct, accuracy, interval, grader, by } = evaluation;
  const { left, right, difference, onlyLeft, onlyRight, pValue } = vote.comparison;
  const graded = grown.filter(isGraded);
  const sum = (of: (stage: TokensAndTimeRow) => number): number => stages.reduce((total, each) => total + of(each), 0);
  return {
    model,
    startedAt,
    grown: {
      seeds: seedCount,
      asked: grown.length,
      kept: grown.filter(({ status }) => status === 'kept').length,
      ...measureAccuracy(graded.map(({ problem, status }) => ({ problem, correct: status !== 'wrong' }))),
      byTechnique: yieldTable(grown),
      examples: chooseExamples(grown),
    },
    magpie,
    evaluation: { n, correct, accuracy, interval, grader, by },
    vote: {
      k: vote.k,
      n: vote.comparison.n,
      left,
      right,
      difference,
      interval: vote.comparison.interval,
      onlyLeft,
      onlyRight,
      pValue,
    },
    tokens: {
      prompt: sum((stage) => stage.promptTokens),
      completion: sum((stage) => stage.completionTokens),
      seconds: sum((stage) => stage.seconds ?? 0),
    },
    files,
  };
}

/** Of answers the answer is new, of the other techniques the question. */
function chooseExamples(grown: ProductionParts['grown']): ProductionSummary['grown']['examples'] {
  const kept = grown.filter(({ status }) => status === 'kept');
  const techniques = [...new Set(kept.flatMap(({ technique }) => technique ?? []))];
  return techniques.flatMap((technique) => {
    const row = kept.find((each) => each.technique === technique);
    const after = technique === 'answers' ? row?.response : row?.query;
    const before = row?.original_question;
    return before === undefined || after === undefined || after === null ? [] : [{ technique, before, after }];
  });
}
