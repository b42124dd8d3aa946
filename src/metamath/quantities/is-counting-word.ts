import type { Numeral } from './quantity.js';
import { isFunctionWord, startsSentence, wordAfter, wordBefore } from './words-around.js';

/**
 * Whether a number in words is a quantity. "one" counts before a unit of measure or where it plainly counts a thing
 * ("and one orange"), never as a pronoun; shares need "of", "as", a verb or a unit after them, so that ordinals and coins
 * stay ("the fifth", "a quarter for the meter"); "the other half" and "in half" are no givens.
 */
export function isCountingWord(question: string, { span: [start, end], original }: Numeral): boolean {
  const words = original.toLowerCase();
  const touchesLeft = /[\p{L}\p{N}_$\\{]$|[\p{L}\p{N}][-–'’]$/u.test(question.slice(Math.max(0, start - 2), start));
  if (touchesLeft || !isFreeOnTheRight(question.slice(end, end + 24))) return false;
  if (isProperName(question, start, end)) return false;
  if (/^(?:a[- ])?half/.test(words)) return isHalf(question, [start, end], words);
  if (isShare.test(words)) return isCountedShare(question, [start, end], words);
  if (/^an? /.test(words)) return !isRate(question, start);
  if (words === 'one') return isCountingOne(question, start, end);
  return !isPronoun(question, start, end) && !isIdiom(question, start, end);
}

const isShare =
  /(?:hal(?:f|ves)|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|twelfths?|fifteenths?|sixteenths?|twentieths?|hundredths?|thousandths?)$/;

/** "five-mile" is five with a unit; "five's", "three-pointer", "two-thirds" (unless read as a whole) are other tokens. */
function isFreeOnTheRight(after: string): boolean {
  if (/^[\p{L}\p{N}_]|^['’]\p{L}|^[/:.,]\d/u.test(after)) return false;
  if (!/^[-–‐]/.test(after)) return true;
  return (
    /^[-‐]\p{Ll}{2}/u.test(after) &&
    !/^.(?:pointers?|wheelers?|ways?|folds?|something|on|for|to|by|up|off|plus|ish|and|a|or|timers?|some|time)\b/.test(
      after,
    ) &&
    !/^.(?:hal(?:f|ves)|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|hundredths?|first)\b/.test(
      after,
    )
  );
}

/** "the Fantastic Four", "Three Rivers"; a number that begins a sentence is written large anyway. */
function isProperName(question: string, start: number, end: number): boolean {
  if (!/^\p{Lu}/u.test(question.slice(start, start + 1))) return false;
  const next = wordAfter(question, end);
  return /^\p{Lu}\p{Ll}/u.test(next) || !startsSentence(question, start);
}

const unit =
  /^(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|century|centuries|inch(?:es)?|foot|feet|yards?|miles?|met(?:er|re)s?|kilomet(?:er|re)s?|centimet(?:er|re)s?|millimet(?:er|re)s?|km|cm|mm|pounds?|lbs?|ounces?|oz|grams?|kilograms?|kilos?|kg|tons?|gallons?|quarts?|pints?|cups?|teaspoons?|tablespoons?|lit(?:er|re)s?|ml|millilit(?:er|re)s?|dollars?|cents?|pence|percent|dozens?|degrees?|points?|acres?|hectares?|square|cubic|servings?|slices?|units?|feet|rupees?|euros?|hundred|thousand|million|semesters?|laps?|blocks?)$/;

/** "the other half", "its back half", "per half": a part that is spoken of, or a rate. */
const namedHalf =
  /(?:\b(?:the|other|second|first|this|each|last|latter|bottom|top|upper|lower|better|every|either|next|remaining|final|previous|per)|\b(?:the|its|his|her|their) (?:front|back|left|right)) $/i;
const determiner = /^(?:the|that|this|his|her|their|its|my|your|our|those|these|what|how)$/;
const verb =
  /^(?:is|are|was|were|has|have|had|went|go|goes|come|came|like|likes|liked|want|wants|will|would|can|do|did|got|get|gets|left|prefer|contain|contains|remain|play|plays)$/;

function isHalf(question: string, [start, end]: readonly [number, number], words: string): boolean {
  const before = question.slice(Math.max(0, start - 24), start);
  const after = wordAfter(question, end);
  if (/(?:dozen|hundred|thousand|million|billion|trillion)$/.test(words)) return !isRate(question, start);
  if (/\b(?:an?|one|per) [a-z]+ and $/.test(before)) return false; // an hour and half
  if (words === 'half' && question[end] === '-')
    return unit.test(/^-(\p{L}+)/u.exec(question.slice(end, end + 20))?.[1] ?? '');
  if (namedHalf.test(before)) return false;
  if (/^half an?$/.test(words)) return unit.test(after) || !isFunctionWord(after);
  if (words === 'a half') return after === 'of' || unit.test(after);
  return (
    /^(?:of|as|times)$/.test(after) ||
    determiner.test(after) ||
    (verb.test(after) && !/\bin $/.test(before)) ||
    /^\p{Lu}.*['’]s?$/u.test(after)
  );
}

function isCountedShare(question: string, [start, end]: readonly [number, number], words: string): boolean {
  if (/ and |-and-/.test(words)) {
    // "one and half of them" are two givens, "two and a half hours" is one
    return (
      !/\band[- ]half$/.test(words) ||
      !/^(?:of|as|the|that|his|her|their|is|are|was|were)$/.test(wordAfter(question, end))
    );
  }
  const isPlural = words.endsWith('s');
  const isOne = /^(?:an?|one)[- ]/.test(words);
  if (isOne === isPlural) return false; // "two fifth graders", "a thirds"
  const after = wordAfter(question, end) || (/^-(\p{L}+)/u.exec(question.slice(end, end + 20))?.[1] ?? '');
  const isLinked = /^(?:of|as)$/.test(after) || determiner.test(after);
  const before = wordBefore(question, start).toLowerCase();
  if (
    /quarters?$/.test(words) &&
    !words.includes('-') &&
    !(after === 'of' || after === 'as' || determiner.test(after))
  ) {
    return isOne && unit.test(after) && before !== 'per';
  }
  if (isLinked || words.includes('-')) return !/^(?:the|each|every)$/.test(before) || words.includes('-');
  if (!isOne) return true;
  if (/^an? /.test(words))
    return unit.test(after) || verb.test(after) || /^(?:less|more|longer|shorter|bigger|smaller|times)$/.test(after);
  return !/^(?:graders?|grade|place|child|person|time|day|year|floor|friend|student|party)$/.test(after);
}

/** "$3 a dozen", "two dollars a hundred": a rate, not a number of things. */
function isRate(question: string, start: number): boolean {
  return /(?:\d|cents?|dollars?|bucks|euros?|pounds?|rupees|each|¢|by|per) $/.test(
    question.slice(Math.max(0, start - 9), start),
  );
}

const timeWord = /^(?:day|week|month|year|night|morning|evening|afternoon|weekend|summer|time)s?$/;
const countsBefore =
  /^(?:and|has|have|had|bought|buys|buy|only|just|exactly|least|most|with|used|uses|needs|ate|eats|makes|sells|sold|gets|got|gave|gives|took|takes|brought|found|lost|drank|drinks|owns|contains|plus|minus|adds|added|wins|won|scored)$/;
const pronounAfter =
  /^(?:of|is|was|at|by|that|who|which|for|to|in|on|more|less|fewer|and|or|another|side|way|end|hand|half|kind|type|part|thing|person|student|people|has|had|will|can|with|from|as|than|each|every|after|before|left|time|day|other|extra|additional|get|if|but|where|when|while|he|she|they|it|big|third|fourth|fifth|quarter|free)$/;

function isCountingOne(question: string, start: number, end: number): boolean {
  const before = wordBefore(question, start).toLowerCase();
  const hyphenated = /^-(\p{Ll}+)/u.exec(question.slice(end, end + 20))?.[1];
  if (hyphenated !== undefined) return unit.test(hyphenated);
  const after = wordAfter(question, end);
  if (/^(?:each|this|that|no|any|the|every|another|which|other|last|next|first|second|number|some|or)$/.test(before))
    return false;
  if (before === 'at' && after === 'point') return false;
  if (timeWord.test(after))
    return (
      /^(?:in|for|only|just|than|least|about|exactly|after|within|takes|took|is|was|another|lasts|and)$/.test(before) &&
      !/^,/.test(question.slice(end + 1 + after.length))
    );
  if (unit.test(after)) return true;
  if (!countsBefore.test(before) || pronounAfter.test(after) || !/^\p{Ll}{2}/u.test(after)) return false;
  return !/\b(?:another|the others?|the rest|each one|the (?:second|first) one)\b/i.test(question);
}

/** "the two of them", "all three", "these two spend": a number that only points back. */
function isPronoun(question: string, start: number, end: number): boolean {
  const before = wordBefore(question, start).toLowerCase();
  if (!/^(?:the|these|those|all|other|between|both|any|a|an|another|last|first)$/.test(before)) return false;
  const after = wordAfter(question, end);
  if (/^(?:-| [$\d])/.test(question.slice(end, end + 2))) return false; // "all four 100-meter events"
  return (
    after === '' ||
    isFunctionWord(after) ||
    /^(?:spend|spent|together|combined|make|made|get|got|share|shared)$/.test(after)
  );
}

/** "two by two", "one or two", "snapped in two": not one amount. */
function isIdiom(question: string, start: number, end: number): boolean {
  if (/^ by (?:one|two|three|four)\b/i.test(question.slice(end, end + 9))) return true;
  if (
    /\b[Ii]n $/.test(question.slice(Math.max(0, start - 3), start)) &&
    !/^[- ]\p{L}/u.test(question.slice(end, end + 2))
  )
    return true;
  if (
    /\b(?:break|broke|cut|snap|split|tear|tore|fold)\w*\b[^.?!]{0,30} in $/.test(
      question.slice(Math.max(0, start - 44), start),
    ) &&
    isFunctionWord(wordAfter(question, end))
  )
    return true;
  return /\b(?:one or two|two or three|three or four|four or five)$/i.test(question.slice(Math.max(0, start - 9), end));
}
