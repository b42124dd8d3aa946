import type { ChainResult, StepOutcome } from '../../steps/chain-options.js';
import { formatColumns } from '../../steps/format-columns.js';
import { formatCount } from '../../steps/format-count.js';
import { formatCost, formatDuration } from './format-progress.js';

/** One line when a step is over: `2/8 respond: 40 of 40 problems`. */
export function formatOutcome({ place, of, step, input, output, unit, said, isEarlier }: StepOutcome): string {
  const earlier = isEarlier ? ', finished earlier' : '';
  if (said !== undefined) return `${place}/${of} ${step}: ${said}${earlier}`;
  return `${place}/${of} ${step}: ${formatCount(output)} of ${formatCount(input)} ${unit}${earlier}`;
}

/** The table of all steps with what each lost and why, and what was spent. */
export function formatSummary({ directory, steps, spent }: ChainResult): readonly string[] {
  const table = formatColumns([
    ['step', 'in', 'out', 'yield'],
    ...steps.map(({ step, input, output }) => [
      step,
      formatCount(input),
      formatCount(output),
      input === 0 ? '' : `${Math.round((100 * output) / input)} %`,
    ]),
  ]);
  const losses = ['lost', ...steps.map(({ lost }) => formatReasonCounts(lost))];
  const tokens = `${formatCount(spent.promptTokens)} tokens in, ${formatCount(spent.completionTokens)} out`;
  const cost = spent.usd > 0 ? `, ${formatCost(spent.usd)}` : '';
  return [
    ...table.map((line, row) => `${line}  ${losses[row]}`.trimEnd()),
    `Asked for ${formatCount(spent.completions)} completions: ${tokens}${cost}, in ${formatDuration(60_000 * spent.minutes)}`,
    `All of it is in ${directory}: ${listExports(steps)}`,
  ];
}

function formatReasonCounts(lost: StepOutcome['lost']): string {
  return Object.entries(lost)
    .map(([reason, count]) => `${reason} ${formatCount(count)}`)
    .join(', ');
}

function listExports(steps: readonly StepOutcome[]): string {
  const files = steps.filter(({ step }) => step.startsWith('export-')).flatMap((step) => step.files);
  return [...files, 'recipe.json', 'manifest.json'].join(', ');
}
