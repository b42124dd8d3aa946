import { type Language, translate } from '../../language/translate.js';
import type { ChainResult, StepOutcome } from '../../steps/chain-options.js';
import { formatColumns } from '../../steps/format-columns.js';
import { formatCount } from '../../steps/format-count.js';
import { formatCost, formatDuration, sayStep } from './format-progress.js';

/** One line when a step is over: `2/8 respond: 40 of 40 problems`. */
export function formatOutcome(
  { place, of, step: name, input, output, unit, said, isEarlier }: StepOutcome,
  language: Language = 'en',
): string {
  const step = sayStep(name, language);
  const earlier = isEarlier ? ', finished earlier' : '';
  if (said !== undefined) return `${place}/${of} ${step}: ${said}${earlier}`;
  return `${place}/${of} ${step}: ${formatCount(output)} of ${formatCount(input)} ${unit}${earlier}`;
}

/** The table of all steps with what each lost and why, and what was spent. */
export function formatSummary({ directory, steps, spent }: ChainResult, language: Language = 'en'): readonly string[] {
  const say = (word: string): string => translate(word, language, 'notebook');
  const table = formatColumns([
    ['step', 'in', 'out', 'yield'].map(say),
    ...steps.map(({ step, input, output }) => [
      sayStep(step, language),
      formatCount(input),
      formatCount(output),
      input === 0 ? '' : `${Math.round((100 * output) / input)} %`,
    ]),
  ]);
  const losses = [say('lost'), ...steps.map(({ lost }) => formatReasonCounts(lost, say))];
  const tokens = `${formatCount(spent.promptTokens)} tokens in, ${formatCount(spent.completionTokens)} out`;
  const cost = spent.usd > 0 ? `, ${formatCost(spent.usd)}` : '';
  return [
    ...table.map((line, row) => `${line}  ${losses[row]}`.trimEnd()),
    `Asked for ${formatCount(spent.completions)} completions: ${tokens}${cost}, in ${formatDuration(60_000 * spent.minutes)}`,
    `All of it is in ${directory}: ${listExports(steps)}`,
  ];
}

function formatReasonCounts(lost: StepOutcome['lost'], say: (word: string) => string): string {
  return Object.entries(lost)
    .map(([reason, count]) => `${say(reason)} ${formatCount(count)}`)
    .join(', ');
}

function listExports(steps: readonly StepOutcome[]): string {
  const files = steps.filter(({ step }) => step.startsWith('export-')).flatMap((step) => step.files);
  return [...files, 'recipe.json', 'manifest.json'].join(', ');
}
