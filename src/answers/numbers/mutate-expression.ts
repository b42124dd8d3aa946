import { call, childrenOf, type Expression, mapChildren, negative, number } from './expression.js';
import { add, rational } from './rational.js';

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
export function mutantsOf(expression: Expression): MutantGroup[] {
  const names = [...symbolsOf(expression)].slice(0, 4);
  const groups: MutantGroup[] = [];
  const visit = (part: Expression, rebuild: (changed: Expression) => Expression, isSquared: boolean): void => {
    // A limit is there to drown what vanishes.
    if (part.kind === 'call' && part.name === 'limit') return;
    // A product from 2 on is one from 1 on: a number is seen when one of two changes is.
    if (part.kind === 'number')
      groups.push({
        mutants: [1, 2].map((step) => rebuild(number(add(part.value, rational(step))))),
        isBend: false,
        part,
        changed: part,
      });
    const bends = isSquared ? [] : bendsOf(part);
    for (const changed of bends) groups.push({ mutants: [rebuild(changed)], isBend: true, part, changed });
    for (const changed of slipsOf(part, names))
      groups.push({ mutants: [rebuild(changed)], isBend: false, part, changed });
    childrenOf(part).forEach((child, place) => {
      // What decides between pieces is shown by the points around its constants.
      if (
        groups.length >= MAX_MUTANTS ||
        (part.kind === 'piecewise' && part.pieces.some(({ condition }) => condition === child))
      )
        return;
      visit(child, (changed) => rebuild(replaceChild(part, place, changed)), isEvenPower(part) && place === 0);
    });
  };
  visit(expression, (changed) => changed, false);
  return groups.slice(0, MAX_MUTANTS);
}

/** The expression a step further in one variable: where nobody sees that, the variable was drowned or saturated. */
export function shiftVariable(expression: Expression, name: string): Expression {
  if (expression.kind === 'symbol' && expression.name === name) return { kind: 'sum', terms: [expression, number(1)] };
  return mapChildren(expression, (part) => shiftVariable(part, name));
}

function isEvenPower(expression: Expression): boolean {
  return (
    expression.kind === 'power' &&
    expression.exponent.kind === 'number' &&
    expression.exponent.value.denominator === 1n &&
    expression.exponent.value.numerator % 2n === 0n
  );
}

function replaceChild(expression: Expression, place: number, changed: Expression): Expression {
  let at = -1;
  return mapChildren(expression, (child) => (++at === place ? changed : child));
}

function slipsOf(part: Expression, names: readonly string[]): Expression[] {
  switch (part.kind) {
    case 'symbol':
      return names.filter((name) => name !== part.name).map((name) => ({ kind: 'symbol', name }));
    case 'negative':
      return [part.operand];
    case 'sum':
      return part.terms.length < 2 || part.terms.length > 12
        ? []
        : part.terms.flatMap((term, place) => [
            { kind: 'sum', terms: part.terms.filter((_, other) => other !== place) } as const,
            { kind: 'sum', terms: part.terms.map((other, at) => (at === place ? negative(term) : other)) } as const,
          ]);
    default:
      return [];
  }
}

function bendsOf(part: Expression): Expression[] {
  if (part.kind === 'piecewise') return part.pieces.map(({ value }) => value);
  if (part.kind !== 'call') return [];
  const [first, second] = part.operands;
  if (!first) return [];
  switch (part.name) {
    case 'abs':
      return isSurelyNonNegative(first) ? [] : [first, negative(first)];
    case 'floor':
      return [call('ceil', first), first, { kind: 'sum', terms: [call('ceil', first), number(-1)] }];
    case 'ceil':
      return [call('floor', first), first, { kind: 'sum', terms: [call('floor', first), number(1)] }];
    case 'max':
    case 'min':
      return [...part.operands];
    case 'sgn':
      return [number(1), number(-1)];
    case 'mod':
      return second ? [first, second] : [];
    case 'gcd':
    case 'lcm':
      return [first, ...(second ? [second] : [])];
    case 'binom':
      return second ? [call('binom', first, { kind: 'sum', terms: [second, number(-1)] })] : [];
    case 'Re':
    case 'conj':
      return [first];
    default:
      return [];
  }
}

/** Even powers, absolute values, roots and exponentials, and sums and products of such. */
function isSurelyNonNegative(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
      return expression.value.numerator >= 0n;
    case 'power':
      return (
        (expression.exponent.kind === 'number' &&
          expression.exponent.value.numerator % 2n === 0n &&
          expression.exponent.value.denominator === 1n) ||
        (expression.base.kind === 'constant' && expression.base.name !== 'i') ||
        isSurelyNonNegative(expression.base)
      );
    case 'root':
      return true;
    case 'call':
      return /^(?:abs|exp|cosh|factorial2?|binom|gcd|lcm)$/.test(expression.name);
    case 'sum':
    case 'product':
    case 'quotient':
      return childrenOf(expression).every(isSurelyNonNegative);
    case 'constant':
      return expression.name === 'pi' || expression.name === 'e';
    default:
      return false;
  }
}

function symbolsOf(expression: Expression, names: Set<string> = new Set()): Set<string> {
  if (expression.kind === 'symbol') names.add(expression.name);
  for (const child of childrenOf(expression)) symbolsOf(child, names);
  return names;
}
