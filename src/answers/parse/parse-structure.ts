import { call, type Expression, onlyOf, type RelationOperator, type SetOperator } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import * as make from '../numbers/make.js';
import { isInequality } from '../numbers/number-sets.js';
import { applyWords } from './apply-words.js';
import {
  type Cursor,
  deeper,
  expectToken,
  isNext,
  isOperator,
  isToken,
  parseFailure,
  peekToken,
  takeIf,
  takeOperator,
} from './cursor.js';
import { parseSum } from './parse-arithmetic.js';

/** The items of a list up to the closing bracket or the end. `1,2;3,4` is a list of two lists. */
export const parseItems = (cursor: Cursor): Expression[] => {
  const groups: Expression[][] = [[]];
  let connector = '';
  for (;;) {
    groups.at(-1)?.push(deeper(cursor, parseRelation));
    let sawSeparator = false;
    let isOuter = false;
    for (let token = peekToken(cursor); token; token = peekToken(cursor)) {
      if (isToken(token, 'relation', '⇒')) throw parseFailure;
      if (token.kind !== 'separator' && !(token.kind === 'operator' && /^(row|or|and)$/.test(token.name))) break;
      sawSeparator = true;
      if (token.name === ';') isOuter = true;
      if (/^(and|or)$/.test(token.name)) connector = token.name;
      cursor.index++;
    }
    const next = peekToken(cursor);
    if (!sawSeparator || !next || next.kind === 'close') break;
    if (isOuter) groups.push([]);
  }
  const items = spreadUnequal(
    groups.length > 1 && groups.some((group) => group.length > 1) ? groups.map(asList) : groups.flat(),
  );
  return connector && items.length > 1 && items.every(isInequality)
    ? // "x < 1 or x > 3" is one set of numbers, not a list of two answers
      [make.setOperation(connector === 'or' ? 'union' : 'intersection', items)]
    : items;
};

/** In "x ≠ 0, 1" the sign belongs to both. */
const spreadUnequal = (items: readonly Expression[]): Expression[] => {
  const [first, ...rest] = items;
  const isNumber = (item: Expression): boolean => is.number(item) || (is.negative(item) && is.number(item.operand));
  if (!is.relation(first, '≠') || rest.length === 0 || !rest.every(isNumber)) return [...items];
  const [name] = first.operands;
  if (!is.symbol(name)) return [...items];
  return [make.setOperation('intersection', [first, ...rest.map((item) => make.relation(['≠'], [name, item]))])];
};

export const asList = (items: readonly Expression[]): Expression => onlyOf(items) ?? make.list(items);

/** Operands joined by = < ∈ …, as one chain. A sign with nothing before it ("= 5") is dropped. */
export const parseRelation = (cursor: Cursor): Expression => {
  takeIf(cursor, 'relation', '=') ?? takeIf(cursor, 'relation', '≈');
  const operands = [parseRatio(cursor)];
  const operators: RelationOperator[] = [];
  for (let token = peekToken(cursor); token?.kind === 'relation'; token = peekToken(cursor)) {
    cursor.index++;
    operators.push(token.name as RelationOperator);
    operands.push(withModulus(cursor, parseMembers(cursor, token.name), token.name));
  }
  return onlyOf(operands) ?? make.relation(operators, operands);
};

/** The 4 of `n \equiv 3 \pmod 4`, `n ≡ 3 (mod 4)`, `n ≡ 3 mod 4`. */
const withModulus = (cursor: Cursor, right: Expression, operator: string): Expression => {
  if (takeOperator(cursor, 'pmod')) return call('residue', right, deeper(cursor, parseSum));
  const open = peekToken(cursor);
  const word = peekToken(cursor, 1);
  if (isToken(open, 'open', '(') && isOperator(word, 'mod')) {
    cursor.index += 2;
    const modulus = parseSum(cursor);
    expectToken(cursor, 'close', ')');
    return call('residue', right, modulus);
  }
  return operator === '≡' && is.call(right, 'mod') ? call('residue', ...right.operands) : right;
};

/** After ∈ a bare `1, 2, 3` is the set of all of them. */
const parseMembers = (cursor: Cursor, operator: string): Expression => {
  const first = parseRatio(cursor);
  if (operator !== '∈' || !isNext(cursor, 'separator', ',')) return first;
  const items = [first];
  while (takeIf(cursor, 'separator', ',')) items.push(parseRatio(cursor));
  return make.set(items);
};

/** `3:1` and `1:2:3`. */
const parseRatio = (cursor: Cursor): Expression => {
  const first = parseSetOperation(cursor);
  if (!isOperator(peekToken(cursor), ':') || cursor.barDepth > 0) return first;
  const parts = [first];
  while (takeOperator(cursor, ':')) parts.push(parseSetOperation(cursor));
  return make.ratio(parts);
};

/** ℝ - {0} takes points out of a set. */
const asDifference = (expression: Expression): Expression => {
  if (!is.sum(expression) || expression.terms.length !== 2) return expression;
  const [whole, minus] = expression.terms;
  return is.constant(whole) && is.negative(minus) && is.set(minus.operand)
    ? make.setOperation('difference', [whole, minus.operand])
    : expression;
};

const setOperators: Readonly<Record<string, SetOperator>> = { '∪': 'union', '∩': 'intersection', '∖': 'difference' };

const parseSetOperation = (cursor: Cursor): Expression => {
  let result = asDifference(parseQuantity(cursor));
  for (let count = 0; count < 60; count++) {
    const token = peekToken(cursor);
    const operator = token?.kind === 'operator' ? setOperators[token.name] : undefined;
    if (!operator) return result;
    cursor.index++;
    const right = parseQuantity(cursor);
    // Unions of many parts stay flat, so that depth does not grow with length.
    result =
      is.setOperation(result) && result.operator === operator && operator !== 'difference'
        ? { ...result, operands: [...result.operands, right] }
        : make.setOperation(operator, [result, right]);
  }
  throw parseFailure;
};

const currencies: Readonly<Record<string, string>> = { $: 'dollars', '€': 'euros', '£': 'sterling', '¥': 'yen' };
const filler =
  /^(about|approximately|approx|exactly|only|roughly|around|the|answer|value|is|are|equals?|total|of|a|an|just):?$/i;

/** An expression with its unit: `5 cm`, `$5`, `25 \text{ square feet}`; words alone are text. */
const parseQuantity = (cursor: Cursor): Expression => {
  let token = peekToken(cursor);
  while (
    token?.kind === 'text' &&
    token.name.split(' ').every((word) => filler.test(word)) &&
    cursor.index + 1 < cursor.tokens.length
  ) {
    cursor.index++;
    token = peekToken(cursor);
  }
  if (token?.kind === 'text') return parseProse(cursor);
  const isNegative = isOperator(token, '-') && peekToken(cursor, 1)?.kind === 'currency';
  if (isNegative) cursor.index++;
  const currency = takeIf(cursor, 'currency');
  const amount = parseSum(cursor);
  const trailing = takeIf(cursor, 'currency');
  const { operand, unit } = applyWords(isNegative ? make.minus(amount) : amount, readUnitText(cursor));
  const money = currencies[(currency ?? trailing)?.name ?? ''];
  if (money) return make.quantity(operand, !unit || /^(dollars?|usd)$/i.test(unit) ? money : `${money} ${unit}`);
  return unit ? make.quantity(operand, unit) : operand;
};

/** The words after a value, with their powers and slashes, up to the next separator. */
const readUnitText = (cursor: Cursor): string => {
  const first = peekToken(cursor);
  if (first?.kind !== 'text') return '';
  const words: string[] = [];
  for (let token = peekToken(cursor); token; token = peekToken(cursor)) {
    const isPart =
      token.kind === 'text' ||
      token.kind === 'symbol' ||
      (token.kind === 'operator' && '^/*°'.includes(token.name)) ||
      (token.kind === 'number' && '^{'.includes(words.at(-1) ?? ' ')) ||
      ((token.name === '{' || token.name === '}') && words.includes('^'));
    if (!isPart) break;
    if (token.name === '}' && !words.includes('{')) break;
    words.push(token.name);
    cursor.index++;
  }
  return words.join(' ').replace(/ ?([{}^/]) ?/g, '$1');
};

/** Prose: everything up to the next separator or relation, as written. */
const parseProse = (cursor: Cursor): Expression => {
  const words: string[] = [];
  let last = -1;
  for (let token = peekToken(cursor); token; token = peekToken(cursor)) {
    if (token.kind === 'separator' || token.kind === 'close' || (token.kind === 'relation' && token.name !== '∈'))
      break;
    const source = token.kind === 'text' ? token.name : cursor.text.slice(token.start, token.end);
    words.push(token.spaced || token.kind === 'text' || last < 0 ? source : `\u0000${source}`);
    last = token.end;
    cursor.index++;
  }
  return make.text(words.join(' ').replace(/ ?\0/g, ''));
};
