import { outcomes, type PageData, type RowTexts } from '../page-data.js';

/** The rows of the page and what is known of each beyond the columns. */
export type Table = {
  readonly data: PageData;
  readonly count: number;
  /** Tells questions of different runs apart: a number for each run and problem. */
  readonly question: Int32Array;
  readonly isRight: Uint8Array;
  /** Whether nobody answered: such rows are in no accuracy. */
  readonly isFailed: Uint8Array;
  readonly disagrees: Uint8Array;
  /** Whether the samples of its question are partly right and partly wrong. */
  readonly isSplit: Uint8Array;
  readonly hasSplit: boolean;
  /** Rows by problem, over all runs and samples. */
  readonly ofProblem: readonly (readonly number[])[];
  /** Of two runs: index into `quadrants` by problem, by the first sample of each; -1 where one of them lacks it. */
  readonly quadrant: Int8Array;
  /** Of two runs: the first sample of the second run by that of the first; -1 for every other row. */
  readonly partner: Int32Array;
  readonly textsOf: (row: number) => RowTexts;
  /** What is searched, in small letters; with the responses once `withTexts` was asked for. */
  readonly searched: (row: number, withTexts: boolean) => string;
};

/** Reads the page's data. `readPiece` gives the texts of a piece of rows when they are first looked at. */
export function readTable(data: PageData, readPiece: (piece: number) => readonly RowTexts[]): Table {
  const { rows, problems, rowsAPiece } = data;
  const count = rows.id.length;
  const isRight = Uint8Array.from(rows.outcome, (outcome) => Number(outcomes[outcome] === 'right'));
  const isFailed = Uint8Array.from(rows.outcome, (outcome) => Number(outcomes[outcome] === 'failed'));
  const question = Int32Array.from(rows.problem, (problem, row) => (rows.run[row] ?? 0) * problems.length + problem);
  const ofProblem: number[][] = problems.map(() => []);
  for (const [row, problem] of rows.problem.entries()) ofProblem[problem]?.push(row);
  const split = findSplit(question, isRight);
  const pieces = new Map<number, readonly RowTexts[]>();
  const pieceOf = (number: number): readonly RowTexts[] => {
    const known = pieces.get(number) ?? readPiece(number);
    pieces.set(number, known);
    return known;
  };
  const textsOf = (row: number): RowTexts =>
    pieceOf(Math.floor(row / rowsAPiece))[row % rowsAPiece] ?? {
      response: null,
      thinking: null,
      note: null,
      place: null,
    };
  const short = problems.map(({ id, question: asked, gold }) => `${id}\n${asked}\n${gold}`.toLowerCase());
  const long: (string | undefined)[] = [];
  return {
    ...{ data, count, question, isRight, isFailed, ofProblem, textsOf },
    disagrees: Uint8Array.from(rows.second, (second, row) =>
      Number(second !== 2 && second !== isRight[row] && !isFailed[row]),
    ),
    isSplit: split,
    hasSplit: split.includes(1),
    quadrant: findQuadrants(data, isRight, isFailed),
    partner: findPartners(data),
    searched: (row, withTexts) => {
      const plain = `${short[rows.problem[row] ?? 0]}\n${rows.answer[row] ?? ''}`;
      if (!withTexts) return plain.toLowerCase();
      long[row] ??= `${plain}\n${textsOf(row).response ?? ''}`.toLowerCase();
      return long[row] ?? '';
    },
  };
}

function findSplit(question: Int32Array, isRight: Uint8Array): Uint8Array {
  const right = new Map<number, [number, number]>();
  question.forEach((key, row) => {
    const [n, correct] = right.get(key) ?? [0, 0];
    right.set(key, [n + 1, correct + (isRight[row] ?? 0)]);
  });
  return Uint8Array.from(question, (key) => {
    const [n, correct] = right.get(key) ?? [0, 0];
    return Number(correct > 0 && correct < n);
  });
}

function findQuadrants({ runs, rows, problems }: PageData, isRight: Uint8Array, isFailed: Uint8Array): Int8Array {
  const first = [new Int8Array(problems.length).fill(-1), new Int8Array(problems.length).fill(-1)];
  if (runs.length !== 2) return new Int8Array(problems.length).fill(-1);
  rows.problem.forEach((problem, row) => {
    const verdicts = first[rows.run[row] ?? 0];
    if (verdicts !== undefined && rows.sample[row] === 0 && !isFailed[row]) verdicts[problem] = isRight[row] ?? 0;
  });
  return Int8Array.from(problems, (_, problem) => {
    const [left = -1, right = -1] = [first[0]?.[problem], first[1]?.[problem]];
    if (left < 0 || right < 0) return -1;
    return left === 1 ? (right === 1 ? 0 : 1) : right === 1 ? 2 : 3;
  });
}

function findPartners({ runs, rows, problems }: PageData): Int32Array {
  const partners = new Int32Array(rows.problem.length).fill(-1);
  if (runs.length !== 2) return partners;
  const second = new Int32Array(problems.length).fill(-1);
  const isFirstOf = (run: number, row: number): boolean => rows.run[row] === run && rows.sample[row] === 0;
  for (const [row, problem] of rows.problem.entries()) if (isFirstOf(1, row)) second[problem] = row;
  for (const [row, problem] of rows.problem.entries()) if (isFirstOf(0, row)) partners[row] = second[problem] ?? -1;
  return partners;
}
