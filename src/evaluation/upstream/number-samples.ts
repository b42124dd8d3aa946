import { createHash } from 'node:crypto';
import type { UpstreamRow } from './upstream-row.js';

/** Gives every answer the id of its question and its sample; the same for the same rows in the same order. */
export function createSampleNumbers(): (row: UpstreamRow) => { readonly problem: string; readonly sample: number } {
  // As a rule the samples are 0 to n - 1, and n is all there is to know: a set for each of many questions would cost more than its answers
  const taken = new Map<string, number | Numbers>();
  return (row) => {
    const problem = problemId(row);
    const known = taken.get(problem) ?? 0;
    const isPlain = typeof known === 'number';
    // A second file of the same task begins at 0 again: its rows are further samples
    const isFree = row.sample !== undefined && (isPlain ? row.sample >= known : !known.all.has(row.sample));
    const sample = isFree && row.sample !== undefined ? row.sample : isPlain ? known : known.next;
    if (isPlain && sample === known) taken.set(problem, sample + 1);
    else {
      const all = isPlain ? new Set(Array.from({ length: known }, (_, at) => at)) : known.all;
      taken.set(problem, { all: all.add(sample), next: Math.max(isPlain ? known : known.next, sample + 1) });
    }
    return { problem, sample };
  };
}

/** Sample numbers with gaps between them; `next` is past the largest. */
type Numbers = { readonly all: Set<number>; readonly next: number };

/** The id of its task in front; a question that stands for itself is an id by its checksum, since ids stand in file names and links. */
export function problemId({ task, problem }: UpstreamRow): string {
  const isWord = problem.length <= 80 && !/\s/.test(problem);
  const short = isWord ? problem : createHash('sha256').update(problem).digest('hex').slice(0, 16);
  return task === undefined ? short : `${task}/${short}`;
}
