import type { AblationPlan } from '../../ablation/plan-ablation.js';
import { formatColumns } from '../../steps/format-columns.js';
import { formatCount } from '../../steps/format-count.js';

/** What an ablation will do, how long it takes, and what it can tell, a line each. */
export function formatPlan({
  name,
  seeds,
  atOnce,
  arms,
  questions,
  minutes,
  rates,
  smallestDifference,
  measured,
}: AblationPlan): string[] {
  const rows = arms.map(({ arm, rows, minutes: each }) => [
    arm,
    rows === 0 ? 'none' : formatCount(rows),
    each.toFixed(1),
  ]);
  const points = (share: number): string => (100 * share).toFixed(1);
  const told =
    smallestDifference === undefined
      ? 'What it can tell is not known before its first arms: the recipe names no measured discordance'
      : `It finds a difference of ${points(smallestDifference.forward)} points on problems${smallestDifference.backward === undefined ? '' : ` and of ${points(smallestDifference.backward)} on backward questions`} four times in five; smaller ones it cannot tell (${points(measured?.discordance ?? 0)} % of the answers of two arms differ: ${measured?.source})`;
  return [
    `Ablation ${name}: arms ${arms.length}, seeds ${seeds}; ${formatCount(questions.forward)} held-out problems, ${formatCount(questions.backward)} backward questions${atOnce > 1 ? `; ${atOnce} arms at a time` : ''}`,
    ...formatColumns([['arm', 'rows', 'minutes'], ...rows]),
    `About ${minutes.all.toFixed(1)} minutes: growing ${minutes.grow.toFixed(1)}, training ${minutes.train.toFixed(1)}, evaluating ${minutes.evaluate.toFixed(1)} (measured now: teacher ${formatCount(rates.teacherTokensPerSecond)} tokens/s, student ${formatCount(rates.studentTokensPerSecond)}, training ${formatCount(rates.trainingTokensPerSecond)} and ${rates.trainingStartSeconds} s to start)`,
    told,
  ];
}
