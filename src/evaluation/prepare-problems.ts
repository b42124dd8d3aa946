import { InputError } from '../errors.js';
import type { PromptSet } from '../prompts/prompt-set.js';
import { formatReasons } from '../steps/format-reasons.js';
import type { NearestTraining, TrainingRow } from './nearest-training.js';
import type { EvaluatedProblem } from './to-graded-row.js';

/** The problems that are asked: those of the data, or backward questions made of them. */
export async function prepareProblems(
  problems: readonly EvaluatedProblem[],
  {
    backward,
    seed,
    dataset,
    words,
    onNote,
  }: {
    readonly backward: boolean;
    readonly seed: number;
    readonly dataset: string;
    /** Whose words close backward questions. */
    readonly words: PromptSet;
    readonly onNote: (line: string) => void;
  },
): Promise<readonly EvaluatedProblem[]> {
  if (!backward) return problems;
  const { backwardSet } = await import('./backward-set.js');
  const made = backwardSet(problems, { seed, inDollars: dataset.startsWith('math'), words });
  const skipped = formatReasons(made.skipped, 'left out: ');
  onNote(`Made ${made.problems.length} backward questions of ${problems.length} problems${skipped}`);
  return made.problems;
}

/** The training row nearest to each problem, by words or by embeddings, where a file of them is given. */
export async function findNearest(
  problems: readonly EvaluatedProblem[],
  {
    train: file,
    trainEmbeddings: rowDirectory,
    dataEmbeddings: problemDirectory,
    signal,
    onNote,
  }: {
    readonly train: string | undefined;
    readonly trainEmbeddings: string | undefined;
    readonly dataEmbeddings: string | undefined;
    readonly signal: AbortSignal | undefined;
    readonly onNote: (line: string) => void;
  },
): Promise<{ nearest?: ReadonlyMap<string, NearestTraining> }> {
  if (file === undefined) return {};
  const { nearestByEmbeddings, nearestByWords } = await import('./nearest-training.js');
  const { streamTypedRows } = await import('./stream-typed-rows.js');
  const counted = { rows: 0, typed: 0 };
  async function* rows(source: string): AsyncGenerator<TrainingRow> {
    for await (const row of streamTypedRows(source, { signal })) {
      counted.rows += 1;
      if (row.type !== undefined) counted.typed += 1;
      yield row;
    }
  }
  const isByWords = rowDirectory === undefined || problemDirectory === undefined;
  let nearest: ReadonlyMap<string, NearestTraining>;
  if (isByWords) nearest = await nearestByWords({ problems, rows: rows(file) });
  else {
    const { readEmbeddings } = await import('../storage/read-embeddings.js');
    const [rowEmbeddings, problemEmbeddings] = [
      await readEmbeddings(rowDirectory),
      await readEmbeddings(problemDirectory),
    ];
    if (rowEmbeddings.columnCount !== problemEmbeddings.columnCount)
      throw new InputError(
        `Cannot compare embeddings of ${problemEmbeddings.columnCount} and of ${rowEmbeddings.columnCount} dimensions: embed both with one model`,
      );
    nearest = await nearestByEmbeddings({ problems, rows: rows(file), rowEmbeddings, problemEmbeddings, signal });
  }
  if (counted.typed === 0)
    throw new InputError(
      `Cannot use ${file}: none of its rows (${counted.rows}) has a type; give rows {query, response, type} as mathpie assemble writes them`,
      { file },
    );
  const how = isByWords ? 'words (pairs of neighbours, Jaccard similarity)' : `the embeddings in ${rowDirectory}`;
  onNote(`Nearest of ${counted.rows} training rows found by ${how}`);
  return { nearest };
}
