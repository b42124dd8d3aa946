import { type Expression, mapChildren } from './expression.js';
import * as is from './is.js';
import * as make from './make.js';

/** The same expression with variables renamed: what a bound variable is called does not matter. */
export const renameSymbols = (expression: Expression, names: ReadonlyMap<string, string>): Expression => {
  if (is.symbol(expression)) {
    const name = names.get(expression.name);
    return name === undefined ? expression : make.symbol(name);
  }
  return mapChildren(expression, (part) => renameSymbols(part, names));
};
