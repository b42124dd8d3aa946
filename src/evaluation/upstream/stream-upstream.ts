import type { Grader } from '../create-grader.js';
import type { GradedRow } from '../graded-row.js';
import { gradeUpstream } from './grade-upstream.js';
import type { ImportOptions } from './import-results.js';
import { createSampleNumbers } from './number-samples.js';
import { readRows, type Survey, withProblem } from './survey-results.js';

/** The graded rows of surveyed files, one at a time. */
export async function* streamUpstream(
  { files, format, thirds, problems, verdict }: Survey,
  { grader, ...options }: ImportOptions & { readonly grader: Grader },
): AsyncGenerator<GradedRow> {
  const number = createSampleNumbers();
  for (const file of files) {
    const read = readRows(file, { formatOf: () => format, options, verdict: () => verdict });
    for await (const { row } of read) {
      options.signal?.throwIfAborted();
      // What cannot be used was told by the survey
      if (typeof row === 'string') continue;
      const whole = withProblem(row, problems);
      const where = needsNothing(whole) ? number(row) : undefined;
      const graded = where && gradeUpstream(whole, { grader, ...where });
      if (graded !== undefined) yield { ...graded, ...thirds.get(graded.problem) };
    }
  }
}

const needsNothing = ({ golds = [], response, correct, failure }: ReturnType<typeof withProblem>): boolean =>
  failure !== undefined || correct !== undefined || (golds.length > 0 && response !== undefined);
