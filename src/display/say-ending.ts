import { BudgetError, CancelledError } from '../errors.js';
import { say } from '../language/spoken.js';

/** What is said below a cell is one line; the error itself stands beside it, whole. */
const mostCharacters = 300;

/** The line that stays of work that did not come to its end: that somebody stopped it, or what it failed with. */
export function sayEnding(error: unknown): string {
  if (error instanceof CancelledError || (error instanceof Error && error.name === 'AbortError'))
    return say('stopped; the same cell goes on from here');
  const whole = (error instanceof Error ? error.message || error.name : String(error)).replace(/\s+/g, ' ').trim();
  const message = whole.length > mostCharacters ? `${whole.slice(0, mostCharacters - 1)}…` : whole;
  return error instanceof BudgetError ? say(message) : say(`failed: ${message}`);
}
