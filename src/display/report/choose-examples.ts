import type { GradedRow } from '../../evaluation/graded-row.js';
import type { ReportExample } from './report-section.js';

/**
 * Worked examples for a report: `count` right and `count` wrong answers, taken evenly over the rows and not the best
 * looking ones, right and wrong in turn.
 */
export function chooseExamples(
  rows: readonly GradedRow[],
  { count = 3 }: { readonly count?: number } = {},
): ReportExample[] {
  const answered = rows.filter((row) => row.question !== undefined && row.response !== undefined);
  const right = spread(answered.filter((row) => row.correct), count); // biome-ignore format: a pair
  const wrong = spread(answered.filter((row) => !row.correct), count); // biome-ignore format: a pair
  return Array.from({ length: count }, (_, index) => [right[index], wrong[index]])
    .flat()
    .flatMap((row) => (row === undefined ? [] : [toExample(row)]));
}

function spread<Row>(rows: readonly Row[], count: number): Row[] {
  if (rows.length <= count) return [...rows];
  return Array.from({ length: count }, (_, index) => rows[Math.floor(((index + 0.5) * rows.length) / count)]).filter(
    (row) => row !== undefined,
  );
}

function toExample({
  question = '',
  response = '',
  correct,
  answer,
  gold,
  rule,
  level,
  subject,
}: GradedRow): ReportExample {
  const note = [level === undefined ? '' : `level ${level}`, subject ?? ''].filter((part) => part !== '').join(', ');
  return {
    question,
    response,
    correct,
    ...(answer !== undefined && { answer }),
    ...(gold !== undefined && { gold }),
    ...(rule !== undefined && { rule }),
    ...(note !== '' && { note }),
  };
}
