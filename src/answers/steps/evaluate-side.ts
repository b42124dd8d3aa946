import { add, bitLength, divide, multiply, negate, type Rational, rational, subtract } from '../numbers/rational.js';
import type { StepToken } from './read-tokens.js';

/** A value grows no larger than this, in bits. */
const mostBits = 2000;

/** How `6 / 1/30` reads: from left to right, or with `1/30`, written without blanks, as one number. */
export type SlashReading = 'plain' | 'by-fraction';

/**
 * The exact value of numbers, signs and brackets: products before sums, from left to right; a bracket beside a number
 * multiplies. Undefined where the tokens are no expression, divide by zero or grow past all bounds.
 */
export function evaluateSide(
  tokens: readonly StepToken[],
  { slashes = 'plain' }: { readonly slashes?: SlashReading } = {},
): Rational | undefined {
  let index = 0;
  let depth = 0;
  const value = sum();
  return index === tokens.length ? value : undefined;

  function sum(): Rational | undefined {
    let total = product();
    for (;;) {
      const sign = tokens[index]?.kind;
      if (total === undefined || (sign !== '+' && sign !== '-')) return total;
      index += 1;
      const term = product();
      total = term && bounded(sign === '+' ? add(total, term) : subtract(total, term));
    }
  }

  function product(): Rational | undefined {
    let total = signed();
    for (;;) {
      const sign = tokens[index]?.kind;
      const isBeside = sign === '(' && index > 0;
      if (total === undefined || (sign !== '*' && sign !== '/' && !isBeside)) return total;
      if (!isBeside) index += 1;
      const factor = signed();
      if (factor === undefined || (sign === '/' && factor.numerator === 0n)) return undefined;
      total = bounded(sign === '/' ? divide(total, factor) : multiply(total, factor));
    }
  }

  function signed(): Rational | undefined {
    if (tokens[index]?.kind !== '-') return power();
    index += 1;
    const value = power();
    return value && negate(value);
  }

  function power(): Rational | undefined {
    const base = atom();
    if (base === undefined || tokens[index]?.kind !== '^') return base;
    index += 1;
    const exponent = atom();
    if (exponent === undefined || exponent.denominator !== 1n) return undefined;
    if (exponent.numerator < 0n || exponent.numerator > 64n) return undefined;
    let value: Rational | undefined = rational(1);
    for (let count = 0n; count < exponent.numerator && value !== undefined; count++)
      value = bounded(multiply(value, base));
    return value;
  }

  function atom(): Rational | undefined {
    const token = tokens[index];
    if (token?.kind === 'number') {
      index += 1;
      const [slash, bottom] = [tokens[index], tokens[index + 1]];
      const isTight = slash?.kind === '/' && slash.start === token.end && bottom?.start === slash.end;
      if (slashes === 'plain' || !isTight || bottom?.kind !== 'number') return token.value;
      index += 2;
      return bottom.value.numerator === 0n ? undefined : divide(token.value, bottom.value);
    }
    if (token?.kind !== '(' || depth > 20) return undefined;
    index += 1;
    depth += 1;
    const inner = sum();
    depth -= 1;
    if (tokens[index]?.kind !== ')') return undefined;
    index += 1;
    return inner;
  }
}

function bounded(value: Rational): Rational | undefined {
  return bitLength(value.numerator) + bitLength(value.denominator) > mostBits ? undefined : value;
}
