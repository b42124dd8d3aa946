import { max } from '../numbers/math.js';
import { isMathematics } from '../parse/parse-answer.js';
import { caseless, raw } from '../parse/pattern.js';
import { confesses, isDeniedAt } from './denials.js';
import { isTakenBack, wildlyGuessed } from './doubts.js';
import { isAside, listNumbers, measuredPair, stateValue, unitBehind } from './state-value.js';
import { behindLast, behindLastSign, textBefore, textBehind } from './text-around.js';

/**
 * The number that the end of a text states, with its sign, thousands marks, fraction and percent sign. Where the last line computes ("5 + 4
 * = 9 points in 40 minutes"), the number after its last equality sign; else what its last sentence with a number states.
 */
export const findNumber = (text: string): string | undefined => {
  const tail = withoutNotes(text.slice(-20_000).trimEnd()).replace(check, ' ');
  const parts = inParts.exec(tail) ?? measuredPair.exec(tail.slice(-300));
  if (parts) return `${parts[1]}, ${parts[2]}`;
  const lastLine = behindLastSign(tail, '\n');
  // Not that of n >= 12.
  const at = lastLine.search(/(?<![<>!])=[^=]*$/);
  // "We get 3x = 21.": x is not yet alone.
  if (/(^|[a-z:] )\d+[xyz] ?$/.test(lastLine.slice(0, max(at, 0)))) return undefined;
  if (at >= 0 && !isAside(lastLine.slice(0, at))) {
    const told = equation.exec(lastLine)?.[1];
    if (told && isMathematics(told)) return told;
    const assigned = assignments.exec(lastLine)?.[1];
    if (assigned) return readAssignments(assigned);
    const result = lastLine.slice(at + 1);
    const [computed] = listNumbers(result);
    if (computed) {
      if (isDeniedAt(lastLine, at + 1 + computed.start, at + 1 + computed.end)) return undefined;
      if (!goesOnBehind.test(result.slice(computed.end))) return withUnit(result, computed);
    }
  }
  const last = listNumbers(tail).pop();
  const nothing = noneLeft.exec(tail.slice(last?.end ?? 0))?.[1];
  if (nothing) return nothing;
  if (!last) return undefined;
  const end = sentenceEnd(tail, last.end);
  if (isTakenBack(tail.slice(end))) return undefined;
  const sentence = tail.slice(sentenceStart(tail, last.start), end);
  if (wildlyGuessed.test(textBefore(tail, last.start, 60))) return undefined;
  if (confesses(sentence) || tail[end] === '?') return undefined;
  return stateValue(sentence, { joinsBare: false }) ?? (deniesAll(sentence) ? undefined : withUnit(tail, last));
};

const check = /\((?:check|verif\w*|since|because|as)\b[^()\n]{0,200}\)/gi;
/** "(a) 9 (b) 10", line by line or in one. */
const inParts =
  /(?:(?:^|[\s(])a\)|\bfirst [a-z]+)[:.]?\s([-$\\\d].{0,60}?)[.;,]?\s+(?:and )?(?:(?:part )?\(?b\)|(?:the )?second [a-z]+)[:.]?\s([-$\\\d].{0,60}?)\.?\s*$/i;

/** "…, so there is no solution" behind all numbers. */
const noneLeft = /\b(?:there (?:is|are)|has|have) (no (?:[a-z]+ )?(?:solutions?|roots?|answers?|such [a-z]+))\W*$/i;

/** "The line is 3x - 4y = 12": a curve, not the number behind its last sign. */
const curves = raw`\b(?:lines?|planes?|circle|sphere|parabola|ellipse|hyperbola|curve|graph|locus|tangent|normal|asymptotes?|axis|equation|relation|constraint|system)(?: of [^=\d$.,]{1,30}?)?(?:'s)?(?: has)?(?: equation)?(?: (?:is|are|as|by|becomes)|:)?(?: given by)?(?: the (?:line|equation))?`;
const equation = caseless`${curves} ([-+(\d*/^.]{0,12}[a-z](?![a-z])[^=a-z\n]{0,12}(?:[a-z](?![a-z])[^=a-z\n]{0,12}){0,8}= ?[^=\n]{1,60}?)[.!]?$`;
/** Whether a curve or a condition is named that a formula behind it tells. */
export const curve = caseless`${curves}[\s$(\\[]*$`;
/** Where the number behind the last equality sign is not yet the result. */
const goesOnBehind =
  /^\s(gives?|yields?|results? in|implies)\s[^=]{0,60}\d|^[^=]{0,40}[,;]\s(so|thus|hence|therefore|then)\s[^=]{0,60}\d|^[^=.!;]{0,40}[.!;]\s(?!Since|Because|As |For |Note|If )[A-Z][^=]*\b(is|are|equals)\s[^=]{0,30}\d/;
/** "x = 3 and y = 5", "a = 3, b = 5", "x = 3 or 5". */
const assignments =
  /(?:^|[\s:,(])([a-z] ?= ?[^\s=,]{1,20}(?:(?:,? (?:and|or) (?:[a-z] ?= ?)?|[,;] ?[a-z] ?= ?)[^\s=,]{0,10}\d[^\s=,]{0,10}?){1,5})[.)]*$/i;

/** The values of one name, or the whole where there are several. */
const readAssignments = (text: string): string => {
  const names = new Set([...text.matchAll(/([a-z]) ?=/gi)].map(([, name]) => name));
  const parts = text.split(/,? (?:and|or) |[,;] ?/);
  return (names.size > 1 ? parts : parts.map((part) => part.replace(/^.*= ?/, ''))).join(', ');
};

/** Without a last paragraph that only checks or remarks: "(Check: 24 + 6 = 30.)", "Note: 6 were given away." */
const withoutNotes = (text: string): string => {
  const note = /\n\s*\n\s*[*_(]{0,3}(?:note|check|verification|remark|explanation)\b[*_]{0,3}:[^\n]*$/i.exec(text);
  const before = note ? text.slice(0, note.index).trimEnd() : '';
  return /\d/.test(before) ? before : text;
};

const sentenceStart = (text: string, at: number): number =>
  at - behindLast(textBefore(text, at, 600), /[.!?](?=\s)|\n/g).length;

const sentenceEnd = (text: string, at: number): number => {
  const stop = /[.!?](?=\s|$)|\n/.exec(textBehind(text, at, 600));
  return stop ? at + stop.index : text.length;
};

const deniesAll = (sentence: string): boolean => {
  const numbers = listNumbers(sentence);
  return numbers.some(({ start, end }) => isDeniedAt(sentence, start, end));
};

const withUnit = (text: string, found: { text: string; end: number }): string => found.text + unitBehind(text, found);
