/**
 * Pieces of a text: what stands before a place, and whether stretches touch.
 *
 * @module
 */

import { max } from '../numbers/math.js';

/** Up to `count` signs in front of a place. */
export const textBefore = (text: string, at: number, count: number): string => text.slice(max(0, at - count), at);

/** Up to `count` signs behind a place. */
export const textBehind = (text: string, at: number, count: number): string => text.slice(at, at + count);

/** What stands behind the last of a sign; all of a text without any. */
export const behindLastSign = (text: string, sign: string): string => text.slice(text.lastIndexOf(sign) + 1);

/** What stands behind the first sign of the last match. */
export const behindLast = (text: string, pattern: RegExp): string => {
  let from = 0;
  for (const match of text.matchAll(pattern)) from = match.index + 1;
  return text.slice(from);
};

export const firstLine = (text: string): string => (text.trimStart().split('\n', 1)[0] ?? '').trim();

export const endOf = (match: RegExpExecArray): number => match.index + match[0].length;

/** A stretch of a text. */
export type Span = { readonly start: number; readonly end: number };

/** Whether a stretch shares no sign with any of others. */
export const standsApart = ({ start, end }: Span, others: readonly Span[]): boolean =>
  others.every((other) => end <= other.start || start >= other.end);
