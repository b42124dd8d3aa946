import { toPolynomial } from '../numbers/exact-form.js';
import { evaluateExactly } from '../numbers/exact-number.js';
import { call, type Expression, number } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import { isVariable } from '../numbers/polynomial.js';
import { absolute, equals, type Rational, rational } from '../numbers/rational.js';
import { type Verdict, verdict } from '../parse/verdict.js';

type Residue = { readonly remainder: Rational; readonly modulus: Rational };

/** n ≡ 3 (mod 4) and "numbers of the form 4k + 3" are one set; undefined where neither side is such a set. */
export const compareResidues = (gold: Expression, answer: Expression): Verdict | undefined => {
  const surely = residueOf(gold);
  const surelyOther = residueOf(answer);
  if (!surely && !surelyOther) return undefined;
  const left = surely ?? residueOfEquation(gold);
  const right = surelyOther ?? residueOfEquation(answer);
  if (!left || !right) return undefined;
  const isSame = equals(left.modulus, right.modulus) && equals(left.remainder, right.remainder);
  return verdict(isSame, 'set');
};

const residueOf = (expression: Expression): Residue | undefined => {
  if (is.call(expression, 'form')) return residueOfForm(expression.operands[0]);
  const [name, value] = is.relation(expression, '≡') ? expression.operands : [];
  if (!is.symbol(name) || !is.call(value, 'residue')) return undefined;
  const [remainder, modulus] = value.operands.map((operand) => evaluateExactly(operand));
  return remainder && modulus && reduce(remainder, modulus);
};

/** Beside a congruence n = 4k + 3 means the same, and so does 4k + 3. */
const residueOfEquation = (expression: Expression): Residue | undefined => {
  if (!is.relation(expression)) return residueOfForm(expression);
  const [name, value] = is.relation(expression, '=') ? expression.operands : [];
  return is.symbol(name) ? residueOfForm(value) : undefined;
};

/** 4k + 3 for whole k: linear in its one letter. */
const residueOfForm = (form: Expression | undefined): Residue | undefined => {
  const polynomial = form && toPolynomial(form);
  if (!polynomial) return undefined;
  let remainder = rational(0);
  let modulus: Rational | undefined;
  for (const { atoms, coefficient } of polynomial.values()) {
    const [atom] = atoms;
    if (!atom) remainder = coefficient;
    else if (atoms.length > 1 || atom.top !== 1 || atom.bottom !== 1 || !isVariable(atom.name) || modulus)
      return undefined;
    else modulus = coefficient;
  }
  return modulus && reduce(remainder, modulus);
};

const reduce = (remainder: Rational, modulus: Rational): Residue | undefined => {
  const size = absolute(modulus);
  const least = evaluateExactly(call('mod', number(remainder), number(size)));
  return least && { remainder: least, modulus: size };
};
