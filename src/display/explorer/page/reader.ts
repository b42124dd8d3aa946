import { wilsonInterval } from '../../../wilson-interval.js';
import { outcomes } from '../page-data.js';
import type { Table } from './table.js';

/** What a reader says of a grader's verdict. */
export const judgements = ['agree', 'disagree', 'gold-wrong'] as const;
export type Judgement = (typeof judgements)[number];

/** By the row's key. */
export type Judgements = { readonly [row: string]: Judgement };

/** A row's name in addresses and in what is kept. */
export const rowKey = ({ data }: Table, row: number): string => `${data.rows.run[row]}:${data.rows.id[row]}`;

/** A line of what is exported: `mathpie compare --labels` reads it. */
export function exportLines(table: Table, judged: Judgements): string {
  const { data } = table;
  const { rows, runs, problems } = data;
  const lines = Array.from({ length: table.count }, (_, row) => row).flatMap((row) => {
    const judgement = judged[rowKey(table, row)];
    if (judgement === undefined) return [];
    const isCorrect = outcomes[rows.outcome[row] ?? 0] === 'right';
    const line = {
      run: runs[rows.run[row] ?? 0]?.name,
      id: rows.id[row],
      problem: problems[rows.problem[row] ?? 0]?.id,
      sample: rows.sample[row],
      judgement,
      correct: isCorrect,
      // Of a wrong gold answer nobody knows whether the answer is right
      ...(judgement !== 'gold-wrong' && { label: judgement === 'agree' ? isCorrect : !isCorrect }),
    };
    return [`${JSON.stringify(line)}\n`];
  });
  return lines.join('');
}

/** How far the verdicts that were read can be trusted. */
export function describeReading(judged: Judgements) {
  const all = Object.values(judged);
  const [n, faults] = [all.length, all.filter((judgement) => judgement !== 'agree').length];
  return {
    n,
    faults,
    agreement: n === 0 ? 0 : (n - faults) / n,
    interval: wilsonInterval(n - faults, n),
    atMost: atMostWrong(n),
  };
}

/** The largest share of wrong verdicts that leaves n drawn rows without a fault in 1 of 20 cases: 1 - 0.05^(1/n), about 3/n. */
export function atMostWrong(n: number): number {
  return n === 0 ? 1 : 1 - 0.05 ** (1 / n);
}
