import { childrenOf, type Expression, negative, number, onlyOf } from './expression.js';
import * as is from './is.js';
import * as make from './make.js';

const unitNames = ['i', 'j', 'k'];

/** 3i + 4j as its components [3, 4] (or [3, 4, 0] for three); undefined where a term is no multiple of one unit vector. */
export const vectorComponents = (expression: Expression, count: number): Expression[] | undefined => {
  const found: Expression[][] = [[], [], []];
  const terms = is.sum(expression) ? expression.terms : [expression];
  for (const term of terms) {
    const part = splitTerm(term);
    if (!part) return undefined;
    found[part.unit]?.push(part.coefficient);
  }
  if (found.slice(count).some((parts) => parts.length > 0)) return undefined;
  return found.slice(0, count).map((parts) => {
    return parts.length === 0 ? number(0) : (onlyOf(parts) ?? make.sum(parts));
  });
};

/** Whether a unit vector is written with a hat or an arrow, so that it cannot be a number. */
export const mentionsUnitVector = (expression: Expression): boolean => {
  if (is.symbol(expression)) return /^(hat|vec) \\?[ijk](math)?$/.test(expression.name);
  if (!is.sum(expression) && !is.product(expression) && !is.negative(expression)) return false;
  return childrenOf(expression).some(mentionsUnitVector);
};

const splitTerm = (term: Expression): { unit: number; coefficient: Expression } | undefined => {
  const unit = unitOf(term);
  if (unit >= 0) return { unit, coefficient: number(1) };
  if (is.negative(term)) {
    const inner = splitTerm(term.operand);
    return inner && { ...inner, coefficient: negative(inner.coefficient) };
  }
  if (is.quotient(term)) {
    const inner = splitTerm(term.top);
    return inner && { ...inner, coefficient: make.quotient(inner.coefficient, term.bottom) };
  }
  if (!is.product(term)) return undefined;
  const units = term.factors.filter((factor) => unitOf(factor) >= 0);
  const [only] = units;
  if (units.length !== 1 || !only) return undefined;
  return {
    unit: unitOf(only),
    coefficient: make.product(term.factors.filter((factor) => factor !== only)),
  };
};

const unitOf = (expression: Expression): number => {
  if (is.constant(expression)) return expression.name === 'i' ? 0 : -1;
  if (!is.symbol(expression)) return -1;
  return unitNames.indexOf(expression.name.replace(/^(hat|vec|bar) /, '').replace(/^\\([ijk])math$/, '$1'));
};
