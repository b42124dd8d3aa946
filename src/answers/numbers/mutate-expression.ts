import { call, childrenOf, type Expression, mapChildren, negative, number, symbolsIn } from './expression.js';
import * as is from './is.js';
import * as make from './make.js';
import { add, isInteger, isNegative, rational } from './rational.js';

/** More mutants than this are not tried; the first ones come from the outermost parts. */
const MAX_MUTANTS = 60;

/**
 * Mutants of which points have to tell one at least. A slip (unlike a bend straightened) is excused where the changed part itself visibly
 * differs from the part: then the whole has a symmetry, such as a period, and nothing was drowned.
 */
export type MutantGroup = {
  readonly mutants: readonly Expression[];
  readonly isBend: boolean;
  readonly part: Expression;
  readonly changed: Expression;
};

/**
 * The small mistakes that an expression could hide: a sign turned, a number off by one, a term dropped, a variable put for another, a
 * floor for a ceiling, a bend straightened (|u| for u, max(a, b) for a). Points that cannot tell an expression from these
 * cannot show that it equals anything.
 */
export const mutantsOf = (expression: Expression): MutantGroup[] => {
  const names = [...symbolsIn(expression)].slice(0, 4);
  const groups: MutantGroup[] = [];
  const push = (mutants: Expression[], isBend: boolean, part: Expression, changed = part): void => {
    groups.push({ mutants, isBend, part, changed });
  };
  const visit = (part: Expression, rebuild: (changed: Expression) => Expression, isSquared: boolean): void => {
    // A limit is there to drown what vanishes.
    if (is.call(part, 'limit')) return;
    // A product from 2 on is one from 1 on: a number is seen when one of two changes is.
    if (is.number(part))
      push(
        [1, 2].map((step) => rebuild(number(add(part.value, rational(step))))),
        false,
        part,
      );
    for (const changed of isSquared ? [] : bendsOf(part)) push([rebuild(changed)], true, part, changed);
    for (const changed of slipsOf(part, names)) push([rebuild(changed)], false, part, changed);
    childrenOf(part).forEach((child, place) => {
      // What decides between pieces is shown by the points around its constants.
      if (
        groups.length >= MAX_MUTANTS ||
        (is.piecewise(part) && part.pieces.some(({ condition }) => condition === child))
      )
        return;
      visit(child, (changed) => rebuild(replaceChild(part, place, changed)), isEvenPower(part) && place === 0);
    });
  };
  visit(expression, (changed) => changed, false);
  return groups.slice(0, MAX_MUTANTS);
};

/** The expression a step further in one variable: where nobody sees that, the variable was drowned or saturated. */
export const shiftVariable = (expression: Expression, name: string): Expression => {
  if (is.symbol(expression, name)) return make.sum([expression, number(1)]);
  return mapChildren(expression, (part) => shiftVariable(part, name));
};

const isEvenPower = (expression: Expression): boolean =>
  is.power(expression) &&
  is.number(expression.exponent) &&
  isInteger(expression.exponent.value) &&
  expression.exponent.value.numerator % 2n === 0n;

const replaceChild = (expression: Expression, place: number, changed: Expression): Expression => {
  let at = -1;
  return mapChildren(expression, (child) => (++at === place ? changed : child));
};

const slipsOf = (part: Expression, names: readonly string[]): Expression[] => {
  switch (part.kind) {
    case 'symbol':
      return names.filter((name) => name !== part.name).map((name) => make.symbol(name));
    case 'negative':
      return [part.operand];
    case 'sum':
      return part.terms.length < 2 || part.terms.length > 12
        ? []
        : part.terms.flatMap((term, place) => [
            make.sum(part.terms.filter((_, other) => other !== place)),
            make.sum(part.terms.map((other, at) => (at === place ? negative(term) : other))),
          ]);
    default:
      return [];
  }
};

const bendsOf = (part: Expression): Expression[] => {
  if (is.piecewise(part)) return part.pieces.map(({ value }) => value);
  if (!is.call(part)) return [];
  const [first, second] = part.operands;
  if (!first) return [];
  switch (part.name) {
    case 'abs':
      return isSurelyNonNegative(first) ? [] : [first, negative(first)];
    case 'floor':
    case 'ceil': {
      const isFloor = part.name === 'floor';
      const other = call(isFloor ? 'ceil' : 'floor', first);
      return [other, first, make.sum([other, number(isFloor ? -1 : 1)])];
    }
    case 'max':
    case 'min':
      return [...part.operands];
    case 'sgn':
      return [number(1), number(-1)];
    case 'mod':
      return second ? [first, second] : [];
    case 'gcd':
    case 'lcm':
      return part.operands.slice(0, 2);
    case 'binom':
      return second ? [call('binom', first, make.sum([second, number(-1)]))] : [];
    case 'Re':
    case 'conj':
      return [first];
    default:
      return [];
  }
};

/** Even powers, absolute values, roots and exponentials, and sums and products of such. */
const isSurelyNonNegative = (expression: Expression): boolean => {
  switch (expression.kind) {
    case 'number':
      return !isNegative(expression.value);
    case 'power':
      return (
        isEvenPower(expression) ||
        (is.constant(expression.base) && expression.base.name !== 'i') ||
        isSurelyNonNegative(expression.base)
      );
    case 'root':
      return true;
    case 'call':
      return /^(abs|exp|cosh|factorial2?|binom|gcd|lcm)$/.test(expression.name);
    case 'sum':
    case 'product':
    case 'quotient':
      return childrenOf(expression).every(isSurelyNonNegative);
    case 'constant':
      return expression.name === 'pi' || expression.name === 'e';
    default:
      return false;
  }
};
