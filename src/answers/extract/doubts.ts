import { textBefore } from './text-around.js';

/**
 * Sentences that name a value without claiming it: suppositions ("if x = 12 …", "assume that it is 12"), tasks ("we need to check
 * whether 12 works"), guesses ("it could be 12, but I am not sure"), opinions of others ("one might think that it is 12"), and what is
 * taken back ("12 is extraneous", "12, which contradicts …", "it is false that it is 12").
 */

const supposed =
  /(?:^\W*(?:(?:now|so|and|but|first|next|then|also),?\s)?(?:(?:let us|let's|let me|we|I|you|one|please|to)\s)?(?:(?:can|could|may|might|must|should|will|first|now)\s)?(?:(?:let(?:ting)?|take|say|put|set(?:ting)?)\s\$?[b-z]|assum(?:e|ing)|suppos(?:e|ing)|imagin(?:e|ing)|pretend|consider(?:ing)?|try(?:ing)?|plug(?:ging)?|tried)\b|\b(?:whether|(?:are|were) (?:given|told)|given that|(?:we|I) (?:(?:want|need|have) to|must|should|shall) (?:check|find|show|see|prove|verify|decide|determine)|contrary to|as if)\b|\b(?:for (?:example|instance)|e\.g\.),?)(?:(?!\bthen\b)[^,;:])*$/i;
/** Up to a value that a condition names: "if x =", "unless the answer is". */
const condition =
  /^\W*(?:(?:now|so|and|but|even|only),?\s)?(?:if|unless|in case|provided|had|were)\s(?:(?:that|we|it|you|the|answer|value|number|only|take|been|choose)\s|\S{1,12}\s?(?:=|is|are|was|were|equals)\s?){0,5}[$(\\]*$/i;
const guessed =
  /\b(?:could|might)\s(?:\w{2,9}\s)?be\s(?:[a-z]{2,9}\s){0,2}[$(*\\]*$|\b(?:maybe|perhaps(?! surprisingly)|possibly|conceivably)\b[^.,]*$/i;
const unsure =
  /\b(?:not|n't)\s(?:\w{2,10}\s)?(?:sure|certain|confident|convinced)\b|\b(?:(?:am|I'm|we're|still|bit) (?:unsure|uncertain)|doubtful|(?<!no |without (?:a )?)doubt|plausible|not (?:proven|proved)|no (?:idea|proof|clue)|(?:can't|cannot|can not|couldn't) (?:verify|confirm|prove|justify|be sure))\b/i;
const opinion =
  /\b(?:(?:one|you|some(?:one|body)?|people|students?|many|beginners?|they|the (?:book|textbook|key|calculator|manual))\s(?:(?!who\b|that\b)[a-z]+\s)?(?:think|thought|claim(?:s|ed)?|says?|said|believed?|suspect(?:ed)?|argued?|conclude[ds]?|assumed?)|tempting|tempted|naive(?:ly)?|(?:at first|initially|first(?:,? I| we)?)\s(?:\w+\s)?(?:thought|glance|sight|believed|guessed)|I (?:\w+\s)?(?:thought|believed|guessed)|(?:false|untrue|wrong|not true|not the case|incorrect|impossible|unlikely|doubtful|possible|conceivable|a chance) (?:to \w+ )?that|(?:wrong|incorrect|naive|previous|initial|earlier|old) (?:answer|value|result|guess)|no way|(?:nobody|no one|none of (?:us|them))\s[a-z]+)\b[^,;]*$/i;
const wrong =
  '(?:wrong|incorrect|false|untrue|impossible|absurd|invalid|mistaken|extraneous|nonsense|not (?:right|correct|true|possible|valid|allowed|a solution|the case)|an? (?:mistake|error|misprint|typo|contradiction|extraneous))';
/** What still speaks of the value before it. */
const near = '(?:(?!\\b(?:because|since|as|and|for|other) )[^.:;(\\d$]){0,60}?';
const refuted = new RegExp(
  `^${near}\\b(?:is|are|was|seems|be|as)\\s(?:an?\\s|clearly\\s|obviously\\s)?${wrong}|^${near}\\b(?:(?:leads?|comes|brings us) to an? (?:contradiction|absurdity)|contradict(?:s|ing|ion|ory)|fail(?:s|ed)\\b|(?:can't|cannot) be (?:right|true|correct)|(?:do|does|did)(?: not|n't) (?:work|satisfy|hold|fit|count))`,
  'i',
);
const takenBack = new RegExp(
  `^[\\s.!*"”']*(?:(?:but|however|clearly|unfortunately|of course|obviously),?\\s)?(?:this|that|it|which|the (?:claim|answer|guess|assumption|statement|result))(?:(?:'s|\\sis|\\swas|\\sturns out to be|\\swould be|\\scannot be|\\smust be)\\s(?:clearly\\s|obviously\\s|an?\\s)?${wrong}|\\s(?:contradicts|fails|(?:can't|cannot) be (?:right|true|correct))\\b|\\s(?:does|did)(?: not|n't) (?:work|satisfy|hold|fit)|\\sleads to an? contradiction)`,
  'i',
);

const stops = /(?<!e\.g|i\.e)[.!?;](?=\s)|\n/g;
/** Words behind which a new claim begins. */
const opens =
  /\b(?:so|thus|hence|therefore|but|we (?:get|find|obtain)|gives?|giving|yields?|yielding|which (?:gives|means|makes))\b/gi;

function behindLast(text: string, pattern: RegExp): string {
  let from = 0;
  for (const match of text.matchAll(pattern)) from = match.index + 1;
  return text.slice(from);
}

/** Whether the words around [start, end) name what stands there without claiming it. */
export function isUnclaimedAt(text: string, start: number, end: number): boolean {
  const before = textBefore(text, start, 240);
  const sentence = behindLast(before, stops);
  const opening = behindLast(sentence, opens);
  const after = text.slice(end, end + 160);
  const rest = /^(?:[^.!?\n]|\.(?=\d)){0,160}/.exec(after)?.[0] ?? '';
  return (
    supposed.test(opening) ||
    condition.test(opening) ||
    guessed.test(opening) ||
    opinion.test(opening) ||
    unsure.test(sentence) ||
    unsure.test(rest) ||
    refuted.test(rest) ||
    isTakenBack(after.slice(rest.length))
  );
}

/** Whether what follows a sentence takes it back: "This is wrong." */
export const isTakenBack = (after: string): boolean => takenBack.test(after.slice(0, 120));
