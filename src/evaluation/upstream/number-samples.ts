import { createHash } from 'node:crypto';
import type { UpstreamRow } from './upstream-row.js';

/**
 * Gives every answer the id of its question and its sample: 0, 1, 2, … in the order of the rows, whatever the harness called it. One seed of several may be
 * there alone, an epoch may lack, and a second file of the same task begins at 0 again: its rows are further samples.
 */
export function createSampleNumbers(): (row: UpstreamRow) => { readonly problem: string; readonly sample: number } {
  const counts = new Map<string, number>();
  return (row) => {
    const problem = problemId(row);
    const sample = counts.get(problem) ?? 0;
    counts.set(problem, sample + 1);
    return { problem, sample };
  };
}

/** The id of its task in front; a question that stands for itself is an id by its checksum, since ids stand in file names and links. */
export function problemId({ task, problem }: UpstreamRow): string {
  const isWord = problem.length <= 80 && !/\s/.test(problem);
  const short = isWord ? problem : createHash('sha256').update(problem).digest('hex').slice(0, 16);
  return task === undefined ? short : `${task}/${short}`;
}
