import { InputError } from '../errors.js';
import { type Interval, wilsonInterval } from '../wilson-interval.js';
import { answerPrint } from './answer-print.js';
import type { GradedRow } from './graded-row.js';

/** What a reader said of one verdict of a grader. */
export type Label = {
  /** Id of the graded row. */
  readonly id: string;
  readonly judgement: 'agree' | 'disagree' | 'gold-wrong';
  /** Name of the run whose row was read: rows of several runs may have the same ids. */
  readonly run?: string | undefined;
  /** The verdict that was judged: the rows may have been graded again since. @default the one of the row */
  readonly correct?: boolean | undefined;
  /** The answer that was judged (`answerPrint`): the question may have been answered again since. */
  readonly print?: string | undefined;
};

/** How a grader's verdicts stand before a reader's. */
export type LabelComparison = {
  /** Verdicts that were read. */
  readonly n: number;
  readonly agreed: number;
  readonly agreement: number;
  readonly interval: Interval;
  /** Accepted by the grader and wrong for the reader, and the other way round. */
  readonly falseAccepts: number;
  readonly falseRejects: number;
  /** Rows whose gold answer is wrong: nothing is known of the verdict. */
  readonly goldWrong: number;
  /** The largest share of wrong verdicts that leaves n drawn ones without a fault in 1 of 20 cases, 1 - 0.05^(1/n); only where there was none. */
  readonly atMostWrong?: number;
  /** Labels of rows that the run does not hold. */
  readonly unknown: number;
  /** Labels of rows whose response or gold answer is another one now; left out. */
  readonly changed: number;
  /** Labels of rows that were graded otherwise when they were read; the reader's word on the answer counts against the verdict of now. */
  readonly regraded: number;
};

/**
 * A grader's verdicts against those of a reader (Wilson's intervals). They hold for the run as far as the rows that were read were drawn at random.
 * Of labels of several runs those of `run` count. A label is a word on an answer: where the row was graded again it stands beside the verdict of now, where
 * the answer or its gold answer is another one it is left out and counted.
 *
 * @throws InputError where no label is of a row of the run
 */
export function compareLabels(
  rows: readonly Pick<GradedRow, 'id' | 'problem' | 'correct' | 'response' | 'gold'>[],
  labels: readonly Label[],
  { run }: { readonly run?: string | undefined } = {},
): LabelComparison {
  const runs = [...new Set(labels.flatMap((label) => label.run ?? []))];
  // A directory may have been renamed since, so that the labels of one run alone are taken at their word
  const isOfRun = (label: Label): boolean =>
    runs.length < 2 || run === undefined || label.run === undefined || label.run === run;
  if (!labels.some(isOfRun) && labels.length > 0) {
    throw new InputError(
      `Cannot compare the labels: they are of the runs ${runs.slice(0, 5).join(', ')}, and none of ${run}; name the directory of one of these`,
    );
  }
  const known = new Map(rows.map((row) => [row.id ?? row.problem, row]));
  const latest = new Map(labels.filter(isOfRun).map((label) => [label.id, label]));
  const elsewhere = new Set(
    labels.filter((label) => !isOfRun(label)).map((label) => JSON.stringify([label.run, label.id])),
  );
  const found = [...latest.values()].flatMap((label) => {
    const row = known.get(label.id);
    return row === undefined ? [] : [{ ...label, row }];
  });
  const read = found.filter(({ print, row }) => print === undefined || print === answerPrint(row));
  const changed = found.length - read.length;
  if (read.length === 0) {
    const state =
      changed > 0
        ? `the answers that they are of are others now (${changed})`
        : 'none is of a row of this run; export them from its own page';
    throw new InputError(`Cannot compare the labels: ${state}${changed > 0 ? '; read the run again' : ''}`);
  }
  const judged = read.filter(({ judgement }) => judgement !== 'gold-wrong');
  // What the reader holds of the answer, whatever the verdict was when it was read
  const faults = judged.filter(({ judgement, row, correct = row.correct }) => {
    const isRight = judgement === 'agree' ? correct : !correct;
    return isRight !== row.correct;
  });
  const [n, agreed] = [judged.length, judged.length - faults.length];
  return {
    ...{ n, agreed, agreement: n === 0 ? 0 : agreed / n, interval: wilsonInterval(agreed, n) },
    falseAccepts: faults.filter(({ row }) => row.correct).length,
    falseRejects: faults.filter(({ row }) => !row.correct).length,
    goldWrong: read.length - n,
    ...(n > 0 && faults.length === 0 && { atMostWrong: 1 - 0.05 ** (1 / n) }),
    unknown: latest.size - found.length + elsewhere.size,
    changed,
    regraded: judged.filter(({ correct, row }) => correct !== undefined && correct !== row.correct).length,
  };
}

/** The comparison in a few lines. */
export function formatLabels(
  { n, agreed, agreement, interval, falseAccepts, falseRejects, goldWrong, atMostWrong, ...left }: LabelComparison,
  { grader }: { readonly grader: string },
): string[] {
  const percent = (share: number): string => (100 * share).toFixed(1);
  const [low, high] = interval;
  const shown = `${percent(agreement)} %, 95 % interval ${percent(low)} to ${percent(high)} %`;
  const lines = [
    `The reader agrees with ${agreed} of ${n} verdicts of ${grader} (${shown}); wrongly accepted ${falseAccepts}, wrongly refused ${falseRejects}`,
  ];
  if (atMostWrong !== undefined) {
    lines.push(
      `${n} read without a fault: at most ${percent(atMostWrong)} % of the verdicts are wrong, at 95 % confidence, if the rows were drawn at random`,
    );
  }
  if (goldWrong > 0) lines.push(`Gold answers that the reader holds wrong: ${goldWrong}`);
  if (left.regraded > 0) {
    lines.push(
      `Graded otherwise when they were read: ${left.regraded}; what the reader said of the answer is compared with the verdict of now`,
    );
  }
  if (left.unknown > 0) lines.push(`Left out: ${left.unknown} labels of rows that this run does not hold`);
  if (left.changed > 0) lines.push(`Left out: ${left.changed} labels of answers that are others now; read them again`);
  return lines;
}
