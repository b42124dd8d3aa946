import { BudgetError, CancelledError, FailedCallsError, GpuError, MathpieError } from '../../errors.js';
import { flagOf } from '../../steps/setting.js';

/** The exit code and the one line for an error that ended a command. */
export function describeError(error: unknown, { command }: { command: string }): { exitCode: number; line: string } {
  // What nobody named closer to it is a flag of the same name
  if (error instanceof MathpieError) error.tell((setting) => `--${flagOf(setting)}`);
  if (error instanceof CancelledError) return { exitCode: 130, line: describeStop(command) };
  if (error instanceof BudgetError) {
    const line = `${error.message}; what is done is kept, continue with a higher budget: ${raiseBudget(command, error.flag)}`;
    return { exitCode: 3, line };
  }
  // The script's fault or the machine's, not the input's.
  if (error instanceof GpuError) return { exitCode: 1, line: toOneLine(error.message) };
  if (error instanceof FailedCallsError) return { exitCode: 1, line: toOneLine(error.message) };
  if (error instanceof MathpieError) return { exitCode: 2, line: toOneLine(error.message) };
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { exitCode: 1, line: `Unexpected ${toOneLine(message)}; repeat with --debug to see where it happened` };
}

/** A run directory, what came of a file that is fetched, and what was sent stay; what a command writes as one file or to stdout does not. */
export function describeStop(command: string): string {
  return / --run[ =]|^mathpie (?:download|publish|lab)\b/.test(command)
    ? `Stopped; what is done is kept, continue with the same command: ${command}`
    : `Stopped; nothing is kept, the same command begins anew: ${command}`;
}

/** The same command with twice the budget. */
function raiseBudget(command: string, flag: BudgetError['flag']): string {
  const pattern = new RegExp(`(--${flag}[ =])(\\S+)`);
  return command.replace(pattern, (_, name: string, value: string) => `${name}${Math.max(2 * Number(value), 1e-4)}`);
}

function toOneLine(message: string): string {
  return message.replace(/\s*[\r\n]+\s*/g, ' ').trim();
}
