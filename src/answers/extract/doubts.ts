import { caseless, raw } from '../parse/pattern.js';
import { behindLast, textBefore, textBehind } from './text-around.js';

/**
 * Sentences that name a value without claiming it: suppositions ("if x = 12 …", "assume that it is 12"), tasks ("we need to check
 * whether 12 works"), guesses ("it could be 12, but I am not sure"), opinions of others ("one might think that it is 12"), and what is
 * taken back ("12 is extraneous", "12, which contradicts …", "it is false that it is 12").
 */

const supposed =
  /(^\W*((now|so|and|but|first|next|then|also),? )?((let us|let's|let me|we|I|you|one|please|to) )?((can|could|may|might|must|should|will|first|now) )?((let(ting)?|take|say|put|set(ting)?) \$?[b-z]|assum(e|ing)|suppos(e|ing)|imagin(e|ing)|pretend|consider(ing)?|try(ing)?|plug(ging)?|tried)\b|\b(whether|(are|were) (given|told)|given that|(we|I) ((want|need|have) to|must|should|shall) (check|find|show|see|prove|verify|decide|determine)|contrary to|as if)\b|\b(for (example|instance)|e\.g\.),?)((?!\bthen\b)[^,;:])*$/i;
/** Up to a value that a condition names: "if x =", "unless the answer is". */
const condition =
  /^\W*((now|so|and|but|even|only),? )?(if|unless|in case|provided|had|were) ((that|we|it|you|the|answer|value|number|only|take|been|choose) |\S{1,12}\s?(=|is|are|was|were|equals)\s?){0,5}[$(\\]*$/i;
const guessed =
  /\b(could|might) (\w{2,9} )?be ([a-z]{2,9} ){0,2}[$(*\\]*$|\b(maybe|perhaps(?! surprisingly)|possibly|conceivably)\b[^.,]*$/i;
const unsure =
  /\b(not|n't) (\w{2,10} )?(sure|certain|confident|convinced)\b|\b((am|I'm|we're|still|bit) (unsure|uncertain)|doubtful|(?<!no |without (a )?)doubt|plausible|not (proven|proved)|no (idea|proof|clue)|(can't|cannot|can not|couldn't) (verify|confirm|prove|justify|be sure))\b/i;
const opinion =
  /\b((one|you|some(one|body)?|people|students?|many|beginners?|they|the (book|textbook|key|calculator|manual)) ((?!who\b|that\b)[a-z]+ )?(think|thought|claim(s|ed)?|says?|said|believed?|suspect(ed)?|argued?|conclude[ds]?|assumed?)|tempting|tempted|naive(ly)?|(at first|initially|first(,? I| we)?) (\w+ )?(thought|glance|sight|believed|guessed)|I (\w+ )?(thought|believed|guessed)|(false|untrue|wrong|not true|not the case|incorrect|impossible|unlikely|doubtful|possible|conceivable|a chance) (to \w+ )?that|(wrong|incorrect|naive|previous|initial|earlier|old) (answer|value|result|guess)|no way|(nobody|no one|none of (us|them)) [a-z]+)\b[^,;]*$/i;
const wrong =
  '(wrong|incorrect|false|untrue|impossible|absurd|invalid|mistaken|extraneous|nonsense|not (right|correct|true|possible|valid|allowed|a solution|the case)|an? (mistake|error|misprint|typo|contradiction|extraneous))';
/** What still speaks of the value before it. */
const near = raw`((?!\b(because|since|as|and|for|other) )[^.:;(\d$]){0,60}?`;
const fails = "((can't|cannot) be (right|true|correct)|(do|does|did)( not|n't) (work|satisfy|hold|fit|count))";
const refuted = caseless`^${near}\b(is|are|was|seems|be|as) (an? |clearly |obviously )?${wrong}|^${near}\b((leads?|comes|brings us) to an? (contradiction|absurdity)|contradict(s|ing|ion|ory)|fail(s|ed)\b|${fails})`;
const takenBack = caseless`^[\s.!*"”']*((but|however|clearly|unfortunately|of course|obviously),? )?(this|that|it|which|the (claim|answer|guess|assumption|statement|result))(('s| is| was| turns out to be| would be| cannot be| must be) (clearly |obviously |an? )?${wrong}| (contradicts|fails|${fails})\b| leads to an? contradiction)`;

/**
 * "I don't think it is 12", "he would never go so far as to say that it is 12"; not "the number of those who do not believe it is 12".
 */
const disbelieved =
  /(?<!\b(who|which|\w that) )\b(?!who|which|that)\w+((n't|\s?not| (never|hardly|refuse to)) (\w+ly |even )?(((go|be) [as]\w \w+ as|dare|want|mean|willing|prepared|ready)( to)? )?(think|believe|agree|accept|conclude|suppose|expect|(say|claim|suggest)(ing)?|see (how|why)|(true|the case|clear|known|follow|mean) that)| (deny|disagree|stop short of \w+|(?<!(not|n't|never) (too )?)(hesitate|reluctant|early|premature) to (say|claim)))\b((?!\b(so|thus|hence|therefore|but|because|since|how|what|and (the|it|we|there))\b)[^,:;])*$/i;
/** "Non direi che sia 12", "No es 12", "Je ne pense pas que ce soit 12", "Ich glaube nicht, dass es 12 ist"; not "le palline che non sono rosse sono 12". */
const deniedAbroad =
  /((?<!\b(che|qu[ei]( n(e |')\S+)?) )\b(no(?= (es|son|da|puede|me|cre[eo]\w*|pi?ens[ao]\w*|dir[ií]a)\b)|non(?!-)|n[ãa]o|nunca|pas|jamais|nicht|kein\w*)\b([^,:;)]*, dass)?((?!\b(mas?|mais|pero|sino|[ey]|et)\b)[^,:;)])*|\b(non?|n[ãa]o) ([eèé]s?|se[aj]a?|sia) [$*\\(]*)$/i;
const doubtedAbroad = /(\bdu[bdv]|dout|dúv|zweif)[^,:;)]*(, dass[^,:;)]*)?$/i;
/** Another language than these, or what takes the negation back: "no es difícil ver que es 12", "n'oubliez pas que c'est 12", "non resta che 12" (only). */
const deniesNothing =
  /\b(the|is|are|of)\b|diff?[ií]c|schwer|olvid|dimentic|oubli|verg[ei]ss|s(in|em|enza|ans)\b|ohne|no (hay )?dud|\b(m[aá]s que|(resta|rimane|altro) che|autre chose que) [$*\\(]*$/i;
/** "12, but I disagree.", "12. I don't think so." */
const gainsaid = /^( [a-z]+){0,2}\W{1,4}(but )?I (disagree|do( not|n't) (agree|think so|know))\b(?! )/i;
/** Nothing but a confession stands in front of a value: "I don't know. 12". */
export const wildlyGuessed = /(^|[.!?\n])\W*(I('m| am| have)? )?(do(n't| not) know|no idea|not sure)\W*$/i;

const stops = /(?<!e\.g|i\.e)[.!?;](?=\s)|\n/g;
/** Words behind which a new claim begins. */
const opens =
  /\b(so(?! [a-z]+ as\b)|thus|hence|therefore|but|we (get|find|obtain)|gives?|giving|yields?|yielding|which (gives|means|makes))\b/gi;

/** Whether the words around [start, end) name what stands there without claiming it. */
export const isUnclaimedAt = (text: string, start: number, end: number): boolean => {
  const before = textBefore(text, start, 240);
  const sentence = behindLast(before, stops);
  const opening = behindLast(sentence, opens);
  const after = textBehind(text, end, 160);
  const rest = /^([^.!?\n]|\.(?=\d)){0,160}/.exec(after)?.[0] ?? '';
  return (
    supposed.test(opening) ||
    condition.test(opening) ||
    guessed.test(opening) ||
    opinion.test(opening) ||
    unsure.test(sentence) ||
    isDisbelievedAt(text, start) ||
    wildlyGuessed.test(before) ||
    gainsaid.test(after) ||
    unsure.test(rest) ||
    refuted.test(rest) ||
    isTakenBack(after.slice(rest.length))
  );
};

/** Whether what follows a sentence takes it back: "This is wrong." */
export const isTakenBack = (after: string): boolean => takenBack.test(after.slice(0, 120)) || gainsaid.test(after);

/** Whether the clause in front of a place denies all that it says: "I don't think that it is 12". */
export const isDisbelievedAt = (text: string, start: number): boolean => {
  const sentence = behindLast(textBefore(text, start, 240), stops);
  const isAbroad = deniedAbroad.test(sentence) !== doubtedAbroad.test(sentence) && !deniesNothing.test(sentence);
  return isAbroad || disbelieved.test(sentence);
};
