import { parseUnit } from './units.js';

/**
 * Whether the words after a number only say what is counted or measured ("apples", "different ways", "miles from home"), so that the
 * number alone says the same. Words that change the number or the statement ("dozen", "halves", "more", "at most", "is wrong",
 * "to 15") do not, and neither does a word of which nothing is known.
 */
export const isCountedThing = (text: string): boolean => {
  const plain = plainWords(text);
  if (!plain) return true;
  if (changesMeaning(plain)) return false;
  // Only Japanese counters get this far.
  if (/[\u3041-\u9fff]/.test(plain)) return true;
  if (parseUnit(plain)) return true;
  const words = plain.split(' ');
  const preposition = words.findIndex((word) => prepositions.has(word.toLowerCase()));
  const head = preposition < 0 ? words : words.slice(0, preposition);
  const last = head.at(-1) ?? '';
  if (head.length === 0 && words.length > 1 && /^(remaining|total|left)$/.test(words[0] ?? ''))
    return isNoun(words.at(-1) ?? '');
  return tails.test(plain) || (head.length > 0 && (isNoun(last) || parseUnit(head.join(' ')) !== undefined));
};

/** Whether the words say something else of the number than what it counts. */
export const changesMeaning = (text: string): boolean => {
  const plain = plainWords(text);
  return changing.test(plain) || /\d|=/.test(plain) || /^[ap] ?m$/.test(plain);
};

const changing =
  /\b(not|no|none|never|nor|neither|or|and|but|more|less|fewer|greater|larger|smaller|higher|lower|than|at (most|least)|most|least|minimum|maximum|up|to|too|many|much|enough|(is|are|was|do|does|did|wo)n?|were|be|been|wrong|incorrect|false|untrue|impossible|invalid|unlikely|except|excluding|without|plus|minus|times|divided|over|under|above|below|between|until|till|through|beyond|short|almost|nearly|barely|about|approximately|roughly|around|bas(e|is)|mod|modulo|squared|cubed|factorial|raised|power|root|percent|percentage|other|another|half|halves|thirds?|quarters?|\w*(four|fif|six|eigh|nin|en|ie|elf|dred|sand)ths?|mille|tens|dozens?|gross|score|hundreds?|thousands?|(m|b|tr)illions?|double|twice|triple|if|unless|when|can|cannot|could|would|should|may|might|will|fails?|works?|choose|remainder|negative|inverse|reciprocal|maybe|perhaps|possibly|instead|degrees? (below|above)|zero|(on|up|down)wards?|inclusive|exclusive|max|tops|x|remain|remains|off|away)\b/i;

/** "in total", "altogether", "each", "left": said of any number. */
const tails =
  /^(in (total|all|sum)|in the end|total|altogether|overall|each|left|remaining|apiece|per \w+( \w+)?|of \w+( \w+){0,3})$/i;

const prepositions = new Set(
  'of per in for on with from by each every that who which left remaining total altogether across among apart wide long tall high deep old thick'.split(
    ' ',
  ),
);

/** A plural, or one of the common nouns that have none or are counted in the singular. */
const isNoun = (word: string): boolean => {
  if (parseUnit(word)) return true;
  const lower = word.toLowerCase();
  if (nouns.has(lower)) return true;
  return (
    /[a-z]{2}s$/.test(lower) &&
    !/(ss|us|is|as|always|perhaps|besides|afterwards|towards|does|goes|makes|means|gives|equals|exists|holds|works|fails|says|shows|yields|seems|looks|needs|gets|takes)$/.test(
      lower,
    )
  );
};

const nouns = new Set(
  'people person child children man men woman women fish sheep deer mice mouse geese teeth tooth unit item way piece pair set apple student point clip book card marble coin egg cookie page game team player ticket orange pencil pen bag box car tree flower ball bottle slice pizza cake candy toy shirt shoe house room seat table chair word letter digit number side edge vertex face angle diagonal square triangle circle rectangle solution root factor divisor multiple prime integer value term step row column block cube tile worker friend kid boy girl guest customer class grade section group bird dog cat cow chicken duck rabbit staff cattle offspring aircraft money water milk juice flour sugar rice land paint work space time data stuff homework furniture'.split(
    ' ',
  ),
);

/** Without LaTeX, powers and punctuation. */
const plainWords = (text: string): string =>
  text
    .replace(/\\(text\w*|mbox|mathrm|operatorname)\s*/g, '')
    .replace(/\^\{?-?\d\}?/g, '')
    .replace(/[^\p{L}\d=/]+/gu, ' ')
    .trim();
