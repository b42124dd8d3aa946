import type { Numeral } from './quantity.js';
import { countsSomething, isFunctionWord, wordAfter, wordBefore } from './words-around.js';

const labels =
  /^(?:rooms?|grades?|chapters?|highway|route|sections?|problems?|questions?|exercises?|figure|table|steps?|levels?|days?|weeks?|months?|years?|stages?|phases?|rounds?|game|quarters?|season|lane|gate|flight|platform|apartment|suite|floors?|building|box|bag|basket|teams?|player|group|class|school|part|volume|version|type|model|line|street|avenue|exit|interstate|option|track|form|act|scene|book|episode|machine|worker|zone|container|jar|bottle|channel|formula|set|test|quiz|exam|trip|plan|case|shelf|row|column|station|districts?|engine|tank|cell|angles?|circle|triangle|player|size)$/i;
const shortLabels = /\b(?:[Nn]os?|[Ff]ig|[Vv]ol|[Aa]pt|[Cc]h|[Ee]q)\.? $/;
/** After these the word is a thing in a phrase, not a label: "each day 5 of them". */
const determiners =
  /^(?:the|a|an|each|every|per|this|that|last|next|first|second|third|fourth|fifth|sixth|seventh|final|same|one|all|any|his|her|their|its|my|our|\d+|two|three|four|five|six|more|other)$/i;
const months =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?$/;
const yearWords = /^(?:in|since|during|year|years|until|till|spring|summer|fall|autumn|winter|season|class)$/i;
/** These stand in front of years and of amounts alike. */
const weakYearWords = /^(?:to|by|of|from|and|between|before|after|than|or)$/i;

/** Whether a number names a thing, a day or a year instead of counting: `Room 12`, `August 17`, `in 2010`, `24/7`. */
export function namesSomething(question: string, numeral: Numeral): boolean {
  const { span, original, kind } = numeral;
  const [start, end] = span;
  if (/^0\d/.test(original)) return true; // 007
  if (/^(?:24\/7|50\/50|20\/20|9\/11)$/.test(original)) return true;
  if (kind !== 'integer' && kind !== 'word') return false;
  return (
    isLabelled(question, span) ||
    isDate(question, span) ||
    isYear(question, numeral) ||
    isListMark(question, span) ||
    /^[- ]pointers?\b/.test(question.slice(end, end + 9)) ||
    isPartOfName(question, span) ||
    isNumberWord(question, start)
  );
}

/** "iPhone 12", "Apollo 11", "rounded to 2 decimal places". */
function isPartOfName(question: string, [start, end]: readonly [number, number]): boolean {
  if (/^ (?:decimals?|significant) ?(?:places?|figures|digits)?\b/.test(question.slice(end, end + 24))) return true;
  return /\b(?:iPhone|iPad|Play[Ss]tation|Xbox|Windows|Apollo|Boeing|Airbus|Galaxy|Area|Fahrenheit|Formula|World War|Super Bowl|Pixel) $/.test(
    question.slice(Math.max(0, start - 16), start),
  );
}

function isNumberWord(question: string, start: number): boolean {
  return /\b(?:[Hh]ouse|[Jj]ersey|[Pp]hone|[Bb]us|[Rr]oom|[Tt]icket) [Nn]umber $/.test(
    question.slice(Math.max(0, start - 24), start),
  );
}

function isLabelled(question: string, [start, end]: readonly [number, number]): boolean {
  const before = question.slice(Math.max(0, start - 24), start);
  if (shortLabels.test(before)) return true;
  const label = /(\p{L}+) $/u.exec(before)?.[1] ?? '';
  if (!labels.test(label) && label !== 'nearest') return false;
  const next = wordAfter(question, end);
  if (/^(?:grade|nearest)$/i.test(label)) return true; // "a grade six teacher", "to the nearest ten thousand"
  const isAlone = /^(?:$|[.,;:?!)"'’”]| ?&)/.test(question.slice(end, end + 2)) || isFunctionWord(next);
  return isAlone && !determiners.test(wordBefore(question, start - 1 - label.length));
}

function isDate(question: string, [start, end]: readonly [number, number]): boolean {
  if (countsSomething(question, end) && !months.test(wordAfter(question, end))) return false;
  const [before, after] = [
    /([A-Z][a-z]+)\.? $/.exec(question.slice(Math.max(0, start - 16), start))?.[1] ?? '',
    wordAfter(question, end),
  ];
  if (months.test(before) || months.test(after)) return true;
  // the year of "August 17, 2006"
  return /[A-Z][a-z]+\.? \d{1,2}(?:st|nd|rd|th)?, $/.test(question.slice(Math.max(0, start - 24), start));
}

function isYear(question: string, { span: [start, end], original }: Numeral): boolean {
  if (!/^(?:1[5-9]|20)\d\d$/.test(original)) return false;
  if (countsSomething(question, end) || /[$€£¥]/.test(question[start - 1] ?? '') || /^[%-]/.test(question[end] ?? ''))
    return false;
  const before = wordBefore(question, start);
  if (yearWords.test(before) || months.test(before)) return true;
  return (
    weakYearWords.test(before) && /\b(?:in|since|year|during|until) (?:1[5-9]|20)\d\d\b(?! [a-z]+s\b)/i.test(question)
  );
}

/** "1. Ann has … 2. Ben has …" or "(1) … (2) …". */
function isListMark(question: string, [start, end]: readonly [number, number]): boolean {
  const before = question.slice(Math.max(0, start - 2), start);
  const isAtLineStart = start === 0 || /\n\s?$/.test(before);
  if (isAtLineStart && /^[.)]\s/.test(question.slice(end, end + 2))) return /^1[.)]\s|\n\s?1[.)]\s/.test(question);
  return before.endsWith('(') && question[end] === ')' && question.includes('(1)') && question.includes('(2)');
}
