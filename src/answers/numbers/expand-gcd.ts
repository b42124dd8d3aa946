import { toPolynomial } from './exact-form.js';
import { evaluateExactly } from './exact-number.js';
import { call, type Expression, number } from './expression.js';
import * as make from './make.js';
import { type Atom, isPrime, singleTerm } from './polynomial.js';
import { rational } from './rational.js';

/**
 * gcd and lcm of monomials as a monomial: gcd(125, 50x) is 25, lcm(4x, 6y) is 12xy. Undefined for anything with more
 * than one term.
 */
export const expandGcd = (name: 'gcd' | 'lcm', operands: readonly Expression[]): Expression | undefined => {
  const exponents = new Map<string, Atom[]>();
  const coefficients: Expression[] = [];
  for (const operand of operands) {
    const polynomial = toPolynomial(operand);
    const term = polynomial && singleTerm(polynomial);
    if (!term) return undefined;
    coefficients.push(number(term.coefficient));
    for (const atom of term.atoms) exponents.set(atom.name, [...(exponents.get(atom.name) ?? []), atom]);
  }
  const factor = evaluateExactly(call(name, ...coefficients));
  if (!factor) return undefined;
  const factors: Expression[] = [number(factor)];
  for (const [atomName, atoms] of exponents) {
    // An atom that some operand lacks has exponent 0 there.
    if (name === 'gcd' && atoms.length < operands.length) continue;
    const [first, ...rest] = atoms;
    if (!first) continue;
    const chosen = rest.reduce((best, atom) => {
      const isSmaller = atom.top * best.bottom < best.top * atom.bottom;
      return isSmaller === (name === 'gcd') ? atom : best;
    }, first);
    factors.push(make.power(baseOf(atomName), number(rational(chosen.top, chosen.bottom))));
  }
  return make.product(factors);
};

const baseOf = (atomName: string): Expression => {
  if (atomName === 'i') return make.constant('i');
  const name = atomName.slice(2);
  if (isPrime(atomName)) return number(rational(BigInt(name)));
  return atomName.startsWith('c ') ? make.constant(name as 'pi') : make.symbol(name);
};
