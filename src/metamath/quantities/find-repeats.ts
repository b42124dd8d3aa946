import type { Quantity } from './quantity.js';
import { wordBefore } from './words-around.js';

export type Repeats = {
  /** Where else the question states the same value, in digits or in words. */
  readonly repeats: readonly (readonly [start: number, end: number])[];
  /** Whether one of these places tells the same fact again ("5 friends … each of the 5 friends"), so that it gives a mask away. */
  readonly isToldTwice: boolean;
};

/**
 * For each quantity, where its value stands again. The same fact is told twice when the same value counts the same thing
 * and the later place points back ("the 5 friends", "those 12 eggs"), and for a half when "the other half" is spoken of.
 */
export function findRepeats(question: string, quantities: readonly Quantity[]): readonly Repeats[] {
  const byValue = new Map<string, number[]>();
  const described = quantities.map((quantity) => ({ ...quantity, counted: countedThing(question, quantity) }));
  described.forEach(({ value }, index) => {
    const same = byValue.get(normalized(value));
    if (same === undefined) byValue.set(normalized(value), [index]);
    else same.push(index);
  });
  return described.map(({ value, counted, span }, index) => {
    const same = (byValue.get(normalized(value)) ?? []).slice(0, mostRepeats + 1);
    const others = same.filter((other) => other !== index).slice(0, mostRepeats);
    const otherHalf = value === '1/2' ? /\bother half\b/i.exec(question) : null;
    const isSame = (other: number): boolean => {
      const place = described[other];
      if (place === undefined || counted === '' || place.counted !== counted) return false;
      return pointsBack(question, Math.max(place.span[0], span[0]));
    };
    return {
      repeats: [
        ...others.map((other) => described[other]?.span ?? span),
        ...(otherHalf ? [[otherHalf.index + 6, otherHalf.index + 10] as const] : []),
      ],
      isToldTwice: otherHalf !== null || others.some(isSame),
    };
  });
}

/** A text of nothing but one number has a repeat for every pair; this many are enough to say so. */
const mostRepeats = 20;

function normalized(value: string): string {
  return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
}

/** "$", "%" or the counted word in the singular: the first one, past adjectives that cannot be told from it. */
function countedThing(question: string, { span: [start, end], kind }: Quantity): string {
  if (kind === 'money') return '$';
  const after = question.slice(end, end + 40);
  if (kind === 'percent') return '%';
  const word = /^[ \u00A0-]+(?:of (?:the |his |her |their )?)?(\p{L}+)/u.exec(after)?.[1] ?? '';
  return start === end ? '' : word.toLowerCase().replace(/(?:es|s)$/, '');
}

function pointsBack(question: string, start: number): boolean {
  const word = start - (/[$€£]/.test(question[start - 1] ?? '') ? 1 : 0);
  const before = wordBefore(question, word).toLowerCase();
  return /^(?:the|these|those|all|his|her|their|its|my|your|our|both|that|this)$/.test(before);
}
