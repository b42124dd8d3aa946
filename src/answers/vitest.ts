import type {} from 'vitest';
import { type MatchOptions, matchMath } from './grade/match-math.js';

/**
 * Matchers for Vitest and Jest, as `mathpie/vitest`.
 *
 * @example
 * expect.extend(mathMatchers);
 * expect('0.5').toEqualMath('\\frac{1}{2}');
 * expect('So it is \\boxed{0.5}.').toAnswerMath('1/2', { leastStrength: 'proved' });
 */
export const mathMatchers = {
  /** The received text is a bare answer that equals the gold. */
  toEqualMath: (received: unknown, gold: string, options: Omit<MatchOptions, 'isResponse'> = {}) =>
    report(received, gold, 'equal', options),
  /** The received text is a response whose answer equals the gold. */
  toAnswerMath: (received: unknown, gold: string, options: Omit<MatchOptions, 'isResponse'> = {}) =>
    report(received, gold, 'answer', { ...options, isResponse: true }),
};

function report(received: unknown, gold: string, verb: string, options: MatchOptions) {
  const text = typeof received === 'number' || typeof received === 'bigint' ? String(received) : received;
  if (typeof text !== 'string')
    return { pass: false, message: () => `expected a text to ${verb} ${gold}, received ${typeof received}` };
  const { pass, reason } = matchMath(text, gold, options);
  return {
    pass,
    message: () =>
      `expected ${JSON.stringify(text)} ${pass ? 'not ' : ''}to ${verb} ${JSON.stringify(gold)}: ${reason}`,
    actual: text,
    expected: gold,
  };
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the type parameter has to be Vitest's own
  interface Matchers<T = any> {
    toEqualMath(gold: string, options?: Omit<MatchOptions, 'isResponse'>): T;
    toAnswerMath(gold: string, options?: Omit<MatchOptions, 'isResponse'>): T;
  }
}
