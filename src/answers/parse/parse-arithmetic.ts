import { call, type Expression, negative, number, onlyOf } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import * as make from '../numbers/make.js';
import {
  type Cursor,
  deeper,
  expectToken,
  isGroupNext,
  isNext,
  isOperator,
  isToken,
  parseFailure,
  peekToken,
  takeOperator,
} from './cursor.js';
import { parseAtom } from './parse-atom.js';
import { quotientOf } from './quotient.js';
import type { Token } from './tokenize.js';

/** Terms joined by + - ±. */
export const parseSum = (cursor: Cursor): Expression => {
  let terms: Expression[] = [];
  let sign = takeSign(cursor);
  for (;;) {
    const term = parseProduct(cursor);
    if (sign === '±') {
      const left = terms.length === 0 ? undefined : (onlyOf(terms) ?? make.sum(terms));
      terms = [make.plusMinus(term, left)];
    } else terms.push(sign === '-' ? negate(term, terms.length === 0) : term);
    if (!isSign(peekToken(cursor))) break;
    // "5 cm - 3" never happens, "x -" does: a sign needs something behind it.
    sign = takeSign(cursor);
  }
  return onlyOf(terms) ?? make.sum(terms);
};

/** In "-3 mod 7" the sign belongs to the 3. */
const negate = (term: Expression, isFirst: boolean): Expression => {
  const [dividend, divisor] = is.call(term, 'mod') ? term.operands : [];
  return isFirst && dividend && divisor ? call('mod', negative(dividend), divisor) : negative(term);
};

/** Any run of signs as one. */
const takeSign = (cursor: Cursor): '+' | '-' | '±' => {
  let sign = '+' as '+' | '-' | '±';
  for (let token = peekToken(cursor); isSign(token); token = peekToken(cursor)) {
    if ('±∓'.includes(token.name)) sign = '±';
    else if (token.name === '-' && sign !== '±') sign = sign === '-' ? '+' : '-';
    cursor.index++;
  }
  return sign;
};

const isSign = (token: Token | undefined): token is Token => token?.kind === 'operator' && '+-±∓'.includes(token.name);

/** Factors joined by * / mod or by standing beside each other. */
export const parseProduct = (cursor: Cursor): Expression => {
  let tops: Expression[] = [parseUnary(cursor)];
  let bottoms: Expression[] = [];
  for (;;) {
    const next = peekToken(cursor);
    if (!next) break;
    if (takeOperator(cursor, '*')) tops.push(parseUnary(cursor));
    else if (takeOperator(cursor, '/')) bottoms.push(parseDivisor(cursor));
    else if (takeOperator(cursor, 'mod')) {
      tops = [call('mod', build(tops, bottoms), parseRun(cursor))];
      bottoms = [];
    } else if (startsFactor(cursor, next)) {
      refuseTwoNumbers(cursor, next);
      tops.push(parsePower(cursor));
    } else break;
  }
  return build(tops, bottoms);
};

const build = (tops: readonly Expression[], bottoms: readonly Expression[]): Expression => {
  const join = (factors: readonly Expression[]): Expression => onlyOf(factors) ?? make.product(factors.map(ungroup));
  return bottoms.length === 0 ? join(tops) : quotientOf(join(tops), join(bottoms));
};

/** Braces of one item in a product only group: \{1+2\}\{3-4\}. */
const ungroup = (factor: Expression): Expression => (is.set(factor) && onlyOf(factor.items)) || factor;

/** What stands under a slash. In `1/2x` the x goes above (a half x), in `1/xy` below; the other reading is noted. */
const parseDivisor = (cursor: Cursor): Expression => {
  const first = parseUnary(cursor);
  const next = peekToken(cursor);
  if (!next || !startsFactor(cursor, next) || next.kind === 'number') return first;
  cursor.sawAmbiguousSlash = true;
  const isGreedy = cursor.isSlashGreedy ?? is.symbol(first);
  return isGreedy ? parseRun(cursor, first) : first;
};

/** Factors side by side, without signs between them. */
const parseRun = (cursor: Cursor, first: Expression = parseUnary(cursor)): Expression =>
  parseFactors(cursor, first, (token) => startsFactor(cursor, token) && token.kind !== 'number');

/** A first factor, and those behind it as long as they may be some. */
export const parseFactors = (cursor: Cursor, first: Expression, goesOn: (token: Token) => boolean): Expression => {
  const factors = [first];
  for (let token = peekToken(cursor); token && goesOn(token); token = peekToken(cursor)) {
    refuseTwoNumbers(cursor, token);
    factors.push(parsePower(cursor));
  }
  return onlyOf(factors) ?? make.product(factors);
};

/** Two numbers side by side are no product: "2 3" is a slip or prose. */
const refuseTwoNumbers = (cursor: Cursor, next: Token): void => {
  if (next.kind === 'number' && peekToken(cursor, -1)?.kind === 'number') throw parseFailure;
};

const parseUnary = (cursor: Cursor): Expression => {
  const sign = takeSign(cursor);
  const operand = parsePower(cursor);
  return sign === '-' ? negative(operand) : sign === '±' ? make.plusMinus(operand) : operand;
};

/** Whether a token can begin a factor that multiplies what stands before it. */
export const startsFactor = (cursor: Cursor, token: Token): boolean => {
  switch (token.kind) {
    case 'number':
    case 'symbol':
    case 'constant':
    case 'function':
      return true;
    case 'open':
      // The (mod 5) behind a congruence is no factor.
      return peekToken(cursor, 1)?.name !== 'mod' || token !== peekToken(cursor);
    case 'command':
      return token.name !== 'end';
    case 'operator':
      return (token.name === '|' || token.name === '‖') && cursor.barDepth === 0;
    default:
      return false;
  }
};

/** An atom with what is hung on it: powers, factorials, primes, percent and degree signs. */
export const parsePower = (cursor: Cursor): Expression => deeper(cursor, parseRaised);

const parseRaised = (cursor: Cursor): Expression => {
  let base = parseAtom(cursor);
  for (let count = 0; ; count++) {
    if (!isNext(cursor, 'operator')) return base;
    if (count > 12) throw parseFailure;
    if (takeOperator(cursor, '^')) base = applyScript(cursor, base);
    else if (isOperator(peekToken(cursor), '!')) base = parseFactorial(cursor, base);
    else if (takeOperator(cursor, '°')) base = make.degrees(base);
    else if (takeOperator(cursor, '%')) base = make.percent(base);
    else if (takeOperator(cursor, '‰')) base = make.quotient(base, number(1000));
    else if (takeOperator(cursor, "'")) base = is.symbol(base) ? make.symbol(`${base.name}'`) : base;
    else if (!is.number(base) && takeOperator(cursor, '_')) base = subscripted(cursor, base);
    else return base;
  }
};

/** `n!!` is the double factorial; three marks and more are factorials of factorials. */
const parseFactorial = (cursor: Cursor, operand: Expression): Expression => {
  let count = 0;
  while (takeOperator(cursor, '!')) count++;
  if (count > 3) throw parseFailure;
  if (count === 2) return call('factorial2', operand);
  let result = operand;
  for (; count > 0; count--) result = call('factorial', result);
  return result;
};

/** `x^2_3` names x_3 squared. */
const subscripted = (cursor: Cursor, base: Expression): Expression => {
  const subscript = readSubscript(cursor);
  if (is.symbol(base)) return make.symbol(`${base.name}_${subscript}`);
  if (is.power(base) && is.symbol(base.base)) return { ...base, base: make.symbol(`${base.base.name}_${subscript}`) };
  throw parseFailure;
};

const applyScript = (cursor: Cursor, base: Expression): Expression => {
  if (takeOperator(cursor, '°')) return make.degrees(base);
  if (takeOperator(cursor, "'")) return base;
  if (isGroupNext(cursor)) {
    const first = peekToken(cursor, 1);
    const second = peekToken(cursor, 2);
    if (first?.kind === 'operator' && second?.name === '}' && "°'*+-".includes(first.name)) {
      cursor.index += 3;
      return first.name === '°' ? make.degrees(base) : base;
    }
    // An ordinal: 5^{th}, 5^{\text{th}}.
    const close = cursor.tokens.findIndex((token, index) => index > cursor.index && token.name === '}');
    if (
      close > 0 &&
      /^(\\text)?\{?(st|nd|rd|th)\}*$/.test(cursor.text.slice(first?.start, cursor.tokens[close]?.start))
    ) {
      cursor.index = close + 1;
      return base;
    }
  }
  return make.power(base, parseExponent(cursor));
};

/** One group, or one signed atom that may itself carry a power (2^3^2 is 2^9). */
const parseExponent = (cursor: Cursor): Expression => {
  const sign = takeSign(cursor);
  const digits = peekToken(cursor);
  const after = peekToken(cursor, 1);
  // In x^2_3 the subscript belongs to x, not to 2.
  const isPlain = digits?.kind === 'number' && isOperator(after, '_');
  const exponent = isPlain
    ? number(expectToken(cursor, 'number').value ?? 0)
    : isGroupNext(cursor)
      ? deeper(cursor, parseAtom)
      : parsePower(cursor);
  return sign === '-' ? negative(exponent) : exponent;
};

/** The text of a subscript, without braces and blanks: it is part of a name. */
export const readSubscript = (cursor: Cursor): string => {
  const first = peekToken(cursor);
  if (!first) throw parseFailure;
  cursor.index++;
  if (!isToken(first, 'open', '{')) return first.name;
  let depth = 1;
  const start = first.end;
  for (;;) {
    const token = peekToken(cursor);
    if (!token) throw parseFailure;
    cursor.index++;
    if (isToken(token, 'open', '{')) depth++;
    if (isToken(token, 'close', '}') && --depth === 0)
      return cursor.text.slice(start, token.start).replace(/\\(text|mathrm)|[\s{}]/g, '');
  }
};
