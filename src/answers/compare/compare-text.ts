import { unwrapText } from '../parse/parse-answer.js';
import { pattern } from '../parse/pattern.js';
import { type Verdict, verdict } from '../parse/verdict.js';

/** Words compare without case, punctuation, articles and LaTeX wrappers; no words at all never agree. */
export const compareTexts = (gold: string, answer: string): Verdict => {
  const left = canonicalText(gold);
  const right = canonicalText(answer);
  const isInitial = /^(true|false|yes|no)$/.test(right) && gold === right.charAt(0).toUpperCase();
  return verdict(left !== '' && (isInitial || left === right || sortedNames(left) === sortedNames(right)), 'text');
};

/** "alice and bob" is "bob and alice": single words joined by "and". */
const sortedNames = (text: string): string =>
  /^[a-z]{2,20}( [a-z]{2,20}){0,4} and [a-z]{2,20}$/.test(text)
    ? text
        .split(/ and | /)
        .sort()
        .join(' ')
    : text;

export const canonicalText = (text: string): string => {
  const plain = unwrapText(text)
    .replace(/\\(text(bf|it|rm|normal)?|mbox|mathrm|mathbf|operatorname)\s*(?=\{)/g, '')
    .replace(/\\(left|right)(?![a-zA-Z])|\\[ ,;:!]|[{}$~]/g, ' ');
  // Where there are digits or signs, a stop or a bracket may be all the difference: 1.2.3 is not 12.3.
  if (/[\d\\^_=<>+*/|]/.test(plain)) return plain.replace(/\s+/g, '').toLowerCase();
  return plain
    .replace(/["'`.,:;!?()]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .replace(/^((an?|the|all|is|are|it is|it's|they are) ){1,3}(?=\S)/, '')
    .replace(/^(infinitely many) (?:solutions|answers|values)$/, '$1')
    .replace(/^(dne|(the )?limit does not exist|doesn t exist|no limit)$/, 'does not exist')
    .replace(/(?<=\b[a-z]) (?=[a-z]\b)/g, '');
};

const opening = /^[\s([{*"']{0,4}(?:\\text\w*\s*\{)?[\s(]{0,2}/.source;
const closing = /[\s)\]}.,:*"']{0,4}$/.source;
const letter = pattern`${opening}([A-J])${closing}`;
const smallLetter = pattern`${opening}([a-e])${closing}`;
const lettered = pattern`${opening}([A-J])${/(?:\s?\)\s?\}?|[.:]|\}\)?)\s*[^\s,;+\-*/^=)}]/.source}`;
const named = /^(?:the\s)?(?:correct\s)?(?:option|choice|answer|letter)[\s:]{1,4}\(?([A-J])\)?(?:[\s.,:)]|$)/i;

/** A gold that is one letter A to J, against `C`, `(C)`, `c`, `\text{C}`, `C) twelve`, `option C`. Undefined when the gold is no choice. */
export const compareChoices = (gold: string, answer: string): Verdict | undefined => {
  if (gold.length > 20) return undefined;
  const wanted = letter.exec(gold)?.[1];
  if (!wanted) return undefined;
  const given =
    letter.exec(answer)?.[1] ??
    smallLetter.exec(answer)?.[1]?.toUpperCase() ??
    lettered.exec(answer.slice(0, 60))?.[1] ??
    named.exec(answer.slice(0, 60))?.[1]?.toUpperCase();
  return given ? verdict(given === wanted, 'choice') : undefined;
};

/** The letters of several choices in their order: ACD of `A, C and D`. */
export const choiceLetters = (text: string): string | undefined =>
  /^[A-J]((,\s?|,?\s(and|&)\s|\s)?[A-J]){1,7}$/.test(text) ? (text.match(/[A-J]/g) ?? []).sort().join('') : undefined;

/** What stands behind the letter of a choice: 12 in `(B) 12`, `\textbf{(B) } 12`, `option B: 12`; undefined where there is none. */
export const choiceValue = (answer: string): string | undefined => {
  const value =
    /^\(?[A-J][).:]\s+(\S.*)$/s.exec(answer)?.[1] ??
    /^\\(?:text\w*|mathbf|mathrm)\s*\{\s*\(?[A-J]\)?[\s.:\\~]*\}(?:\\[ ,;:!]|[\s~:])*(\S.*)$/s.exec(answer)?.[1] ??
    /^(?:option|choice)\s{1,3}\(?[A-J]\)?[,:.]?\s{1,3}(\S.*)$/is.exec(answer)?.[1];
  return !value || value.length > 400 ? undefined : value;
};
