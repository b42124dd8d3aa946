import type { StepOutcome } from '../../steps/chain-options.js';
import { formatReasons } from '../../steps/format-reasons.js';

/**
 * What to say where steps made nothing at all, for a command that achieved nothing does not end well: the last step of a command, every
 * training set of a recipe. An evaluation in which nothing was right is a result, and
 * so is a part without problems.
 */
export function tellNothing(steps: readonly StepOutcome[]): string | undefined {
  const made = steps.filter(({ said }) => said === undefined);
  const sets = made.filter(({ step }) => step.startsWith('export-'));
  const last = sets.length > 0 ? sets : made.slice(-1);
  if (last.every(({ input }) => input === 0) || last.some(({ output }) => output > 0)) return undefined;
  const each = last.map(
    ({ step, input, unit, lost }) => `${step} has none of ${input} ${unit} left${formatReasons(lost)}`,
  );
  return `Nothing was made: ${each.join('; ')}`;
}
