import { textPrint } from './text-print.js';

/**
 * Tells two answers to one question apart: 8 hex digits over the response and the gold answer (`textPrint`). Runs in a browser too. A reader's
 * verdict carries it, so that it is never taken for one on another text of the same id.
 */
export function answerPrint({ response, gold }: { readonly response?: string | null; readonly gold?: string }): string {
  const print = textPrint(`${gold ?? ''}\u0000${response ?? ''}`);
  return (print >>> 0).toString(16).padStart(8, '0');
}
