import { evaluateExactly } from './exact-number.js';
import { childrenOf, type Expression, number } from './expression.js';
import { factorize } from './factorize.js';
import { evaluateAll, foldParts } from './fold-parts.js';
import * as is from './is.js';
import * as make from './make.js';
import { abs } from './math.js';
import {
  type Atom,
  add,
  atomPolynomial,
  constantOf,
  constantPolynomial,
  isPrime,
  isVariable,
  keyOf,
  multiply,
  negatePolynomial,
  normalizeTerm,
  type Polynomial,
  power,
  reduceExponent,
  single,
  singleTerm,
  type Term,
} from './polynomial.js';
import { absolute, bitLength, divide, isInteger, isNegative, type Rational, rational } from './rational.js';
import { spendSteps } from './work.js';

/** An expression as a quotient of two polynomials. */
export type ExactForm = {
  readonly top: Polynomial;
  readonly bottom: Polynomial;
  /** True when some atom is a function of which only the name is known: then a difference proves nothing. */
  readonly isOpaque: boolean;
};

const one = constantPolynomial(rational(1));

/** Expands an expression exactly; undefined when it grows past the bounds or is undefined (division by zero). */
export const toExactForm = (expression: Expression): ExactForm | undefined => {
  spendSteps(4);
  switch (expression.kind) {
    case 'number':
      return constantForm(expression.value);
    case 'symbol':
      return plain(atomPolynomial(`v ${expression.name}`));
    case 'constant':
      if (expression.name === 'pi' || expression.name === 'e') return plain(atomPolynomial(`c ${expression.name}`));
      return expression.name === 'i' ? plain(atomPolynomial('i')) : undefined;
    case 'negative': {
      const form = toExactForm(expression.operand);
      return form && { ...form, top: negatePolynomial(form.top) };
    }
    case 'sum':
      return foldParts(expression.terms, toExactForm, addForms);
    case 'product':
      return foldParts(expression.factors, toExactForm, multiplyForms);
    case 'quotient': {
      const top = toExactForm(expression.top);
      const bottom = top && toExactForm(expression.bottom);
      return bottom && divideForms(top, bottom);
    }
    case 'percent': {
      const form = toExactForm(expression.operand);
      return form && multiplyForms(form, constantForm(rational(1, 100)));
    }
    case 'power':
      return raiseForm(expression);
    case 'root': {
      const index = evaluateExactly(expression.index);
      const form =
        index && isInteger(index) && index.numerator > 1n && index.numerator < 60n && toExactForm(expression.radicand);
      return form ? (takeRoot(form, 1, Number(index.numerator), true) ?? opaque(expression)) : opaque(expression);
    }
    case 'call':
    case 'series':
    case 'degrees': {
      const value = evaluateExactly(expression);
      return value ? constantForm(value) : opaque(expression);
    }
    default:
      return undefined;
  }
};

/** The polynomial that an expression is; undefined where it is none, or all of it is not known. */
export const toPolynomial = (expression: Expression): Polynomial | undefined => {
  const form = toExactForm(expression);
  return form && !form.isOpaque && form.bottom.size === 1 && form.bottom.has('') ? form.top : undefined;
};

/** Whether two forms are the same function: exactly, or undefined where opaque atoms leave it open. */
export const areFormsEqual = (left: ExactForm, right: ExactForm): boolean | undefined => {
  const first = multiply(left.top, right.bottom);
  const second = multiply(right.top, left.bottom);
  const difference = first && second && add(first, negatePolynomial(second));
  if (!difference) return undefined;
  if (difference.size === 0) return true;
  return left.isOpaque || right.isOpaque ? undefined : false;
};

export const keyOfForm = (form: ExactForm): string =>
  form.bottom === one ? keyOf(form.top) : `(${keyOf(form.top)})/(${keyOf(form.bottom)})`;

const constantForm = (value: Rational): ExactForm => plain(constantPolynomial(value));

const plain = (top: Polynomial): ExactForm => ({ top, bottom: one, isOpaque: false });

const addForms = (left: ExactForm, right: ExactForm): ExactForm | undefined => {
  const isOpaque = left.isOpaque || right.isOpaque;
  if (left.bottom === right.bottom || keyOf(left.bottom) === keyOf(right.bottom)) {
    const top = add(left.top, right.top);
    return top && { top, bottom: left.bottom, isOpaque };
  }
  const first = multiply(left.top, right.bottom);
  const second = multiply(right.top, left.bottom);
  const top = first && second && add(first, second);
  const bottom = top && multiply(left.bottom, right.bottom);
  return bottom && { top, bottom, isOpaque };
};

const multiplyForms = (left: ExactForm, right: ExactForm): ExactForm | undefined => {
  const top = multiply(left.top, right.top);
  const bottom =
    top &&
    (left.bottom === one ? right.bottom : right.bottom === one ? left.bottom : multiply(left.bottom, right.bottom));
  return bottom && { top, bottom, isOpaque: left.isOpaque || right.isOpaque };
};

const divideForms = (left: ExactForm, right: ExactForm): ExactForm | undefined => {
  if (right.top.size === 0) return undefined;
  const divisor = right.bottom === one ? constantOf(right.top) : undefined;
  if (divisor) return multiplyForms(left, constantForm(divide(rational(1), divisor)));
  return multiplyForms(left, { top: right.bottom, bottom: right.top, isOpaque: right.isOpaque });
};

const raiseForm = (expression: Extract<Expression, { kind: 'power' }>): ExactForm | undefined => {
  const exponent = evaluateExactly(expression.exponent);
  const base = toExactForm(expression.base);
  if (!exponent || !base) return base && opaque(expression);
  if (bitLength(exponent.numerator) > 20 || exponent.denominator > 60n) return opaque(expression);
  const count = Number(exponent.numerator);
  if (!isInteger(exponent)) return takeRoot(base, count, Number(exponent.denominator), false) ?? opaque(expression);
  const value = base.bottom === one ? constantOf(base.top) : undefined;
  if (value) {
    const raised = evaluateExactly(expression);
    return raised ? constantForm(raised) : opaque(expression);
  }
  return takeRoot(base, count, 1, false) ?? raiseByMultiplying(base, count) ?? opaque(expression);
};

const raiseByMultiplying = (base: ExactForm, count: number): ExactForm | undefined => {
  if (abs(count) > 60) return undefined;
  const top = power(base.top, abs(count));
  const bottom = top && (base.bottom === one ? one : power(base.bottom, abs(count)));
  if (!bottom || (count < 0 && top.size === 0)) return undefined;
  return count >= 0 ? { top, bottom, isOpaque: base.isOpaque } : { top: bottom, bottom: top, isOpaque: base.isOpaque };
};

/**
 * A single monomial to the power top/bottom. Roots of numbers become roots of their primes, so that √12 and 2√3 have
 * one form; a root of a variable needs the bare variable, since √(x²) is not x.
 */
const takeRoot = (form: ExactForm, top: number, bottom: number, isReal: boolean): ExactForm | undefined => {
  const above = singleTerm(form.top);
  const below = singleTerm(form.bottom);
  if (!above || !below || abs(top) > 400) return undefined;
  const atoms: Atom[] = [];
  for (const { name, top: exponentTop, bottom: exponentBottom } of [
    ...above.atoms,
    ...below.atoms.map((atom) => ({ ...atom, top: -atom.top })),
  ]) {
    const isBare = exponentTop === 1 && exponentBottom === 1;
    const isPositive = isPrime(name) || name.startsWith('c ');
    if (bottom !== 1 && !isPositive && !(isBare && isVariable(name))) return undefined;
    atoms.push(reduceExponent(name, exponentTop * top, exponentBottom * bottom));
  }
  const variableCount = atoms.filter(({ name }) => isVariable(name)).length;
  if (bottom !== 1 && variableCount > 1) return undefined;
  const coefficient = divide(above.coefficient, below.coefficient);
  const root = rootOfNumber(coefficient, top, bottom, isReal);
  // √(-x) is not i√x for negative x.
  if (!root || (bottom !== 1 && isNegative(coefficient) && variableCount > 0)) return undefined;
  const term = normalizeTerm([...atoms, ...root.atoms], root.coefficient);
  return term && { top: single(term), bottom: one, isOpaque: form.isOpaque };
};

const rootOfNumber = (value: Rational, top: number, bottom: number, isReal: boolean): Term | undefined => {
  if (bottom === 1) {
    const raised = evaluateExactly(make.power(number(value), number(top)));
    return raised && { atoms: [], coefficient: raised };
  }
  const atoms: Atom[] = [];
  let sign = rational(1);
  if (isNegative(value)) {
    if (bottom === 2) atoms.push({ name: 'i', top, bottom: 1 });
    else if (isReal && bottom % 2 === 1) sign = rational(top % 2 === 0 ? 1 : -1);
    else return undefined;
  }
  const above = factorize(absolute(value).numerator);
  const below = factorize(value.denominator);
  if (!above || !below) return undefined;
  for (const [prime, count] of above) atoms.push(reduceExponent(`p ${prime}`, count * top, bottom));
  for (const [prime, count] of below) atoms.push(reduceExponent(`p ${prime}`, -count * top, bottom));
  return normalizeTerm(atoms, sign);
};

/** A function as an atom named by its exact arguments, so that sin(2x) and sin(x + x) are one atom. */
const opaque = (expression: Expression): ExactForm | undefined => {
  const keys = evaluateAll(childrenOf(expression), toExactForm)?.map(keyOfForm).join(', ');
  if (keys === undefined || keys.length > 2000) return undefined;
  return { top: atomPolynomial(keys && `${nameOf(expression)}(${keys})`), bottom: one, isOpaque: true };
};

/** `sin`, `root`, `sum k`. */
const nameOf = (expression: Expression): string => {
  if (is.series(expression)) return `${expression.name} ${expression.variable}`;
  return is.call(expression) ? expression.name : expression.kind;
};
