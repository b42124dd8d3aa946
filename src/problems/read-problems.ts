import type { BadLine } from '../storage/read-jsonl.js';
import type { ReadProblem } from './problem.js';
import { type StreamOptions, streamProblems } from './stream-problems.js';

export type { ReadProblem } from './problem.js';

/**
 * Reads a whole data set (`streamProblems`) into memory, with its bad lines. Throws `InputError`.
 *
 * @example const { problems } = await readProblems({ file: 'gsm8k/test.jsonl' });
 */
export async function readProblems({
  onBad,
  ...options
}: StreamOptions): Promise<{ problems: ReadProblem[]; bad: BadLine[] }> {
  const problems: ReadProblem[] = [];
  const bad: BadLine[] = [];
  const keep = (line: BadLine): void => {
    bad.push(line);
    onBad?.(line);
  };
  for await (const problem of streamProblems({ ...options, onBad: keep })) problems.push(problem);
  return { problems, bad };
}
