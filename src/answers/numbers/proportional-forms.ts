import type { ExactForm } from './exact-form.js';
import { PI } from './math.js';
import {
  add,
  constantPolynomial,
  isPrime,
  isVariable,
  keyOfAtoms,
  multiply,
  negatePolynomial,
  type Polynomial,
  type Term,
} from './polynomial.js';
import { divide, type Rational, toNumber } from './rational.js';

/**
 * 1 or -1 when one form is a positive or negative rational multiple of the other, 0 when it is none; undefined when
 * opaque atoms or the bounds leave it open. Denominators are dropped: an equation is about the zeros of its numerator.
 */
export const areProportional = (left: ExactForm, right: ExactForm): 1 | -1 | 0 | undefined => {
  if (left.bottom.size === 0 || right.bottom.size === 0) return undefined;
  const factor = leadingRatio(left.top, right.top);
  if (!factor) return left.isOpaque || right.isOpaque ? undefined : irrationalRatio(left.top, right.top);
  const scaled = multiply(right.top, constantPolynomial(factor));
  const difference = scaled && add(left.top, negatePolynomial(scaled));
  if (!difference) return undefined;
  if (difference.size === 0) return factor.numerator > 0n ? 1 : -1;
  return left.isOpaque || right.isOpaque ? undefined : 0;
};

const leadingRatio = (left: Polynomial, right: Polynomial): Rational | undefined => {
  for (const [key, term] of left) {
    const other = right.get(key);
    return other && divide(term.coefficient, other.coefficient);
  }
  return undefined;
};

/**
 * A factor like √2 changes the monomials themselves. Both are read as polynomials in the variables alone; one variable
 * monomial gives the factor, and cross multiplication by it must cancel everything.
 */
const irrationalRatio = (left: Polynomial, right: Polynomial): 1 | -1 | 0 => {
  const first = coefficientsByVariables(left);
  const second = coefficientsByVariables(right);
  for (const [key, part] of first) {
    if (!key) continue;
    const other = second.get(key);
    if (!other) return 0;
    const crossed = multiply(left, other);
    const mirrored = crossed && multiply(right, part);
    const difference = mirrored && add(crossed, negatePolynomial(mirrored));
    const sign = Math.sign(constantValue(part) * constantValue(other));
    return difference?.size === 0 && (sign === 1 || sign === -1) ? sign : 0;
  }
  return 0;
};

/** The polynomial as a map from its variables' monomials to their constant coefficients. */
const coefficientsByVariables = (polynomial: Polynomial): Map<string, Polynomial> => {
  const parts = new Map<string, Map<string, Term>>();
  for (const { atoms, coefficient } of polynomial.values()) {
    const constants = atoms.filter(({ name }) => !isVariable(name));
    const key = keyOfAtoms(atoms.filter(({ name }) => isVariable(name)));
    const part = parts.get(key) ?? new Map<string, Term>();
    part.set(keyOfAtoms(constants), { atoms: constants, coefficient });
    parts.set(key, part);
  }
  return parts;
};

/** The real value of a polynomial without variables; NaN when it is complex. */
const constantValue = (polynomial: Polynomial): number => {
  let total = 0;
  for (const { atoms, coefficient } of polynomial.values()) {
    let term = toNumber(coefficient);
    for (const { name, top, bottom } of atoms)
      term *= (constants[name] ?? (isPrime(name) ? Number(name.slice(2)) : Number.NaN)) ** (top / bottom);
    total += term;
  }
  return total;
};

const constants: Readonly<Record<string, number>> = { 'c pi': PI, 'c e': Math.E };
