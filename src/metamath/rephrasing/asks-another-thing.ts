import { parseUnit, type Unit } from '../../answers/parse/units.js';
import { findAskedSentence } from '../../language/last-sentence.js';

/**
 * Whether a rephrasing plainly asks for something else that can be counted: another unit ("how many minutes" for "how many
 * hours"), or another thing of the same problem ("how many cups" where pens were asked and cups are told of). A word that
 * the original does not have may be a synonym, and passes.
 */
export function asksAnotherThing(original: string, rephrased: string): boolean {
  if (asksOpposite(original, rephrased) || asksInOther(original, rephrased)) return true;
  const [{ noun: before }, { noun: after, asking }] = [askedThing(original), askedThing(rephrased)];
  if (before === undefined || after === undefined || before === after) return false;
  const [unit, other] = [parseUnit(before), parseUnit(after)];
  if (unit !== undefined && other !== undefined)
    return unit.dimension !== other.dimension || !isSameFactor(unit, other);
  return !wordsOf(asking).includes(before) && wordsOf(original).includes(after);
}

const isSameFactor = ({ factor: one }: Unit, { factor: other }: Unit): boolean =>
  one.numerator * other.denominator === other.numerator * one.denominator;

/** What excludes each other where only one of them is asked for. */
const opposed: readonly (readonly RegExp[])[] = [
  [/\bboys?\b/, /\bgirls?\b/],
  [/\bm[ae]n\b/, /\bwom[ae]n\b/],
  [/\barea\b/, /\bperimeter\b/, /\bcircumference\b/, /\bvolume\b/, /\bhypotenuse\b/, /\bdiagonal\b/],
];

/** "How many boys" for "how many girls", the perimeter for the area, an amount for a percentage. */
function asksOpposite(original: string, rephrased: string): boolean {
  const asked = (text: string): string => findAskedSentence(text)?.sentence.toLowerCase() ?? '';
  const [before, after] = [asked(original), asked(rephrased)];
  const isOther = opposed.some((words) => {
    const [named, ...more] = words.filter((word) => word.test(before));
    return named !== undefined && more.length === 0 && !named.test(after) && words.some((word) => word.test(after));
  });
  return (
    isOther || (percentAsked.test(before) && !share.test(after)) || (percentAsked.test(after) && !share.test(original))
  );
}
/** "How tall is he in feet?" for inches. */
function asksInOther(original: string, rephrased: string): boolean {
  const [unit, other] = [original, rephrased].map((text) => {
    const word = /\bin (\p{L}{3,})\?$/u.exec(findAskedSentence(text)?.sentence.toLowerCase() ?? '')?.[1];
    return word === undefined ? undefined : parseUnit(word);
  });
  if (unit === undefined || other === undefined) return false;
  return unit.dimension === other.dimension && !isSameFactor(unit, other);
}
const percentAsked = /\b(?:what|how many|which|by what) percent(?:age)?\b|\bwhat is the percentage\b/;
const share = /percent|%|fraction|proportion|share|ratio|rate|portion|part\b/i;

/** The noun behind "how many" or "number of", without its plural, and the question from there on; no noun where none is asked for so. */
function askedThing(text: string): { readonly noun: string | undefined; readonly asking: string } {
  const sentence = findAskedSentence(text)?.sentence.toLowerCase() ?? '';
  const found = /\b(?:how many|(?:total |whole )?(?:number|count) of)\s+((?:\p{L}+[\s-]+){0,3}\p{L}+)/u.exec(sentence);
  const [phrase, asking] = [found?.[1], sentence.slice(found?.index ?? 0)];
  const words = phrase?.split(/[\s-]+/) ?? [];
  const end = words.findIndex((word) => passing.test(word));
  // what is counted stands in the plural: "how many more red pens", "how many minutes pass"
  const noun = (end === -1 ? words : words.slice(0, end)).find((word) => plural.test(word));
  return { noun: noun === undefined || vague.test(noun) ? undefined : singular(noun), asking };
}

const plural = /^(?:people|children|men|women|feet|mice|geese|\p{L}{2,}s)$/u;
/** Words that count anything. */
const vague = /^(?:ways|times|different|things|units|items|pieces|results|orders|numbers|possibilities|choices)$/;

/** Words with which the thing that is counted has ended. */
const passing =
  /^(?:are|is|was|were|do|does|did|has|have|had|will|would|can|could|should|that|which|who|in|on|at|of|for|from|to|with|per|a|an|the|each|every|left|more|less|he|she|they|we|you|i|it|there|remain|remains|all|altogether|now|then|one|two|three|must|may|might|these|those|them|his|her|their|its|my|and|or|if|be|come|comes|go|goes)$/;

const wordsOf = (text: string): readonly string[] => (text.toLowerCase().match(/\p{L}+/gu) ?? []).map(singular);

function singular(word: string): string {
  if (/(?:ss|us|is)$/.test(word)) return word;
  return word
    .replace(/(?<=(?:s|x|z|ch|sh))es$/, '')
    .replace(/ies$/, 'y')
    .replace(/s$/, '');
}
