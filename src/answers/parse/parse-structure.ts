import { call, type Expression, type RelationOperator, type SetOperator } from '../numbers/expression.js';
import { applyWords } from './apply-words.js';
import { type Cursor, deeper, expectToken, isNext, parseFailure, peekToken, takeIf } from './cursor.js';
import { parseSum } from './parse-arithmetic.js';

/** The items of a list up to the closing bracket or the end. `1,2;3,4` is a list of two lists. */
export function parseItems(cursor: Cursor): Expression[] {
  const groups: Expression[][] = [[]];
  let connector = '';
  for (;;) {
    groups[groups.length - 1]?.push(deeper(cursor, parseRelation));
    let sawSeparator = false;
    let isOuter = false;
    for (let token = peekToken(cursor); token; token = peekToken(cursor)) {
      if (token.kind === 'relation' && token.name === '⇒') throw parseFailure;
      if (
        token.kind !== 'separator' &&
        !(token.kind === 'operator' && (token.name === 'row' || token.name === 'or' || token.name === 'and'))
      )
        break;
      sawSeparator = true;
      if (token.name === ';') isOuter = true;
      if (token.name === 'and' || token.name === 'or') connector = token.name;
      cursor.index++;
    }
    const next = peekToken(cursor);
    if (!sawSeparator || next === undefined || next.kind === 'close') break;
    if (isOuter) groups.push([]);
  }
  const items = spreadUnequal(
    groups.length > 1 && groups.some((group) => group.length > 1) ? groups.map(asList) : groups.flat(),
  );
  return connector !== '' && items.length > 1 && items.every(isInequality)
    ? [joinInequalities(items, connector)]
    : items;
}

/** In "x ≠ 0, 1" the sign belongs to both. */
function spreadUnequal(items: readonly Expression[]): Expression[] {
  const [first, ...rest] = items;
  const isSpread =
    first?.kind === 'relation' &&
    first.operators.length === 1 &&
    first.operators[0] === '≠' &&
    first.operands[0]?.kind === 'symbol' &&
    rest.length > 0 &&
    rest.every((item) => item.kind === 'number' || (item.kind === 'negative' && item.operand.kind === 'number'));
  if (!isSpread || first.kind !== 'relation') return [...items];
  const [name] = first.operands;
  const operands = [first, ...rest.map((item): Expression => ({ ...first, operands: [name ?? item, item] }))];
  return [{ kind: 'set-operation', operator: 'intersection', operands }];
}

function asList(items: readonly Expression[]): Expression {
  const [only] = items;
  return items.length === 1 && only ? only : { kind: 'list', items };
}

/** "x < 1 or x > 3" is one set of numbers, not a list of two answers. */
function joinInequalities(operands: readonly Expression[], connector: string): Expression {
  return { kind: 'set-operation', operator: connector === 'or' ? 'union' : 'intersection', operands };
}

function isInequality(item: Expression): boolean {
  return item.kind === 'relation' && item.operators.every((operator) => '<>≤≥≠'.includes(operator));
}

/** Operands joined by = < ∈ …, as one chain. A sign with nothing before it ("= 5") is dropped. */
export function parseRelation(cursor: Cursor): Expression {
  takeIf(cursor, 'relation', '=') ?? takeIf(cursor, 'relation', '≈');
  const operands = [parseRatio(cursor)];
  const operators: RelationOperator[] = [];
  for (let token = peekToken(cursor); token?.kind === 'relation'; token = peekToken(cursor)) {
    cursor.index++;
    operators.push(token.name as RelationOperator);
    operands.push(withModulus(cursor, parseMembers(cursor, token.name), token.name));
  }
  const [only] = operands;
  return operators.length === 0 && only ? only : { kind: 'relation', operators, operands };
}

/** The 4 of `n \equiv 3 \pmod 4`, `n ≡ 3 (mod 4)`, `n ≡ 3 mod 4`. */
function withModulus(cursor: Cursor, right: Expression, operator: string): Expression {
  if (takeIf(cursor, 'operator', 'pmod')) return call('residue', right, deeper(cursor, parseSum));
  const [open, word] = [peekToken(cursor), peekToken(cursor, 1)];
  if (open?.kind === 'open' && open.name === '(' && word?.kind === 'operator' && word.name === 'mod') {
    cursor.index += 2;
    const modulus = parseSum(cursor);
    expectToken(cursor, 'close', ')');
    return call('residue', right, modulus);
  }
  return operator === '≡' && right.kind === 'call' && right.name === 'mod' ? call('residue', ...right.operands) : right;
}

/** After ∈ a bare `1, 2, 3` is the set of all of them. */
function parseMembers(cursor: Cursor, operator: string): Expression {
  const first = parseRatio(cursor);
  if (operator !== '∈' || !isNext(cursor, 'separator', ',')) return first;
  const items = [first];
  while (takeIf(cursor, 'separator', ',')) items.push(parseRatio(cursor));
  return { kind: 'set', items };
}

/** `3:1` and `1:2:3`. */
function parseRatio(cursor: Cursor): Expression {
  const first = parseSetOperation(cursor);
  if (!isNext(cursor, 'operator', ':') || cursor.barDepth > 0) return first;
  const parts = [first];
  while (takeIf(cursor, 'operator', ':')) parts.push(parseSetOperation(cursor));
  return { kind: 'ratio', parts };
}

/** ℝ - {0} takes points out of a set. */
function asDifference(expression: Expression): Expression {
  if (expression.kind !== 'sum' || expression.terms.length !== 2) return expression;
  const [whole, minus] = expression.terms;
  return whole?.kind === 'constant' && minus?.kind === 'negative' && minus.operand.kind === 'set'
    ? { kind: 'set-operation', operator: 'difference', operands: [whole, minus.operand] }
    : expression;
}

const setOperators: Readonly<Record<string, SetOperator>> = { '∪': 'union', '∩': 'intersection', '∖': 'difference' };

function parseSetOperation(cursor: Cursor): Expression {
  let result = asDifference(parseQuantity(cursor));
  for (let count = 0; count < 60; count++) {
    const token = peekToken(cursor);
    const operator = token?.kind === 'operator' ? setOperators[token.name] : undefined;
    if (!operator) return result;
    cursor.index++;
    const right = parseQuantity(cursor);
    // Unions of many parts stay flat, so that depth does not grow with length.
    result =
      result.kind === 'set-operation' && result.operator === operator && operator !== 'difference'
        ? { ...result, operands: [...result.operands, right] }
        : { kind: 'set-operation', operator, operands: [result, right] };
  }
  throw parseFailure;
}

const currencies: Readonly<Record<string, string>> = { $: 'dollars', '€': 'euros', '£': 'sterling', '¥': 'yen' };
const filler =
  /^(?:about|approximately|approx|exactly|only|roughly|around|the|answer|value|is|are|equals?|total|of|a|an|just):?$/i;

/** An expression with its unit: `5 cm`, `$5`, `25 \text{ square feet}`; words alone are text. */
function parseQuantity(cursor: Cursor): Expression {
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
  let isNegative = false;
  if (token?.kind === 'operator' && token.name === '-' && peekToken(cursor, 1)?.kind === 'currency') {
    isNegative = true;
    cursor.index++;
  }
  const currency = takeIf(cursor, 'currency');
  let operand = parseSum(cursor);
  if (isNegative) operand = { kind: 'negative', operand };
  const trailing = takeIf(cursor, 'currency');
  const worded = applyWords(operand, readUnitText(cursor));
  operand = worded.operand;
  const { unit } = worded;
  const money = currencies[(currency ?? trailing)?.name ?? ''];
  if (money)
    return {
      kind: 'quantity',
      operand,
      unit: unit === '' || /^(?:dollars?|usd)$/i.test(unit) ? money : `${money} ${unit}`,
    };
  return unit === '' ? operand : { kind: 'quantity', operand, unit };
}

/** The words after a value, with their powers and slashes, up to the next separator. */
function readUnitText(cursor: Cursor): string {
  const first = peekToken(cursor);
  if (first?.kind !== 'text') return '';
  const words: string[] = [];
  for (let token = peekToken(cursor); token; token = peekToken(cursor)) {
    const isPart =
      token.kind === 'text' ||
      token.kind === 'symbol' ||
      (token.kind === 'operator' && '^/*°'.includes(token.name)) ||
      (token.kind === 'number' && '^{'.includes(words[words.length - 1] ?? ' ')) ||
      ((token.name === '{' || token.name === '}') && words.includes('^'));
    if (!isPart) break;
    if (token.name === '}' && !words.includes('{')) break;
    words.push(token.name);
    cursor.index++;
  }
  return words.join(' ').replace(/ ?([{}^/]) ?/g, '$1');
}

/** Prose: everything up to the next separator or relation, as written. */
function parseProse(cursor: Cursor): Expression {
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
  return { kind: 'text', text: words.join(' ').replace(/ ?\0/g, '') };
}
