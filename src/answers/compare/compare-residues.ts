import { toExactForm } from '../numbers/exact-form.js';
import { evaluateExactly } from '../numbers/exact-number.js';
import { call, type Expression, isNamed, isRelation, number } from '../numbers/expression.js';
import { absolute, equals, type Rational, rational } from '../numbers/rational.js';
import { type Verdict, verdict } from '../parse/verdict.js';

type Residue = { readonly remainder: Rational; readonly modulus: Rational };

/** n ≡ 3 (mod 4) and "numbers of the form 4k + 3" are one set; undefined where neither side is such a set. */
export function compareResidues(gold: Expression, answer: Expression): Verdict | undefined {
  const [surely, surelyOther] = [residueOf(gold), residueOf(answer)];
  if (!surely && !surelyOther) return undefined;
  const [left, right] = [surely ?? residueOfEquation(gold), surelyOther ?? residueOfEquation(answer)];
  if (!left || !right) return undefined;
  const isSame = equals(left.modulus, right.modulus) && equals(left.remainder, right.remainder);
  return verdict(isSame, 'set');
}

function residueOf(expression: Expression): Residue | undefined {
  if (isNamed(expression, 'call', 'form')) return residueOfForm(expression.operands[0]);
  const [name, value] = isRelation(expression, '≡') ? expression.operands : [];
  if (name?.kind !== 'symbol' || !isNamed(value, 'call', 'residue')) return undefined;
  const [remainder, modulus] = value.operands.map((operand) => evaluateExactly(operand));
  return remainder && modulus ? reduce(remainder, modulus) : undefined;
}

/** Beside a congruence n = 4k + 3 means the same, and so does 4k + 3. */
function residueOfEquation(expression: Expression): Residue | undefined {
  if (expression.kind !== 'relation') return residueOfForm(expression);
  const [name, value] = isRelation(expression, '=') ? expression.operands : [];
  return name?.kind === 'symbol' ? residueOfForm(value) : undefined;
}

/** 4k + 3 for whole k: linear in its one letter. */
function residueOfForm(form: Expression | undefined): Residue | undefined {
  const exact = form && toExactForm(form);
  if (!exact || exact.isOpaque || exact.bottom.size !== 1 || !exact.bottom.has('')) return undefined;
  let remainder = rational(0);
  let modulus: Rational | undefined;
  for (const { atoms, coefficient } of exact.top.values()) {
    const [atom] = atoms;
    if (!atom) remainder = coefficient;
    else if (atoms.length > 1 || atom.top !== 1 || atom.bottom !== 1 || !atom.name.startsWith('v ') || modulus)
      return undefined;
    else modulus = coefficient;
  }
  return modulus && reduce(remainder, modulus);
}

function reduce(remainder: Rational, modulus: Rational): Residue | undefined {
  const size = absolute(modulus);
  const least = evaluateExactly(call('mod', number(remainder), number(size)));
  return least && { remainder: least, modulus: size };
}
