import { max } from '../numbers/math.js';
/**
 * Pieces of a text: what stands before a place, and whether stretches touch.
 *
 * @module
 */

/** Up to `count` signs in front of a place. */
export const textBefore = (text: string, at: number, count: number): string => text.slice(max(0, at - count), at);

/** A stretch of a text. */
export type Span = { readonly start: number; readonly end: number };

/** Whether a stretch shares no sign with any of others. */
export const standsApart = ({ start, end }: Span, others: readonly Span[]): boolean =>
  others.every((other) => end <= other.start || start >= other.end);
