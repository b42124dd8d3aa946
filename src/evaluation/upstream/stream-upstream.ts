import type { Grader } from '../create-grader.js';
import type { GradedRow } from '../graded-row.js';
import { lengthOf } from '../question-thirds.js';
import { gradeUpstream } from './grade-upstream.js';
import type { ImportOptions } from './import-results.js';
import { createSampleNumbers, problemId } from './number-samples.js';
import { readRows, type Survey, withProblem } from './survey-results.js';
import type { UpstreamRow } from './upstream-row.js';

/** The graded rows of surveyed files, one at a time. */
export async function* streamUpstream(
  { files, format, thirdOf, problems, verdict, samples }: Survey,
  { grader, ...options }: ImportOptions & { readonly grader: Grader },
): AsyncGenerator<GradedRow> {
  // Of questions that were asked once there is nothing to count
  const number = samples === 1 ? (row: UpstreamRow) => ({ problem: problemId(row), sample: 0 }) : createSampleNumbers();
  for (const file of files) {
    const read = readRows(file, { formatOf: () => format, options, verdict: () => verdict });
    for await (const { row } of read) {
      options.signal?.throwIfAborted();
      // What cannot be used was told by the survey
      if (typeof row === 'string') continue;
      const whole = withProblem(row, problems);
      const where = needsNothing(whole) ? number(row) : undefined;
      const graded = where && gradeUpstream(whole, { grader, ...where });
      if (graded === undefined) continue;
      const { question } = graded;
      yield question === undefined ? graded : { ...graded, ...thirdOf(lengthOf(question)) };
    }
  }
}

const needsNothing = ({ golds = [], response, correct, failure }: UpstreamRow): boolean =>
  failure !== undefined || correct !== undefined || (golds.length > 0 && response !== undefined);
