import { abs, floor } from './math.js';
import {
  add as addRational,
  countWords,
  gcdOfDoubles,
  isZero,
  multiply as multiplyRational,
  negate,
  type Rational,
  rational,
} from './rational.js';
import { spendSteps } from './work.js';

/**
 * Exact sums of monomials with rational coefficients. The atoms of a monomial are names with rational exponents:
 * variables (`v x`), π, e, the imaginary unit (`i`, exponent 0 or 1), primes with an exponent between 0 and 1 (`p 2`
 * to 1/2 is √2) and opaque functions (`sin(…)`). Over the first four kinds the monomials are linearly independent, so
 * a polynomial without opaque atoms is zero exactly when it has no terms.
 */
export type Polynomial = ReadonlyMap<string, Term>;
export type Term = { readonly atoms: readonly Atom[]; readonly coefficient: Rational };
export type Atom = { readonly name: string; readonly top: number; readonly bottom: number };

export const isVariable = (name: string): boolean => name.startsWith('v ');
export const isPrime = (name: string): boolean => name.startsWith('p ');

export const MAX_TERM_COUNT = 300;
const MAX_EXPONENT = 400;

export const zero: Polynomial = new Map();

export const constantPolynomial = (value: Rational): Polynomial =>
  isZero(value) ? zero : new Map([['', { atoms: [], coefficient: value }]]);

export const atomPolynomial = (name: string, top = 1, bottom = 1): Polynomial =>
  single(normalizeTerm([{ name, top, bottom }], rational(1)));

/** The value when the polynomial is a plain number. */
export const constantOf = (polynomial: Polynomial): Rational | undefined => {
  if (polynomial.size === 0) return rational(0);
  return polynomial.size === 1 ? polynomial.get('')?.coefficient : undefined;
};

/** The only term, when there is just one. */
export const singleTerm = (polynomial: Polynomial): Term | undefined => {
  if (polynomial.size !== 1) return undefined;
  for (const term of polynomial.values()) return term;
  return undefined;
};

export const add = (left: Polynomial, right: Polynomial): Polynomial | undefined => {
  spendSteps(left.size + 2 * right.size);
  const total = new Map(left);
  for (const term of right.values()) addTerm(total, term);
  return total.size > MAX_TERM_COUNT ? undefined : total;
};

export const negatePolynomial = (polynomial: Polynomial): Polynomial => {
  const result = new Map<string, Term>();
  for (const [key, term] of polynomial) result.set(key, { atoms: term.atoms, coefficient: negate(term.coefficient) });
  return result;
};

export const multiply = (left: Polynomial, right: Polynomial): Polynomial | undefined => {
  if (left.size * right.size > MAX_TERM_COUNT * 10) return undefined;
  spendSteps(12 * left.size * right.size);
  const total = new Map<string, Term>();
  for (const first of left.values()) {
    for (const second of right.values()) {
      const product = multiplyTerms(first, second);
      if (!product) return undefined;
      addTerm(total, product);
      if (total.size > MAX_TERM_COUNT) return undefined;
    }
  }
  return total;
};

export const power = (base: Polynomial, exponent: number): Polynomial | undefined => {
  let result: Polynomial | undefined = constantPolynomial(rational(1));
  for (let count = 0; count < exponent && result; count++) result = multiply(result, base);
  return result;
};

/** A name for the polynomial: equal polynomials have equal keys. */
export const keyOf = (polynomial: Polynomial): string => {
  spendSteps(3 * polynomial.size);
  const terms: string[] = [];
  for (const [key, { coefficient }] of polynomial) terms.push(`${write(coefficient)} ${key}`);
  return terms.sort().join(' + ');
};

/** In base 32, which takes a time in proportion to the length; the decimals of 40,000 bits take 0.7 ms. */
const write = ({ numerator, denominator }: Rational): string => {
  spendSteps((countWords(numerator) + countWords(denominator) - 16) / 2);
  return `${numerator.toString(32)}/${denominator.toString(32)}`;
};

export const single = (term: Term | undefined): Polynomial =>
  !term || isZero(term.coefficient) ? zero : new Map([[keyOfAtoms(term.atoms), term]]);

/** The name of a monomial; atoms must be sorted. */
export const keyOfAtoms = (atoms: readonly Atom[]): string => {
  let key = '';
  for (const { name, top, bottom } of atoms) key += bottom === 1 ? `${name}^${top} ` : `${name}^${top}/${bottom} `;
  return key;
};

const addTerm = (total: Map<string, Term>, term: Term): void => {
  const key = keyOfAtoms(term.atoms);
  const present = total.get(key);
  if (!present) {
    total.set(key, term);
    return;
  }
  const coefficient = addRational(present.coefficient, term.coefficient);
  if (isZero(coefficient)) total.delete(key);
  else total.set(key, { atoms: term.atoms, coefficient });
};

const multiplyTerms = (first: Term, second: Term): Term | undefined => {
  const coefficient = multiplyRational(first.coefficient, second.coefficient);
  if (first.atoms.length === 0) return { atoms: second.atoms, coefficient };
  if (second.atoms.length === 0) return { atoms: first.atoms, coefficient };
  return normalizeTerm([...first.atoms, ...second.atoms], coefficient);
};

/** Sorts, joins equal atoms, and moves what is rational (√2·√2, i²) into the coefficient. */
export const normalizeTerm = (atoms: readonly Atom[], factor: Rational): Term | undefined => {
  let coefficient = factor;
  const merged = new Map<string, Atom>();
  for (const atom of atoms) {
    const present = merged.get(atom.name);
    const sum = present ? addExponents(present, atom) : atom;
    if (abs(sum.top) > MAX_EXPONENT * sum.bottom || sum.bottom > 1000) return undefined;
    merged.set(atom.name, sum);
  }
  const kept: Atom[] = [];
  for (const atom of merged.values()) {
    const { name, top, bottom } = atom;
    if (name === 'i' && bottom === 1) {
      const turn = ((top % 4) + 4) % 4;
      if (turn >= 2) coefficient = negate(coefficient);
      if (turn % 2 === 1) kept.push({ name, top: 1, bottom: 1 });
    } else if (isPrime(name)) {
      const whole = floor(top / bottom);
      if (whole !== 0) coefficient = multiplyRational(coefficient, primePower(name, whole));
      if (top - whole * bottom !== 0) kept.push({ name, top: top - whole * bottom, bottom });
    } else if (top !== 0) kept.push(atom);
  }
  kept.sort((left, right) => (left.name < right.name ? -1 : 1));
  return { atoms: kept, coefficient };
};

const primePower = (name: string, exponent: number): Rational => {
  const value = BigInt(name.slice(2)) ** BigInt(abs(exponent));
  return exponent > 0 ? rational(value) : rational(1n, value);
};

const addExponents = (first: Atom, second: Atom): Atom => {
  if (first.bottom === 1 && second.bottom === 1) return { name: first.name, top: first.top + second.top, bottom: 1 };
  return reduceExponent(
    first.name,
    first.top * second.bottom + second.top * first.bottom,
    first.bottom * second.bottom,
  );
};

export const reduceExponent = (name: string, top: number, bottom: number): Atom => {
  const divisor = gcdOfDoubles(abs(top), bottom) || 1;
  return { name, top: top / divisor, bottom: bottom / divisor };
};
