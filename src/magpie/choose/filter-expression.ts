import { InputError } from '../../errors.js';
import { type FilterToken, tokenizeFilter } from './filter-tokens.js';

/** A parsed condition on a row: data, so that nothing of it is ever run as code. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'exists'; readonly value: Operand }
  | { readonly kind: 'compare'; readonly operator: Operator; readonly left: Operand; readonly right: Operand };

export type Operand =
  | { readonly field: readonly string[]; readonly measure?: Measure }
  | { readonly literal: Literal }
  | { readonly list: readonly Literal[] };

/** `field` takes the value itself: behind an operator a bare word is a text. */
export type Measure = (typeof measures)[number];
export type Literal = string | number | boolean | null;
export type Operator = (typeof operators)[number];

const measures = ['length', 'words', 'field'] as const;
export const operators = ['==', '!=', '<=', '>=', '<', '>', 'in', 'contains', 'startswith', 'endswith'] as const;

/**
 * Reads a condition such as `input_quality in [good, excellent] and instruct_reward > -10 and not instruction endswith ":"`.
 * Fields may be nested (`gen_input_configs.temperature`); `length(FIELD)` counts characters or items, `words(FIELD)` words,
 * `field(FIELD)` is a field behind an operator, where a bare word is a text; `exists FIELD` is true for what is neither absent nor null. Throws `InputError` that shows where it cannot go on.
 */
export function parseFilter(text: string): Condition {
  const tokens = tokenizeFilter(text);
  const parser = createParser(text, tokens);
  const condition = parser.or(0);
  parser.end();
  return condition;
}

/** Deeper nesting is no condition that a person wrote. */
const deepest = 50;

function createParser(text: string, tokens: readonly FilterToken[]) {
  let position = 0;
  const peek = (): FilterToken | undefined => tokens[position];
  const fail = (wanted: string): never => {
    const token = peek();
    const where =
      token === undefined
        ? 'its end'
        : `character ${token.at + 1} (${JSON.stringify(text.slice(token.at, token.at + 20))})`;
    throw new InputError(
      `Cannot read the condition ${JSON.stringify(text.slice(0, 100))}: ${wanted} is wanted at ${where}`,
    );
  };
  const take = (kind: FilterToken['kind'], value?: string): FilterToken | undefined => {
    const token = peek();
    if (token?.kind !== kind || (value !== undefined && token.text !== value)) return undefined;
    position += 1;
    return token;
  };
  const or = (depth: number): Condition => {
    if (depth > deepest) return fail('fewer brackets');
    let left = and(depth);
    while (take('word', 'or')) left = { kind: 'or', left, right: and(depth) };
    return left;
  };
  const and = (depth: number): Condition => {
    let left = not(depth);
    while (take('word', 'and')) left = { kind: 'and', left, right: not(depth) };
    return left;
  };
  const not = (depth: number): Condition => {
    if (depth > deepest) return fail('fewer words "not"');
    if (take('word', 'not')) return { kind: 'not', of: not(depth + 1) };
    if (take('word', 'exists')) return { kind: 'exists', value: operand() };
    if (!take('sign', '(')) return comparison();
    const inner = or(depth + 1);
    if (!take('sign', ')')) fail('")"');
    return inner;
  };
  const comparison = (): Condition => {
    const left = operand();
    const token = peek();
    const operator = operators.find((known) => known === token?.text);
    if (operator === undefined || token?.kind === 'text') return fail(`an operator (${operators.join(' ')})`);
    position += 1;
    // behind an operator a bare word is a text: `difficulty == hard`
    return { kind: 'compare', operator, left, right: literalOrList() ?? operand() };
  };
  const operand = (): Operand => {
    const measure = measures.find((name) => peek()?.text === name && tokens[position + 1]?.text === '(');
    if (measure !== undefined) {
      position += 2;
      const field = take('word')?.text ?? fail('a field');
      if (!take('sign', ')')) fail('")"');
      return { field: field.split('.'), measure };
    }
    const field = take('word');
    if (field !== undefined) return { field: field.text.split('.') };
    return literalOrList() ?? fail('a field or a value');
  };
  const literalOrList = (): Operand | undefined => {
    if (!take('sign', '[')) {
      const isCall = tokens[position + 1]?.text === '(';
      const found = isCall ? undefined : literal();
      return found === undefined ? undefined : { literal: found };
    }
    const list: Literal[] = [];
    while (!take('sign', ']')) {
      const item = literal();
      if (item === undefined) fail('a value or "]"');
      list.push(item ?? null);
      if (!take('sign', ',') && peek()?.text !== ']') fail('"," or "]"');
    }
    return { list };
  };
  const literal = (): Literal | undefined => {
    const number = take('number');
    if (number !== undefined) return Number(number.text);
    const quoted = take('text');
    if (quoted !== undefined) return quoted.text;
    const word = take('word')?.text;
    if (word === undefined) return undefined;
    return word === 'true' ? true : word === 'false' ? false : word === 'null' ? null : word;
  };
  return { or, end: () => (peek() === undefined ? undefined : fail('"and", "or" or the end')) };
}
