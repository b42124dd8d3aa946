import { formatCount } from '../steps/format-count.js';
import type { BestOf } from './best-of.js';
import type { Accuracy } from './measure-accuracy.js';
import type { EvaluationSummary } from './summarize.js';
import { formatThinking } from './summarize-thinking.js';

/** Such as `71.5 % right (143 of 200, 95 % interval 64.9 to 77.3 %)`. */
export function formatAccuracy({ n, correct, accuracy, interval: [low, high] }: Accuracy): string {
  if (n === 0) return 'no answers';
  return `${percent(accuracy)} % right (${formatCount(correct)} of ${formatCount(n)}, 95 % interval ${percent(low)} to ${percent(high)} %)`;
}

/** The accuracy of an evaluation and of each of its parts, a line each. */
export function formatBreakdown(summary: EvaluationSummary): string[] {
  const failed = summary.failed > 0 ? `; ${summary.failed} failed, not counted as wrong` : '';
  // Both stand among the failures
  const refused = summary.failures.reduce((sum, { count }) => sum + count, 0) - summary.failed;
  const declined = refused > 0 ? `; ${refused} declined by the model or a filter before it, counted as wrong` : '';
  const lines = [
    `${formatAccuracy(summary)}, graded by ${summary.grader}${failed}${declined}`,
    ...formatParts(summary),
  ];
  if (summary.majority) lines.push(`Majority vote of ${summary.samples}: ${formatAccuracy(summary.majority)}`);
  const curves = { pass: summary.passAt ?? [], maj: summary.majorityAt ?? [] };
  for (const [name, points] of Object.entries(curves))
    for (const { k, value, interval } of points) lines.push(`  ${name}@${k}: ${formatShare(value, interval)}`);
  if (summary.thinking) lines.push(formatThinking(summary.thinking, summary));
  return [...lines, ...formatSecond(summary)];
}

/** Best of k by each way of choosing, a line each, and between what they lie: one answer alone, and any of k. */
export function formatBest(
  best: readonly BestOf[],
  { accuracy, interval, passAt = [] }: Pick<EvaluationSummary, 'accuracy' | 'interval' | 'passAt'>,
): string[] {
  const any = passAt.at(-1);
  const ways = best.map((way) => {
    const who = way.scoredBy === null ? way.by : `${way.by} (${way.scoredBy})`;
    const unscored = way.unscored === 0 ? '' : `; ${way.unscored} answers without a score`;
    return `Best of ${way.k} by ${who}: ${formatAccuracy(way)}${unscored}`;
  });
  return [
    ...ways,
    `One answer: ${formatShare(accuracy, interval)}`,
    ...(any === undefined ? [] : [`Any of ${any.k}: ${formatShare(any.value, any.interval)}`]),
  ];
}

/** The accuracy of each part, a line each. */
export function formatParts(summary: Pick<EvaluationSummary, 'by' | 'questionThirds'>): string[] {
  return Object.entries(summary.by).flatMap(([field, groups]) =>
    groups.map(({ value, ...accuracy }) => {
      const title = `${fieldTitles[field] ?? field} ${value ?? 'not known'}${boundsOf(value, field, summary)}`;
      return `  ${title}: ${formatAccuracy(accuracy)}`;
    }),
  );
}

const fieldTitles: Readonly<Record<string, string>> = {
  questionThird: 'question length',
  nearestType: 'nearest training type',
};

function boundsOf(
  value: unknown,
  field: string,
  { questionThirds = [] }: Pick<EvaluationSummary, 'questionThirds'>,
): string {
  const third = field === 'questionThird' ? questionThirds.find((each) => each.third === value) : undefined;
  return third === undefined ? '' : ` (${third.from} to ${third.to} characters)`;
}

function formatSecond({ second, grader }: EvaluationSummary): string[] {
  if (second === undefined) return [];
  const { onlyFirst, onlySecond, disagreements } = second;
  const lines = [`${formatAccuracy(second)}, graded by ${second.grader}, on the same responses`];
  const differences = `${onlyFirst} right by ${grader} alone, ${onlySecond} by ${second.grader} alone`;
  return [...lines, `The two graders differ on ${disagreements} of ${second.n} answers: ${differences}`];
}

/** Such as `62.5 % (95 % interval 40.0 to 80.0 %)`. */
function formatShare(share: number, [low, high]: readonly [number, number]): string {
  return `${percent(share)} % (95 % interval ${percent(low)} to ${percent(high)} %)`;
}

/** A difference of two shares in percentage points, with its sign. */
export function formatPoints(difference: number): string {
  return `${difference >= 0 ? '+' : '−'}${Math.abs(100 * difference).toFixed(1)}`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
