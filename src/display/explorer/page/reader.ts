import { answerPrint } from '../../../evaluation/answer-print.js';
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

/** What tells whether a row is still the one that was judged: its answer, its gold answer and its verdict. */
function markOf(table: Table, row: number): string {
  return `${printOf(table, row)}${table.isRight[row]}`;
}

function printOf({ data, textsOf }: Table, row: number): string {
  const gold = data.problems[data.rows.problem[row] ?? 0]?.gold;
  return answerPrint({ response: textsOf(row).response, ...(gold !== undefined && { gold }) });
}

/** The judgements as a browser keeps them, each with the mark of its row. */
export function writeJudgements(table: Table, judged: Judgements, numbers: ReadonlyMap<string, number>): string {
  const entries = Object.entries(judged).map(([key, judgement]) => {
    const row = numbers.get(key);
    return [key, row === undefined ? judgement : `${judgement} ${markOf(table, row)}`];
  });
  return JSON.stringify(Object.fromEntries(entries));
}

/** Reads them back; a judgement of a row that was answered or graded again since is none of this page. */
export function readJudgements(table: Table, kept: string, numbers: ReadonlyMap<string, number>): Judgements {
  let found: unknown;
  try {
    found = JSON.parse(kept);
  } catch {
    return {};
  }
  if (typeof found !== 'object' || found === null) return {};
  const entries = Object.entries(found).flatMap(([key, value]): [string, Judgement][] => {
    const [said, mark] = String(value).split(' ');
    const [row, judgement] = [numbers.get(key), judgements.find((each) => each === said)];
    return row !== undefined && judgement !== undefined && mark === markOf(table, row) ? [[key, judgement]] : [];
  });
  return Object.fromEntries(entries);
}

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
      print: printOf(table, row),
      // Of a wrong gold answer nobody knows whether the answer is right
      ...(judgement !== 'gold-wrong' && { label: judgement === 'agree' ? isCorrect : !isCorrect }),
    };
    return [`${JSON.stringify(line)}\n`];
  });
  return lines.join('');
}

/** How far the verdicts that were read can be trusted, as `mathpie compare --labels` tells it: of a wrong gold answer nobody knows whether the verdict is right. */
export function describeReading(judged: Judgements) {
  const all = Object.values(judged);
  const goldWrong = all.filter((judgement) => judgement === 'gold-wrong').length;
  const [n, faults] = [all.length - goldWrong, all.filter((judgement) => judgement === 'disagree').length];
  return {
    n,
    faults,
    goldWrong,
    agreement: n === 0 ? 0 : (n - faults) / n,
    interval: wilsonInterval(n - faults, n),
    atMost: atMostWrong(n),
  };
}

/** The largest share of wrong verdicts that leaves n drawn rows without a fault in 1 of 20 cases: 1 - 0.05^(1/n), about 3/n. */
export function atMostWrong(n: number): number {
  return n === 0 ? 1 : 1 - 0.05 ** (1 / n);
}
