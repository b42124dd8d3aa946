import type { ExactForm } from './exact-form.js';
import { add, constantPolynomial, multiply, negatePolynomial, type Polynomial } from './polynomial.js';
import { divide, type Rational } from './rational.js';

/**
 * 1 or -1 when one form is a positive or negative rational multiple of the other, 0 when it is none; undefined when
 * opaque atoms or the bounds leave it open. Denominators are dropped: an equation is about the zeros of its numerator.
 */
export function areProportional(left: ExactForm, right: ExactForm): 1 | -1 | 0 | undefined {
  if (left.bottom.size === 0 || right.bottom.size === 0) return undefined;
  const factor = leadingRatio(left.top, right.top);
  if (factor === undefined) return left.isOpaque || right.isOpaque ? undefined : irrationalRatio(left.top, right.top);
  const scaled = multiply(right.top, constantPolynomial(factor));
  const difference = scaled && add(left.top, negatePolynomial(scaled));
  if (!difference) return undefined;
  if (difference.size === 0) return factor.numerator > 0n ? 1 : -1;
  return left.isOpaque || right.isOpaque ? undefined : 0;
}

function leadingRatio(left: Polynomial, right: Polynomial): Rational | undefined {
  for (const [key, term] of left) {
    const other = right.get(key);
    return other ? divide(term.coefficient, other.coefficient) : undefined;
  }
  return undefined;
}

/** A factor like √2 joins different monomials: compare by cross multiplication with the constant terms of one variable. */
function irrationalRatio(left: Polynomial, right: Polynomial): 1 | -1 | 0 {
  const [first, second] = [variablePart(left), variablePart(right)];
  if (first === undefined || second === undefined) return 0;
  for (const [key, part] of first) {
    const other = second.get(key);
    if (!other) return 0;
    const crossed = multiply(left, other);
    const mirrored = crossed && multiply(right, part);
    const difference = mirrored && add(crossed, negatePolynomial(mirrored));
    return difference?.size === 0 ? 1 : 0;
  }
  return 0;
}

/** The polynomial as a map from its variables' monomials to their constant coefficients. */
function variablePart(polynomial: Polynomial): Map<string, Polynomial> | undefined {
  const parts = new Map<string, Polynomial>();
  for (const { atoms, coefficient } of polynomial.values()) {
    const variables = atoms.filter(({ name }) => name.startsWith('v '));
    const constants = atoms.filter(({ name }) => !name.startsWith('v '));
    const key = variables.map(({ name, top, bottom }) => `${name}^${top}/${bottom}`).join(' ');
    const name = constants.map(({ name, top, bottom }) => `${name}^${top}/${bottom}`).join(' ');
    const sum = add(
      parts.get(key) ?? new Map(),
      new Map([[constants.map((atom) => keyOfAtom(atom)).join(''), { atoms: constants, coefficient }]]),
    );
    if (!sum || name.length > 500) return undefined;
    parts.set(key, sum);
  }
  return parts;
}

function keyOfAtom({ name, top, bottom }: { name: string; top: number; bottom: number }): string {
  return bottom === 1 ? `${name}^${top} ` : `${name}^${top}/${bottom} `;
}
