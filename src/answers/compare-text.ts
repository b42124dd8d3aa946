import { unwrapText } from './parse-answer.js';
import { accept, reject, type Verdict, verdict } from './verdict.js';

/** Words compare without case, punctuation, articles and LaTeX wrappers; no words at all never agree. */
export function compareTexts(gold: string, answer: string): Verdict {
  const left = canonicalText(gold);
  return verdict(left !== '' && left === canonicalText(answer), 'text');
}

export function canonicalText(text: string): string {
  return unwrapText(text)
    .replace(/\\(?:text(?:bf|it|rm|normal)?|mbox|mathrm|mathbf|operatorname)\s*(?=\{)/g, '')
    .replace(/\\(?:left|right)(?![a-zA-Z])|\\[ ,;:!]|[{}$"'`.,;:!?()~]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .replace(/^(?:an?|the|is|it is) (?=\S)/, '')
    .replace(/(?<=[^a-z]) (?=\S)|(?<=\S) (?=[^a-z])/g, '');
}

const letter = /^\W{0,3}(?:\\text\w*\s*\{)?\W{0,2}([A-J])\W{0,3}$/;
const lettered = /^\W{0,3}(?:\\text\w*\s*\{)?\(?([A-J])(?:[).:]|\}\)?)\s*\S/;

/** A gold that is one letter A to J, against `C`, `(C)`, `\text{C}`, `C) twelve`. Undefined when the gold is no choice. */
export function compareChoices(gold: string, answer: string): Verdict | undefined {
  if (gold.length > 20) return undefined;
  const wanted = letter.exec(gold)?.[1];
  if (wanted === undefined) return undefined;
  const given = letter.exec(answer)?.[1] ?? lettered.exec(answer.slice(0, 60))?.[1];
  if (given === undefined) return undefined;
  return given === wanted ? accept('choice') : reject('choice');
}
