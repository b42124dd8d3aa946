import { equals, type Rational, rational } from '../numbers/rational.js';
import { operandsOf } from './equation-holds.js';
import type { KnownNumbers } from './known-numbers.js';
import type { StepEquation } from './read-sides.js';

/**
 * The first number that an equation computes with and nobody has given: none of the question's, of earlier lines or of what
 * everybody knows. A factor of 1 and a number divided by itself have to be given as well (`22 / 22 = 1` needs 22 twice).
 */
export function findForeignNumber({ left }: StepEquation, { count }: KnownNumbers): Rational | undefined {
  const { tokens } = left;
  const operands = operandsOf(left);
  const [first, second] = operands;
  const isSelfDivided =
    operands.length === 2 &&
    tokens.some(({ kind }) => kind === '/') &&
    first !== undefined &&
    second !== undefined &&
    equals(first.value, second.value);
  if (isSelfDivided) return count(first.value) < 2 ? first.value : undefined;
  for (const operand of operands) {
    const index = tokens.indexOf(operand);
    const isFactor = [tokens[index - 1], tokens[index + 1]].some((token) => token?.kind === '*');
    const isDivisor = tokens[index - 1]?.kind === '/';
    const isTerm = !isFactor && !isDivisor;
    // "1 * 2 * 3" counts up, 1/4 is a part, 100 % is a unit
    const isTop = tokens[index + 1]?.kind === '/';
    const isFree = isTerm || index === 0 || isTop || operand.isPercent;
    if (isFree && equals(operand.value, rational(1))) continue;
    if (count(operand.value) === 0) return operand.value;
  }
  return undefined;
}
