import { InputError } from '../errors.js';
import { type Interval, wilsonInterval } from '../wilson-interval.js';
import type { GradedRow } from './graded-row.js';

/** What a reader said of one verdict of a grader. */
export type Label = {
  /** Id of the graded row. */
  readonly id: string;
  readonly judgement: 'agree' | 'disagree' | 'gold-wrong';
  /** Name of the run whose row was read: rows of several runs may have the same ids. */
  readonly run?: string | undefined;
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
};

/**
 * A grader's verdicts against those of a reader (Wilson's intervals). They hold for the run as far as the rows that were read were drawn at random.
 * Of labels of several runs those of `run` count.
 *
 * @throws InputError where no label is of a row of the run
 */
export function compareLabels(
  rows: readonly Pick<GradedRow, 'id' | 'problem' | 'correct'>[],
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
  const read = [...latest.values()].flatMap(({ id, judgement }) => {
    const row = known.get(id);
    return row === undefined ? [] : [{ correct: row.correct, judgement }];
  });
  if (read.length === 0)
    throw new InputError('Cannot compare the labels: none is of a row of this run; export them from its own page');
  const judged = read.filter(({ judgement }) => judgement !== 'gold-wrong');
  const faults = judged.filter(({ judgement }) => judgement === 'disagree');
  const [n, agreed] = [judged.length, judged.length - faults.length];
  return {
    ...{ n, agreed, agreement: n === 0 ? 0 : agreed / n, interval: wilsonInterval(agreed, n) },
    falseAccepts: faults.filter(({ correct }) => correct).length,
    falseRejects: faults.filter(({ correct }) => !correct).length,
    goldWrong: read.length - n,
    ...(n > 0 && faults.length === 0 && { atMostWrong: 1 - 0.05 ** (1 / n) }),
    unknown: latest.size - read.length + elsewhere.size,
  };
}

/** The comparison in a few lines. */
export function formatLabels(
  { n, agreed, agreement, interval, falseAccepts, falseRejects, goldWrong, atMostWrong, unknown }: LabelComparison,
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
  if (unknown > 0) lines.push(`Left out: ${unknown} labels of rows that this run does not hold`);
  return lines;
}
