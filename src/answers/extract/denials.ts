/**
 * Whether the words beside a value deny it ("not 12"), bound it ("at least 12") or make another value of it ("4 times 3").
 *
 * @module
 */

import { caseless, raw } from '../parse/pattern.js';
import { isDisbelievedAt, isUnclaimedAt } from './doubts.js';
import { textBefore, textBehind } from './text-around.js';

const negation = 'not|never|neither|nor|cannot|hardly|by no means|no longer|fail(s|ed)? to';

const more = 'more|less|fewer|greater|larger|smaller';
/**
 * Words that make of a number something that is not the answer: bounds ("at least 12", "fewer than 12", "between 12 and 15") and what is no
 * value ("anything but 12").
 */
const bound = `(no (${more}|sooner)|(${more}|bigger|higher|lower|other|rather) than|at (the (very )?)?(least|most)|up to|(any|some)(thing|where|one) (but|except|from)|anything|between|over|under|above|below|beyond|exceeds?|different from|far from|nowhere near|almost|nearly|(bounded|limited) (above |below )?by|as (many|few|much|little) as)`;

const startsDenied = caseless`^((\w+ly|still|also|(a|some) (number|value)|(any|some)\w+) )*(${negation}|\w+n't|${bound}|un(known|clear|determined|defined|available)|indeterminate|missing|ambiguous|wrong|incorrect|impossible|(anywhere |somewhere )?from \S+ to|one of|either|an? (minimum|maximum) of|m(in|ax)(?=\.? )|(some(where|thing) )?near)\b`;
/** A negation in front of a value; `isDisbelievedAt` reads those of other languages of Europe. */
const negated = raw`\b(${negation}|rather than|instead of)|n't|不是|不等于`;
/** What may stand between such words and the value. */
const filler = 'be|equals?|to|get|have|always|simply|exactly|only|just|the|of|value|number|answer';
const endsWith = (words: string, more = ''): RegExp =>
  caseless`(${words})( (${filler}${more})\b| [a-z] ?=)*[\s$*(\\]*(boxed{)?$`;
const endsNegated = endsWith(
  negated,
  '|(become|give|yield|reach|make|seem|appear|come|turn|add|amount)(e?s)?|out|up|going|known|really|even|quite|necessarily',
);
const endsDenied = endsWith(
  `\\b(${bound}|impossible|wrong|twice|double|triple|(set|list|multiple|divisor|factor|square|cube|half|digit|negative|reciprocal|opposite|inverse)s? of|divisible by|times|(sum|difference|average|ratio|quotient) (of|between) \\S{1,12} and|plus|the (first|last|next)|among [a-z ]{1,30}|(all|every\\w{0,5}|none|any)( \\w{1,12})? but|none of|mod(ulo)?|close to|differs? from|from \\S{1,12} to|\\d\\s?[×*÷·+]|or equal to|as opposed to|except|excluding|without|unlike|ruled? out|(reject|discard)(s|ed)?|exclud(es?|ed)|near|independent of|(?<!\\b(ha[sd]|have|with|attains|reaches|achieves|takes on) )an? (minimum|maximum) of)`,
);
const followedByDenial =
  /^[\s$*)\\.]{0,4}(\s?[a-z°]{1,15})?\s(n(on?|[ãa]o) [eèé]s? |n'est |([eèé]s?t?|ist) (es )?(nicht|fal[so]|faux|sbagli)|below (zero|freezing)|(is|are|was|were|can|could|does|do|will|would|must|should)\s(to )?(be )?(not|never|one of|((an?|the) )?(lower bound|upper bound|wrong|incorrect|false|impossible|invalid)|unlikely|too|ruled out|out of|excluded|rejected|discarded|just a guess|yet to|off)\b|(remains|needs|has yet) to be [a-z]+(ed|n)\b|(\w+n't|cannot|fails?|(or|and) (more|less|fewer|greater|larger|smaller|higher|lower|above|below|up)|at (most|least)|max(imum)?(?! [a-z])|too (many|much|few|large|small|high|low))\b)/i;

/** What makes another value of the number before it: "4 times 3", "1010 in base 2", "12 mod 5", "4 squared". */
const changed =
  /^\s?([-+−×*÷/]\s?\d|(times|(less|fewer) than|parts? in|for every|per)\s\d|(plus|minus)\s\w|-by-\d|(divided by|mod|squared|cubed|factorial)\b|(\\?%|percent) of \d|\(?(in )?base\s(?!ten|10)|(with |and )?(an? )?(remainder|rem|R)\.?\s(of )?\d)/i;

/** Numbers that count pages of the text. */
const labelled = /\b(problem|question|exercise|equation|step|part|figure|table|chapter|section|theorem|lemma)s?\s\(?$/i;

/** 「12ではありません」, 「12だとは思わない」, 「12は正しくない」; not 「12でなければなりません」 or 「12に違いない」. */
const negatedBehind =
  /^(?!以外)[^\d。、で]{0,4}?[でじゃにとだがはもなのあるわけずこ]{1,12}(な(い(?!と[いな])|かった|く(?!て))|あり[得え]|(あり|なり|思い|[思言い]え|考えられ)ませ|(なら|思わ|[思言い]え|考えられ)な|限[らり]|[等正]しく[なあ]|異な|違(?!い[なあ]))/;

/** Whether what begins at `start` is denied; a bound ("between 12 and 15") may well be asked for. */
export const isNegatedAt = (text: string, start: number): boolean =>
  endsNegated.test(textBefore(text, start, 60)) || isDisbelievedAt(text, start);

/** Whether a sentence says that there is no saying: "we cannot determine it from 12 values". */
export const confesses = (sentence: string): boolean =>
  /\b(can(not|'t)(?! be [a-z]+er\b)|could( not|n't)|unable to|(im|not )possible to|no way to|not enough|insufficient|do( not|n't) know|there (is|are) no (answers?|solutions? (for|when|if|with))|answer (has \d+|depends|is given in))\b/i.test(
    sentence.slice(0, 300),
  );

/** Whether a statement begins by denying or bounding what it names. */
export const isDenied = (statement: string): boolean => {
  if (/^[\s*_$"'\\(]*([<>≤≥≠]|\\(ge|le|ne|gt|lt)q?(?![a-z]))\s?-?[\d.]/.test(statement)) return true;
  return startsDenied.test(statement.slice(0, 120).replace(/^[\s*_$"']+/, ''));
};

/** Whether what is said behind a value denies or bounds it: "12 or more", "12 non è corretto". */
export const isDeniedBehind = (after: string): boolean => followedByDenial.test(after.slice(0, 60));

/** Whether what stands at [start, end) of a text is denied, bounded, worked on or not claimed by the words beside it. */
export const isDeniedAt = (text: string, start: number, end: number): boolean =>
  endsDenied.test(textBefore(text, start, 60)) ||
  endsNegated.test(textBefore(text, start, 60)) ||
  negatedBehind.test(textBehind(text, end, 30)) ||
  isDeniedBehind(text.slice(end)) ||
  changed.test(textBehind(text, end, 20)) ||
  (labelled.test(textBefore(text, start, 12)) && /\d/.test(text[start] ?? '')) ||
  isUnclaimedAt(text, start, end);
