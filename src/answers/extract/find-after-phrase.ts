import { max } from '../numbers/math.js';
import { isMathematics } from '../parse/parse-answer.js';
import { everyCaseless, raw } from '../parse/pattern.js';
import { cutAside, cutSentence } from './cut-sentence.js';
import { isDenied, isDeniedAt, isDeniedBehind } from './denials.js';
import { isUnclaimedAt } from './doubts.js';
import type { ExtractedAnswer } from './extract-answer.js';
import { listFormulas } from './find-formula.js';
import { stateValue } from './state-value.js';
import { endOf, firstLine, textBefore, textBehind } from './text-around.js';

// Every repetition is bounded: a text of a million blanks or "answer"s must stay linear.
const is = raw`(is|are|was|be|equals|:|=|[-–—→](?=\s)|\*\*\s{0,3}:?)(\s{0,3}(therefore\b|thus\b|simply\b|that\b|:|\*\*)){0,3}`;
const strong = everyCaseless`\b(final\s{1,3}answer|answer|ans|(correct|right|best)\s(option|choice)s?)["']?\s{0,5}(\([^()\n]{0,40}\)\s{0,5})?${is}|\bfinal answer\W{0,8}\n`;
const weak = everyCaseless`\b(result|solution)\s{0,5}(\([^()\n]{0,40}\)\s{0,5})?${is}`;
/** A text of ten thousand answers is looked at from its end. */
const MAX_MARKS = 12;

type Mark = { readonly end: number; readonly rule: 'answer-is' | 'hashes' | 'answer-mark' };

/**
 * What follows the last "The answer is", "####" or "A:" line mark, whichever comes last and says something; only without any of them what
 * follows "the result is" or "the solution is", which also begin remarks ("the solution is valid because …").
 */
export const findAfterPhrase = (text: string): ExtractedAnswer | undefined => {
  const marksOf = (rule: Mark['rule'], pattern: RegExp, isOut?: typeof isOneOf): Mark[] =>
    endsOf(text, pattern, isOut).map((end) => ({ end, rule }));
  const marks = [
    ...marksOf('answer-is', strong, isOneOf),
    ...marksOf('hashes', /####/g),
    ...marksOf('answer-mark', /(^|\n)[ \t]{0,8}A:/g),
  ].sort((left, right) => right.end - left.end);
  for (const { end, rule } of marks.slice(0, MAX_MARKS)) {
    const answer =
      rule === 'answer-is' ? readCorrected(textBehind(text, end, 3000)) : readLine(textBehind(text, end, 2004));
    if (answer !== undefined) return { answer, rule };
  }
  const named = findNamed(text);
  if (named) return said(named);
  for (const end of endsOf(text, weak, isOneOf).reverse().slice(0, MAX_MARKS)) {
    const answer = readStatement(textBehind(text, end, 3000));
    if (answer !== undefined && saysValue(answer)) return said(answer);
  }
  return undefined;
};

const said = (answer: string): ExtractedAnswer => ({ answer, rule: 'answer-is' });

/** "So $12$ is the answer to question 3." */
const findNamed = (text: string): string | undefined => {
  let last: string | undefined;
  const tail = text.slice(-1000);
  for (const { index, 0: all, 1: value } of tail.matchAll(
    /(?:(?<=^|[\s*])(\$[^$\n]{1,80}\$|-?\d[\d.,/]{0,20})\*{0,2}) (?:is|are) (?:therefore |thus |then |indeed )?(?:the|our|my) (?:final |correct |required |desired )?answers?\b/gi,
  ))
    if (!isDeniedAt(tail, index, index + all.length)) last = value;
  return last;
};

/** "The final answer is $…$" behind a box corrects the box, which then stood in the middle of the work. */
export const findFinalStatement = (text: string): ExtractedAnswer | undefined => {
  const stated = endsOf(text, /\bfinal answer is:?\s{0,5}(?=\$|\\\()/gi).pop();
  const answer = stated ? readStatement(textBehind(text, stated, 3000)) : undefined;
  return answer === undefined ? undefined : said(answer);
};

/** Where the last matches end, left to right. */
const endsOf = (text: string, pattern: RegExp, isOut?: typeof isOneOf): number[] => {
  const ends: number[] = [];
  for (const match of text.matchAll(pattern)) {
    const end = endOf(match);
    // What is said of a value stands behind it.
    if (isOut?.(text, match.index, end + (/^\W*\S*/.exec(textBehind(text, end, 60))?.[0].length ?? 0))) continue;
    ends.push(end);
    if (ends.length > 4 * MAX_MARKS) ends.shift();
  }
  return ends;
};

/** Nobody says that it is, or it is one of several: "the second answer is 15". */
const isOneOf = (text: string, start: number, end: number): boolean =>
  /\b(first|second|third|other|another|one|possible|wrong|incorrect|naive|previous|initial|earlier|old) $/i.test(
    textBefore(text, start, 12),
  ) || isUnclaimedAt(text, start, end);

const slip =
  /\b(wait|oops|hold on|hang on|hmm|actually|correction|scratch that|on second thoughts?|sorry|no,|mistake|I meant)\b/i;
const corrected =
  /\b((it|that)('s| is| should be| must be| should have been)|(should|must) be|should have been|(correct|right|real|actual|true) (answer|value|one|number|result|total) (is|should be)|I meant?|make (that|it)):?\s(?=[-$\\(\d])/gi;

/** The statement, or what a later sentence corrects it to: "The answer is 12. Oops, it should be 15." */
const readCorrected = (text: string): string | undefined => {
  const answer = readStatement(text);
  const rest = text.slice(/[.!?…](?=\s)|\n|$/.exec(text)?.index);
  const behind = rest.slice(slip.exec(rest)?.index ?? rest.length);
  let last = answer;
  for (const { index, 0: said } of behind.matchAll(corrected)) {
    const value = readStatement(behind.slice(index + said.length, index + 1000));
    if (value && isValue(value)) last = value;
  }
  return last;
};

const saysValue = (answer: string): boolean => /\d|\\[a-z]/i.test(answer) || isMathematics(answer);

/** The line behind #### or A:, undefined for an empty one; of an aside behind its value, the value. */
const readLine = (text: string): string | undefined => {
  const line = firstLine(text);
  if (!line) return undefined;
  const cut = cutAside(line);
  return cut !== line && isMathematics(cut) ? cut : line;
};

/** Said of an answer, not an answer. */
const remark =
  /^((also|indeed|then|thus|therefore|still|now|quite|very|the|in fact|hence) )*(valid|correct|right|unique|consistent|reasonable|obvious|clear|complete|verified|confirmed|checked|shown|given|found|obtained|as follows|below|above|simple|easy|straightforward|based|in the|what|how|why|explained|expressed|written|rounded|already|still|sensible|plausible)\b/i;

/** The answer at the start of a statement: its formula, its value, or its words up to the end of the sentence. */
export const readStatement = (text: string): string | undefined => {
  // A field of an object: "36", "confidence": 0.9}
  const field = /^[\s:]*(?:"([^"\n]{1,200})"|(-?[\d.]{1,30}))\s{0,9}(?:,\s{0,9}"|\})/.exec(text);
  if (field) return field[1] ?? field[2];
  const trimmed = text
    .replace(/^\s*```[a-z]{0,12}\n/, '')
    // "$8$ times $9$" is worked on as "8 times 9" is.
    .replace(
      /^[^$\n]{0,100}\$-?\d[\d.]{0,20}\$(?!,|\s?(and|or)\b)[^$\n]{0,200}(\$-?\d[\d.]{0,20}\$[^$\n]*)?(\n|$)/,
      (line) => line.replace(/\$/g, ''),
    )
    .replace(/^[\s*_:,]+((therefore|thus|then|hence|indeed|simply|of course),\s)?/i, '')
    .replace(/^not\s[^.\n]{1,60}?,?\sbut\s(rather\s)?/i, '')
    // "12… no, 15", "12, sorry, 15"
    .replace(
      /^[^.\n]{1,60}?(\.{2,3}|[…,;—–])\s?((wait|oh|oops|sorry|no|actually|I mean|I meant|make that|correction|scratch that|or rather|hmm)[,:.!]?\s){1,4}((it|that)('s| is)\s)?(?=[-$\\(\d])/i,
      '',
    );
  const line = firstLine(trimmed);
  const whole = cutSentence(line);
  // A question states nothing: "is it 5 or 7?"
  const behind = line.slice(whole.length);
  if (/^\?/.test(behind) || whole.endsWith('?')) return undefined;
  const cut = cutAside(whole);
  const sentence = cut !== whole && isValue(cut) ? cut : whole;
  if (isDenied(sentence) || /^\$?\d+\+\$?$/.test(sentence)) return sentence;
  // "**12** or more"
  if (/^\*\*[^.]/.test(behind) && isDeniedBehind(behind)) return line;
  const head = trimmed.slice(0, 1500);
  const [formula] = listFormulas(head);
  if (formula && formula.start < max(sentence.length, 2)) {
    const around = trimmed.slice(0, max(sentence.length, formula.end));
    const joined = joinFormulas(head, sentence);
    if (isDeniedBehind(trimmed.slice(formula.end).replace(/^\.(?=\s).*/s, ''))) return sentence;
    if (opensStatement(around, formula)) return wordsInFormula(joined) ?? joined;
    return stateValue(around) ?? joined;
  }
  if (!sentence || remark.test(sentence)) return undefined;
  const word = /^(yes|no),\s[^\d$\\]*$/i.exec(sentence)?.[1];
  if (word) return word;
  if (/^\(?[A-J][).:]\s|^(option|choice)\s/i.test(sentence)) return sentence;
  if (isValue(sentence)) return sentence;
  return stateValue(sentence) ?? sentence;
};

/** Whether the formula is what the statement begins with, and no name of which more is said ("$n$ is 34"). */
const opensStatement = (text: string, { start, end }: { start: number; end: number }): boolean => {
  if (
    !/^[\s*_(:]*((the|a|is|are|about|approximately|exactly|only|just|simply|equal|to|by|given|indeed|thus|therefore|hence|so)\s)*$/i.test(
      text.slice(0, start),
    )
  )
    return false;
  return !/^\s*(is|are|equals?|=|will be|must be|has|have|hours?|days?|minutes?)\s/i.test(text.slice(end));
};

/** `\text{Natalia sold } 72 \text{ clips}`: a sentence inside a formula. */
const wordsInFormula = (formula: string | undefined): string | undefined => {
  if (!formula || !/\\(text|mbox)\s?\{[^{}]*[a-z]{3,}\s[^{}]*\}/i.test(formula)) return undefined;
  if (!/^\s*\\(text|mbox)\s?\{[^{}]*\}\s*\S/.test(formula)) return undefined;
  return stateValue(formula.replace(/\\(?:text|mbox)\s?\{([^{}]*)\}/g, ' $1 '));
};

const isValue = (text: string): boolean => !isSentence(text) && isMathematics(text);

/** Whether plain words go on behind a value, as in "12 students left and 9 stayed". */
const isSentence = (text: string): boolean =>
  /^(after|before|in|on|at|by|from|with|for|each|every|since|when|there)\s/i.test(text) ||
  (text.match(/(?<![\\{\w])[a-z]{2,}(?=\s|$)/gi) ?? []).length > 3;

/** "$3$ and $5$" is one list; otherwise the first formula, with the percent sign or unit that follows it. */
const joinFormulas = (text: string, sentence: string): string | undefined => {
  const formulas = listFormulas(text);
  const [first, ...rest] = formulas;
  if (!first) return undefined;
  let answer = first.content;
  let end = first.end;
  for (const next of rest) {
    if (
      next.start > max(sentence.length, end + 8) ||
      !/^\s*(,|;|,?\s*and|,?\s*or)\s*$/.test(text.slice(end, next.start))
    )
      break;
    answer += `, ${next.content}`;
    end = next.end;
  }
  const unit =
    /^\s*(\\?%|(percent|pct|degrees?|dozen|hundred|thousand|million|billion|trillion|squared|cubed)\b)/i.exec(
      textBehind(text, end, 20),
    )?.[0] ?? '';
  return answer + unit;
};
