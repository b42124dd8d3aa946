import { abs, max } from '../numbers/math.js';
import { caseless, raw } from '../parse/pattern.js';
import { isUnitWord } from '../parse/units.js';
import { isDeniedAt } from './denials.js';
import { listFormulas } from './find-formula.js';
import { listPlainFormulas } from './find-plain-formula.js';
import { endOf, type Span, standsApart, textBefore, textBehind } from './text-around.js';

const measure =
  '(?:[xyz]-)?(?:coordinate|intercept|length|width|height|depth|base|radius|diameter|mean|median|mode|numerator|denominator|part|quotient|remainder|area|perimeter|volume|minimum|maximum|slope|age)';

type Quantity = Span & { readonly text: string };

const number =
  /(?<![\p{L}_\d])((?<![\w.)\]}])[-+−]\s?)?(\\?[$€£¥]\s?)?(\d{1,3}(,\d{3})+(?![\d])|\d+(,\d+(?![\d,]))?)(\.\d+)?(\s?\/\s?\d+(\.\d+)?)?(?![A-Z\d]|(st|nd|rd|th)\b)|(?<![\p{L}_\d])((?<![\w.)\]}])[-+−])?\.\d+/gu;

/**
 * Numbers of a plain text, left to right: with sign, thousands marks, fraction, currency; no ordinals, no digits of names. Where a number
 * is a part of a formula in plain signs (`2√3`, `36π`, `2x + 3`) or of a ratio or time (`7:30`), the whole of it.
 */
export const listNumbers = (text: string): Quantity[] => {
  const formulas = listPlainFormulas(text);
  const numbers = [...text.matchAll(number)]
    .map(({ 0: found, index }) => withSign(text, { text: found.trim(), start: index, end: index + found.length }))
    .filter((found) => standsApart(found, formulas));
  return formulas.length === 0 ? numbers : [...numbers, ...formulas].sort((left, right) => left.start - right.start);
};

/** "negative 3" is −3. */
const withSign = (text: string, found: Quantity): Quantity => {
  const sign = /\b(negative|minus)\s$/i.exec(textBefore(text, found.start, 10))?.[0];
  const isBinary = /\d\s*$/.test(text.slice(max(0, found.start - 16), found.start - (sign?.length ?? 0)));
  return !sign || isBinary ? found : { ...found, text: `-${found.text}`, start: found.start - sign.length };
};

/**
 * The value that a sentence states: what stands behind its last verb of being or result ("After 3 hours the tank holds 15 liters", "the
 * largest $n$ is 34"), of the last conclusion where it has several ("3 left, so 9 remain"); without such a verb the last value that is no
 * circumstance ("after $3$ hours, $15$ liters"). "9 chickens and 10 rabbits" are two values. Undefined where it states none or denies it.
 */
export const stateValue = (sentence: string, { joinsBare = true } = {}): string | undefined => {
  const text = lastConclusion(sentence.slice(0, 1500).replace(rounded, ''));
  const quantities = listQuantities(text);
  if (quantities.length === 0) return undefined;
  const [, name = '', verb, one, otherName, other] = parallel.exec(text) ?? [];
  if (verb) return name.length > 1 ? `${one}, ${other}` : `${name} = ${one}, ${otherName} = ${other}`;
  const pair = measuredPair.exec(text);
  if (pair) return `${pair[1]}, ${pair[2]}`;
  const stated = summed.test(text) ? quantities.length - 1 : behindVerb(text, quantities);
  const joins = stated !== undefined || joinsBare || several.test(text) ? joinsAny : joinsCounted;
  const found = stated ?? outsideCircumstances(text, quantities, joins);
  const joined = quantities.slice(found, lastJoined(text, quantities, found, joins) + 1);
  // "0.5, or 50%": the same once more.
  const [value, again] = joined;
  const isRepeated =
    value &&
    again &&
    joined.length === 2 &&
    /[,(]|\bor\b/.test(text.slice(value.end, again.start)) &&
    unitBehind(text, again) === '%';
  const [top, bottom = 1] = value?.text.split('/').map(Number) ?? [];
  if (isRepeated && abs((100 * Number(top)) / bottom - Number(again.text)) < 1e-9) return value.text;
  if (joined.some(({ start, end }) => isDeniedAt(text, start, end))) return undefined;
  return joined.map((quantity) => quantity.text + (joined.length === 1 ? unitBehind(text, quantity) : '')).join(', ');
};

/** "9 cm, which is about 3.5 inches" */
const rounded = /(?<=\d.*), (which|that) is (about|approximately|roughly|around) [^=]{1,40}$/i;

const single = raw`\$?(-?\d(?:[\d,./]*\d)?%?)`;
/** "The mean is 12 and the median is 15": two things are told; the second is the answer only where it sums up. */
const parallel = caseless`^(?!(?:since|because|if|when|as|after|with|although|while|given)\b)(?:\D*[,:] )?([^\d,]{1,50}) (is|are|was|has|have|gets|costs|weighs|equals) ${single}[^\d.;=]{0,40}?(?:,|,? (?:and|while|whereas)) (?!\D*\b(?:total|sum|altogether|together|all|(?:the|our|final) answer|result|overall|combined|so|thus|but|it|this|that|difference|product|ratio|average)\b)([^\d,]{1,50}?) \2 ${single}\D*$`;
/** "With length 12 and width 15", "length = 12, width = 15". */
export const measuredPair = caseless`(?<![\d%],? )\b${measure}(?: ?[:=] ?| )${single}(?: [a-z]+)?(?:,? and|[,;]) (?:an? |the )?${measure}(?: ?[:=] ?| )${single}\D*$`;
/** "6 boys and 7 girls, 13 in total". */
const summed = /, \S{1,20} (\w+ )?(in total|altogether|in all)\W*$/i;
/** Two bare numbers behind such a word are two values: "the elements 12 and 5". */
const several =
  /\b(both|elements|values|roots|solutions|numbers|integers|primes|zeros|factors|divisors|sides|answers|members|namely) [$(\\]*\d/i;

/** Formulas, and numbers outside of them. */
const listQuantities = (text: string): Quantity[] => {
  const formulas = listFormulas(text).map(({ content, start, end }) => ({ text: content, start, end }));
  const plain = listNumbers(text).filter((found) => standsApart(found, formulas));
  return [...formulas, ...plain].sort((left, right) => left.start - right.start);
};

const conclusion =
  /[,;.]?(?<!\bafter)\s(so(?! [a-z]+ as\b)|thus|hence|therefore|that is|i\.e\.|which (is|are|makes?|gives?|leaves?|equals?|totals?|means( that)?)|meaning( that)?|giving|leaving|making)[,:]?\s(?!(about|approximately|roughly|around)\s|≈)/gi;

const lastConclusion = (sentence: string): string => {
  let rest = sentence;
  for (const match of sentence.matchAll(conclusion)) {
    const behind = sentence.slice(endOf(match));
    if (/\d|\\[a-z]/i.test(behind)) rest = behind;
  }
  return rest;
};

const verb =
  /=|(?<=\b(?:it|that|there|answer))'s\b|\b(?:is|are|was|were|be|equals?|becomes?|(?<!\bto )gives?|gave|yields?|totals?|results? in|leaves|comes? (?:out )?to|amounts? to|adds? up to|we (?:get|find|obtain))\b/gi;
const fillers =
  /^[\s:*_]*((about|approximately|exactly|only|just|equal to|equals|now|therefore|thus|then|simply|precisely|indeed|also|the|a|an|total|of|to|value|number|sum|in total|given by|found to be|left with|remainder|=|:)[\s:*_]+)*[\s(*_]*$/i;

/** Whether an equality sign only tells where: "attained at x = 2". */
export const isAside = (before: string): boolean =>
  /\b(at|when|where|for|if|with|since|once|whenever)\s+[$(\\]*[a-zA-Z](_\w)?\s*$/i.test(before.slice(-40));

/** The quantity that stands directly behind the last verb that has one. */
const behindVerb = (text: string, quantities: readonly Quantity[]): number | undefined => {
  let found: number | undefined;
  for (const { index, 0: word } of text.matchAll(verb)) {
    if (quantities.some(({ start, end, text: own }) => index >= start && index < end && own.length > 1 && word === '='))
      continue;
    if (word === '=' && isAside(text.slice(0, index))) continue;
    const next = quantities.findIndex(({ start }) => start >= index + word.length);
    const quantity = quantities[next];
    if (quantity && fillers.test(text.slice(index + word.length, quantity.start))) found = next;
  }
  return found;
};

const circumstance =
  /\b(after|before|in|at|for|on|by|of|from|with|within|during|over|across|among|step|case|part|problem|question|exercise|example|day|week|month|year|line|equation|page|when|where|if|since|until|every|each|per|than|number|#|given|through|between|from \S+ ([ap]\.?m\.? )?to|(?<=\d ([a-z]+ ){1,5})(?<!\b(ha[sd]|have|needs?|wants?) )to [a-z]{3,}( to| [a-z]+)?|(?<=\d .*)after [a-z]+ing( [a-z]+)?)\s(the\s|a\s|all\s|each\s|every\s|another\s|about\s|only\s|first\s|last\s|next\s|these\s|those\s|its\s|his\s|her\s|their\s)*[$(\\]*$/i;

/** The last quantity that is no circumstance; where all are, the last one. */
const outsideCircumstances = (text: string, quantities: readonly Quantity[], joins: Joins): number => {
  const isCircumstance = (index: number): boolean => {
    const start = quantities[index]?.start ?? 0;
    const before = text.slice(0, start);
    if (before.lastIndexOf('(') > before.lastIndexOf(')')) return true;
    return circumstance.test(textBefore(text, start, 40));
  };
  for (let index = quantities.length - 1; index >= 0; index--) {
    if (isCircumstance(index)) continue;
    // Of "9 chickens and 10 rabbits" the first begins the answer.
    let first = index;
    while (first > 0 && !isCircumstance(first - 1) && joins(between(text, quantities, first - 1))) first--;
    return first;
  }
  return quantities.length - 1;
};

const lastJoined = (text: string, quantities: readonly Quantity[], first: number, joins: Joins): number => {
  let last = first;
  while (last + 1 < quantities.length && joins(between(text, quantities, last))) last++;
  return last;
};

/** What stands behind a quantity, up to the next one. */
const between = (text: string, quantities: readonly Quantity[], index: number): string =>
  text.slice(quantities[index]?.end ?? 0, quantities[index + 1]?.start ?? 0);

type Joins = (between: string) => boolean;

/** A noun at most, then "and": not "9 eggs and makes 18". */
const joinsAny: Joins = (between) =>
  /^(,|((\s[a-z]+){0,2}|\sfor(\s[a-z]+){1,3}),?\s(and|or))\s*[$(\\]*$/i.test(between);
/** With a noun: of two bare numbers in prose the last is the answer. */
const joinsCounted: Joins = (between) => /^(\s[a-z]+){1,2},?\s(and|or)\s*[$(\\]*$/i.test(between);

/** The percent sign, the power of ten or the unit behind a plain number; "in" opens a phrase more often than it measures. */
export const unitBehind = (text: string, { end }: { readonly end: number }): string => {
  const after = textBehind(text, end, 40);
  if (/^\s?(\\?%|percent\b|pct\b|per cent\b)/.test(after)) return '%';
  const scale =
    /^\s?(dozen|hundred|thousand|million|billion|trillion|halves|thirds|(?:four|fif|six|seven|eigh|nin|ten|hundred)ths)\b/i.exec(
      after,
    )?.[1];
  if (scale) return ` ${scale}`;
  if (/^\s?(°|degrees?\b|\^\\circ)/.test(after)) return ' degrees';
  const [, power = '', word = ''] = /^\s?(square |cubic |sq\.? )?([A-Za-z]{2,12})\b(?!\s?')/.exec(after) ?? [];
  const letter = /^\s([mgsL])(?=[.,;!]?(?:\s|$))/.exec(after)?.[1];
  if (letter && /^\D?\d[\d.,]*$/.test(text.slice(0, end).split(/\s/).pop() ?? '')) return `\\text{ ${letter}}`;
  return word && word !== 'in' && isUnitWord(word) ? ` ${power}${word}` : '';
};
