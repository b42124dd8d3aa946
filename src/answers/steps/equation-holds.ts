import { absolute, compare, divide, equals, multiply, type Rational, rational, subtract } from '../numbers/rational.js';
import { evaluateSide } from './evaluate-side.js';
import type { StepEquation, StepSide } from './read-sides.js';
import { isValueEnd, type StepToken } from './read-tokens.js';

/** How many of one thing make another, in word problems: cents, minutes, inches, days, grams, … */
const conversions = [
  2, 3, 4, 7, 8, 10, 12, 16, 24, 30, 36, 52, 60, 100, 144, 365, 1000, 1440, 1760, 3600, 5280, 1e6, 1e9,
];

/** Digits behind the point that are more than a float keeps in a long count. */
const mostPlaces = 9;

/**
 * Whether both sides are the same: exactly, or to the digits that are shown. `20 / 100 = 20%` and `3 * 50 cents = $1.50`
 * hold, and so does each link of a running count (`3 + 4 = 7 + 2 = 9`). Undefined where a side has no value, or the left
 * one computes nothing. `isRounded`: the words beside it say that something is rounded.
 */
export function equationHolds(
  { left, right, isAbout }: StepEquation,
  { isRounded }: { readonly isRounded: boolean },
): { readonly holds: boolean; readonly value: Rational } | undefined {
  if (!computes(left)) return undefined;
  // "2/9 / 1/3" is one fraction by another
  const isMixed = left.tokens.some(({ kind, start }, index) => kind === '/' && start !== left.tokens[index - 1]?.end);
  const [slashes, others] = isMixed ? (['by-fraction', 'plain'] as const) : (['plain', 'by-fraction'] as const);
  const [value, stated] = [evaluateSide(left.tokens, { slashes }), evaluateSide(right.tokens)];
  if (value === undefined || stated === undefined) return undefined;
  const holds = (reading: Rational): boolean =>
    isSame(reading, stated, left, right, { isAbout: isAbout || isRounded }) ||
    isPercentApart(reading, stated, left, right) ||
    isConverted(reading, stated, left, right) ||
    isRunningOn(reading, right);
  if (holds(value)) return { holds: true, value };
  const other = evaluateSide(left.tokens, { slashes: others });
  return { holds: other !== undefined && holds(other), value };
}

/** Whether a side asks for arithmetic; a sign in front of a number does not. */
export function computes({ tokens }: StepSide): boolean {
  return tokens.some(({ kind }, index) => {
    const before = tokens[index - 1];
    return before !== undefined && ('+-*/^'.includes(kind) || (kind === '(' && isValueEnd(before)));
  });
}

function isSame(
  value: Rational,
  stated: Rational,
  left: StepSide,
  right: StepSide,
  { isAbout }: { isAbout: boolean },
): boolean {
  const difference = absolute(subtract(value, stated));
  if (difference.numerator === 0n) return true;
  const places = Math.min(shownPlaces(right), mostPlaces);
  const isFine = [...operandsOf(left), ...operandsOf(right)].some((operand) => operand.places >= mostPlaces);
  if (isFine && compare(difference, multiply(absolute(value), rational(1n, 10n ** BigInt(mostPlaces)))) < 0)
    return true;
  if (places > 0 && isShownAs(value, stated, places)) return true;
  if (!isAbout) return false;
  return compare(difference, rational(1)) <= 0 || compare(difference, multiply(absolute(value), rational(1, 20))) <= 0;
}

/** Rounded, or cut, to so many digits behind the point. */
function isShownAs(value: Rational, stated: Rational, places: number): boolean {
  const unit = rational(1n, 10n ** BigInt(places));
  const isRounded = compare(absolute(subtract(value, stated)), multiply(unit, rational(1, 2))) <= 0;
  const cut = subtract(absolute(value), absolute(stated));
  return isRounded || (cut.numerator >= 0n && compare(cut, unit) < 0);
}

/** Digits behind the point of a side that is one number: it may have been rounded to them. */
function shownPlaces({ tokens }: StepSide): number {
  const numbers = tokens.filter((token) => token.kind === 'number');
  const [only] = numbers;
  return numbers.length === 1 && only?.kind === 'number' ? only.places : 0;
}

function isPercentApart(value: Rational, stated: Rational, left: StepSide, right: StepSide): boolean {
  const isPercent = ({ tokens }: StepSide): boolean =>
    tokens.some((token) => token.kind === 'number' && token.isPercent);
  if (isPercent(left) === isPercent(right)) return false;
  const hundred = rational(100);
  const [one, other] = isPercent(right) ? [value, multiply(stated, hundred)] : [multiply(value, hundred), stated];
  return isSame(one, other, left, right, { isAbout: false }) || isNear(one, other, shownPlaces(right) - 2);
}

function isNear(one: Rational, other: Rational, places: number): boolean {
  return places >= 0 && compare(absolute(subtract(one, other)), rational(1n, 10n ** BigInt(places))) < 0;
}

/** Sides that name different units may differ by what one unit holds of the other. */
function isConverted(value: Rational, stated: Rational, left: StepSide, right: StepSide): boolean {
  if (left.unit === right.unit || right.unit === '' || stated.numerator === 0n || value.numerator === 0n) return false;
  const ratio = absolute(divide(value, stated));
  return conversions.some((size) => equals(ratio, rational(size)) || equals(ratio, rational(1, size)));
}

/** `3 + 4 = 7 + 2`: somebody counts on. */
function isRunningOn(value: Rational, right: StepSide): boolean {
  const [first] = right.tokens;
  return first?.kind === 'number' && computes(right) && equals(first.value, value);
}

/** The numbers that a side computes with. */
export function operandsOf({ tokens }: StepSide): readonly Extract<StepToken, { kind: 'number' }>[] {
  return tokens.filter((token) => token.kind === 'number');
}
