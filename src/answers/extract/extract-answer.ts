import { type Expression, mentions } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import { max } from '../numbers/math.js';
import { parseNumberWords } from '../parse/number-words.js';
import { isMathematics, parseAnswer } from '../parse/parse-answer.js';
import { type AnswerPolicy, defaultPolicy } from '../parse/policies.js';
import { isUnitWord } from '../parse/units.js';
import { meaningOfWord } from '../parse/vocabulary.js';
import { isDeniedAt } from './denials.js';
import { isUnclaimedAt } from './doubts.js';
import { findAfterPhrase, findFinalStatement } from './find-after-phrase.js';
import { findBold } from './find-bold.js';
import { findBoxes } from './find-boxes.js';
import { findBareFormula, findFormula, listFormulas } from './find-formula.js';
import {
  findJapaneseConclusion,
  findJapaneseNumber,
  findJapaneseStatement,
  isJapanese,
  toHalfWidth,
} from './find-japanese.js';
import { findNumber } from './find-number.js';
import { splitThinking } from './split-thinking.js';
import { stateValue } from './state-value.js';
import { endOf, textBefore, textBehind } from './text-around.js';

/** How an answer was found, in the order in which the rules are tried. */
export type ExtractionRule =
  | 'boxed'
  | 'answer-is'
  | 'hashes'
  | 'answer-mark'
  | 'whole-text'
  | 'bold'
  | 'conclusion'
  | 'formula'
  | 'number'
  | 'choice'
  | 'short-text';

/** The answer that a text gives, and the rule that found it. */
export type ExtractedAnswer = { readonly answer: string; readonly rule: ExtractionRule };

export type ExtractionOptions = { readonly policy?: Partial<AnswerPolicy> };

/** Only the end of a longer text is searched for loose formulas and numbers. */
const TAIL_LENGTH = 60_000;

/**
 * The final answer of a response and the rule that found it; undefined when there is none. What is thought does not count
 * (`splitThinking`), and a thought left open has no answer. Never throws; linear time.
 *
 * @example extractAnswer('So we get \\boxed{12}.') // { answer: '12', rule: 'boxed' }
 */
export function extractAnswer(text: string, { policy }: ExtractionOptions = {}): ExtractedAnswer | undefined {
  const rules = policy ? { ...defaultPolicy, ...policy } : defaultPolicy;
  const { response, thinking, isOpen } = splitThinking(text);
  if (isOpen) return undefined;
  return findIn(response, rules) ?? (rules.thinking === 'fallback' && thinking ? findIn(thinking, rules) : undefined);
}

/** HTML's that end something or hold numbers of their own; a power's stay. */
const tags = /<\/(?!su[bp])[a-z]{1,10}\d?>|<(?:answer|h\d|[a-z]{1,9} [a-z]{1,9}=[^<>]{0,99})>/gi;

/** "6 works but 7 does not." */
const otherFails = /,? (but|while|whereas|and) (?!I )[^.;\n]{1,40}? (does|do)( not|n't)( \w+)?\.?\s*$/;

const findIn = (original: string, policy: AnswerPolicy): ExtractedAnswer | undefined => {
  const inJapanese = isJapanese(original);
  const plain = (inJapanese ? toHalfWidth(original) : original).replaceAll('’', "'").replace(tags, ' ');
  const text = withoutNextQuestion(plain);
  const boxed = findBoxes(text, policy.boxes);
  if (boxed === 'unclosed') return undefined;
  if (boxed) return findFinalStatement(textBehind(text, boxed.end, 4000)) ?? { answer: boxed.answer, rule: 'boxed' };
  const tail = text.slice(-TAIL_LENGTH).replace(otherFails, '.');
  const early =
    findAfterPhrase(tail) ??
    found('answer-is', inJapanese ? findJapaneseStatement(tail) : undefined) ??
    found('conclusion', inJapanese || tail.includes('∴') ? findJapaneseConclusion(tail) : undefined) ??
    found('whole-text', readWhole(tail)) ??
    found('bold', findBold(tail)) ??
    found('number', inJapanese ? undefined : findPlainConclusion(tail));
  if (early) return early;
  const formula = findFormula(tail) ?? findBareFormula(tail);
  if (formula !== 'denied' && formula) return { answer: formula, rule: 'formula' };
  // Behind a formula that is denied only what comes after it can be the answer: "not $12$ but 13".
  const rest = formula === 'denied' ? tail.slice(listFormulas(tail).pop()?.end ?? 0) : tail;
  return (
    found('short-text', yesOrNo.exec(tail.slice(0, 300).trim())?.[1]) ??
    found('number', inJapanese ? findJapaneseNumber(rest) : findNumber(rest)) ??
    found('number', findInWords(rest)) ??
    found('choice', findChoice(rest)) ??
    found('short-text', readShort(tail.trim()))
  );
};

const found = (rule: ExtractionRule, answer: string | undefined): ExtractedAnswer | undefined =>
  answer === undefined ? undefined : { answer, rule };

const yesOrNo = /^\**(yes|no)\b[*.]*,?(?:[^\d$]*|\s(?:because|since|as)\s.*)$/i;

/** "… there are only twelve of them.": the words at the end that are a number or a set. */
const findInWords = (text: string): string | undefined => {
  const words =
    /\b(?:is|are|has|have|had|needs?|equals|(?:diverges|tends|goes) to)\s(?:only |exactly |just |therefore |thus )?([a-z][a-z -]{1,60}?)(?: of them| such [a-z]+| left| remaining| in total| altogether)?[.!\s]*$/.exec(
      text.slice(-100),
    )?.[1];
  return words && isMathematics(words) ? words : undefined;
};

/** All of a short line, or what it says of its subject; undefined where its number is not claimed. */
const readShort = (text: string): string | undefined => {
  const digit = text.search(/\d/);
  if (!text || text.length > 80 || text.includes('\n')) return undefined;
  return digit >= 0 && isUnclaimedAt(text, digit, digit) ? undefined : (saidOf(text) ?? text);
};

/** Up to the question that a model asks itself behind its answer. */
const withoutNextQuestion = (text: string): string => {
  for (const { index } of text.matchAll(
    /\n\s?(?:Question|Problem|Q)\s?\d{0,3}:\s|<\|im_start\|>user|\n(?:User|Human):/g,
  ))
    if (/\banswer\W{0,4}(is\b|:)|####|\\boxed/i.test(textBefore(text, index, 600))) return text.slice(0, index);
  return text;
};

/** "The function is even.": even. */
const saidOf = (text: string): string | undefined => {
  const word = /^(?:[A-Za-z]+ ){1,4}(converges|diverges)\.?$/i.exec(text);
  if (word) return word[1];
  return /^(?:[A-Za-z-]+ ){1,5}(?:is|are|will be) (?:therefore )?(?:an? )?((?:[a-z-]+ ){0,2}[A-Za-z-]+)\.?$/.exec(
    text,
  )?.[1];
};

/** The value of a plain last sentence behind the last formula: the formula then stood in the work. */
const findPlainConclusion = (text: string): string | undefined => {
  const last = listFormulas(text).pop();
  if (!last) return undefined;
  const rest = text.slice(last.end);
  const stop = /(?<!i\.e|e\.g)[.!?](?=\s)|\n/.exec(rest);
  const sentences = stop ? rest.slice(stop.index + 1) : '';
  if (/\d/.test(sentences)) return findNumber(sentences.replace(/\([^()]{0,200}\)/g, ' '));
  // "The length of $BC$ is 12."
  const [named, words] =
    /^\s(?:is|are|was|were|equals|must be|will be)\s(?:(?:exactly|only|just|therefore|thus|then|equal to)\s){0,2}(?:-?\$?\d|([a-z][a-z -]{1,40})[.!]?\s*$)/i.exec(
      rest,
    ) ?? [];
  if (words) return parseNumberWords(words) && words;
  const before = textBefore(text, last.start, 600);
  const sentence =
    before.slice(max(before.lastIndexOf('. '), before.lastIndexOf('\n')) + 1) +
    text.slice(last.start, last.end) +
    rest.slice(0, stop?.index);
  // "There are 7 such triples $(a, b, c)$."
  const isOfLetters =
    /^\(?[a-zA-Z](,\s?[a-zA-Z]){0,5}\)?$/.test(last.content) &&
    /\b(is|are|exists?) (only |exactly )?\d/.test(sentence.replace(/\$[^$]*\$/g, ''));
  return named || isOfLetters ? stateValue(sentence) : undefined;
};

/** A response that is nothing but an answer: short, and every word of it a unit or a part of the formula. */
const readWhole = (text: string): string | undefined => {
  const all = text.trim();
  // "3x = 21\nx = 7": the last line has it.
  const name = /\n[ $]?([a-zA-Z])\s?=[^=\n]{1,99}$/.exec(all)?.[1];
  const lines = all.split('\n');
  const trimmed = name && lines.every((line) => line.includes(name)) ? (lines.pop() ?? '') : all;
  if (!trimmed || trimmed.length > 400 || trimmed.includes('\n\n')) return undefined;
  if (/^\(?[A-J][.):]\s(?!.*\bis\b)[^\n(),]{1,80}$/.test(trimmed)) return trimmed;
  if (isProse(trimmed)) return undefined;
  const parsed = parseAnswer(trimmed);
  const [reading] = parsed.readings;
  return parsed.isMathematics && reading && !mentions(reading, isWords) ? trimmed : undefined;
};

/** Whether a word stands by itself that is no unit, function or connector. */
const isProse = (text: string): boolean => {
  const outside = text.replace(/\\(text\w*|mbox|mathrm|operatorname)\s*\{[^{}]*\}|\\[a-zA-Z]+/g, ' ');
  return [...outside.matchAll(/(?<![^\s$(])[A-Za-z]{2,}(?![^\s$.,:;!?)'’])/g)].some(([word]) => !isKnownWord(word));
};

const isKnownWord = (word: string): boolean =>
  isUnitWord(word) ||
  meaningOfWord(word) !== undefined ||
  /^(square|cubic|sq|per|[A-Z]{2,3}|[a-z]*[xyz][a-z]*)$/.test(word);

const isWords = (part: Expression): boolean => is.text(part) || (is.quantity(part) && part.unit.split(' ').length > 4);

const findChoice = (text: string): string | undefined => {
  let last: string | undefined;
  const tail = text.slice(-2000);
  if (/\([A-J]\),? (and|or) \([A-J]\)/.test(tail)) return undefined;
  for (const match of tail.matchAll(
    /\(([A-J])\)|\b(?:option|choice|letter|go with|I (?:choose|pick|select))\s+([A-J])\b|\b([A-J]) is (?:correct|right)\b/gi,
  ))
    if (!isDeniedAt(tail, match.index, endOf(match))) last = match[1] ?? match[2] ?? match[3];
  return last?.toUpperCase();
};
