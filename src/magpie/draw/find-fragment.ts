import { splitSentences } from '../../language/last-sentence.js';

/**
 * Whether a text is a piece of another one. A model that is drawn from at a high temperature may begin inside a sentence or a word ("trips in the countryside. The survey finds …", "erson named Jack …"), behind a mark of some file
 * (".Project Name", "_user"), or break off behind its last sentence ("… all the supplies.acks").
 */
export function isFragment(text: string): boolean {
  if (opensWithMark.test(text) || endsInWord.test(text)) return true;
  if (!/^\p{Ll}{2}/u.test(text) || heading.test(text) || opensWithFormula.test(text)) return false;
  if (opensSentence.test(text)) return false;
  // Who writes without capitals does so to the end
  const [, ...later] = splitSentences(text).map(([start, end]) => text.slice(start, end).trim());
  return later.some((sentence) => /^\p{Lu}\p{Ll}*\s+\p{Ll}/u.test(sentence));
}

/** "cos(2x) = 1/2", "tan A = 3/4", "ab = 12" */
const opensWithFormula =
  /^(?:a?(?:sin|cos|tan|cot)h?|log|ln|exp|lim|gcd|lcm|max|min|det|mod|[a-z]{1,3}(?= ?[=<>≤≥+*/^(]))(?![a-z])/;
/** A first sentence of five words at least, or with a number, that begins as one does: "let ABC be …", "in a class of 30 …". */
const opensSentence =
  /^(?:(?:an?|the|there(?: (?:is|are)|'?s)|these|this|if|let|given|find|what(?:'?s)?|how|which of|suppose|assume|consider|imagine|solve|calculate|compute|evaluate|determine|simplify|prove|show|express|write|convert|please|we|you|my|each|every|one|two|three|four|five|six|seven|eight|nine|ten|some|all)\b|(?:in|at|on|for|when|while|after|during) (?:an?|one|each|every|two|three|what)\b)(?:(?=[^.?!]*[\d$\\=])|(?:[^.?!\s]*\s+){4})/;
/** "problem statement:" */
const heading = /^[^.?!\n]{0,60}:/;

/** No problem begins with these; ".5 of" and "_Note_" do. */
const opensWithMark = /^(?:[,;:)\]}>~]|\.(?!\d)|_(?![^_\n]{1,60}_)|["'`]+\s*>)[\s\S]*\p{L}{2}/u;
/** A sentence's end and letters right behind it; "example.com" is a name. */
const endsInWord = /\p{L}{3}[.?!](?!(?:com|org|net|edu|gov|io|uk|de|jp|fr|ca|au|txt|csv|pdf|png|jpg)$)\p{Ll}{2,12}$/u;
