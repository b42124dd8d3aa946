import { call, childrenOf, type Expression, mapChildren, negative, number } from './expression.js';
import { add, rational } from './rational.js';

/** More mutants than this are not tried; the first ones come from the outermost parts. */
const MAX_MUTANTS = 60;

/**
 * The small mistakes that an expression could hide: a sign turned, a number off by one, a term dropped, a variable put for another, a
 * floor for a ceiling, a bend straightened (|u| for u, max(a, b) for a). Points that cannot tell an expression from these
 * cannot show that it equals anything. Of a group of mutants one has to be told apart.
 */
export function mutantsOf(expression: Expression): Expression[][] {
  const names = [...symbolsOf(expression)].slice(0, 4);
  const mutants: Expression[][] = [];
  const visit = (part: Expression, rebuild: (changed: Expression) => Expression): void => {
    // A product from 2 on is one from 1 on: a number is seen when one of two changes is.
    if (part.kind === 'number') mutants.push([1, 2].map((step) => rebuild(number(add(part.value, rational(step))))));
    for (const changed of changesOf(part, names)) {
      if (mutants.length >= MAX_MUTANTS) return;
      mutants.push([rebuild(changed)]);
    }
    childrenOf(part).forEach((child, place) => {
      if (mutants.length < MAX_MUTANTS) visit(child, (changed) => rebuild(replaceChild(part, place, changed)));
    });
  };
  visit(expression, (changed) => changed);
  return mutants;
}

function replaceChild(expression: Expression, place: number, changed: Expression): Expression {
  let at = -1;
  return mapChildren(expression, (child) => (++at === place ? changed : child));
}

function changesOf(part: Expression, names: readonly string[]): Expression[] {
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
    case 'call':
      return changesOfCall(part);
    case 'piecewise':
      return part.pieces.map(({ value }) => value);
    default:
      return [];
  }
}

function changesOfCall({ name, operands }: Extract<Expression, { kind: 'call' }>): Expression[] {
  const [first, second] = operands;
  if (!first) return [];
  switch (name) {
    case 'abs':
      return isSurelyNonNegative(first) ? [] : [first, negative(first)];
    case 'floor':
      return [call('ceil', first), first, { kind: 'sum', terms: [call('ceil', first), number(-1)] }];
    case 'ceil':
      return [call('floor', first), first, { kind: 'sum', terms: [call('floor', first), number(1)] }];
    case 'max':
    case 'min':
      return [...operands];
    case 'sgn':
      return [number(1), number(-1)];
    case 'mod':
      return second ? [first, second, number(0), number(1)] : [];
    case 'gcd':
    case 'lcm':
      return [number(1), first, ...(second ? [second] : [])];
    case 'binom':
      return second ? [number(0), call('binom', first, { kind: 'sum', terms: [second, number(-1)] })] : [];
    case 'Re':
    case 'conj':
      return [first];
    case 'Im':
      return [number(0)];
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
