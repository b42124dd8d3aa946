/**
 * How many quantities a text in English gives: numbers and number words, without what looks like a number and is a name (years, versions, `COVID-19`,
 * `24/7`, `iPhone 14`, `3D`). "Half as many" and "each" count: they say how much.
 */
export function countQuantities(text: string): number {
  const numbers = [...text.matchAll(number)].filter((match) => !isName(text, match));
  const years = [...text.matchAll(number)].filter((match) => isYear(text, match));
  // One year is a date, of two there is a difference
  return numbers.length + (years.length > 1 ? years.length : 0) + (text.match(words)?.length ?? 0);
}

/** Whether one of a text's quantities says how much: "all", "no", "both" and the like alone are said of anything. */
export function tellsQuantity(text: string): boolean {
  return [...text.matchAll(number)].some((match) => !isName(text, match) || isYear(text, match)) || telling.test(text);
}

const telling =
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|dozen|half|twice|doubles?|doubled|triples?|tripled|quadruples?|thrice|thirds?|quarters?|weekdays?|weekends?)\b/i;

const number = /\d+(?:[.,:/]\d+)*/g;
const words =
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|dozen|half|twice|doubles?|doubled|triples?|tripled|quadruples?|thrice|third|thirds|quarter|quarters|couple|pair|each|every|per|one|once|both|same|equal(?:ly)?|no|none|all|rest|an? (?:pound|bag|box|day|week|month|year|hour|minute|mile|glass|cup|piece|gallon|total)|entire (?:day|week|month|year)|weekdays?|weekends?|first|second|fourth|fifth|sixth)\b/gi;

/** A year in prose, a version or a model behind its name, a hyphened name, a sign such as `24/7`, `3D`, `H2O`. */
function isName(text: string, match: RegExpMatchArray): boolean {
  const { 0: digits, index } = match;
  const at = index ?? 0;
  const before = text.slice(Math.max(0, at - 24), at);
  const after = text.slice(at + digits.length, at + digits.length + 12);
  if (digits === '24/7') return true;
  if (isYear(text, match)) return true;
  if (/[\p{L}][-–]$/u.test(before) || /\p{L}$/u.test(before)) return true;
  if (
    /^(?:D\b|G\b|\.0\b)/.test(after) ||
    /^(?:rd)?[-–](?:party|dimensional|star|bit|core)\b|^[-–]year[-–]old\b/i.test(after)
  )
    return true;
  return version.test(before);
}

function isYear(text: string, { 0: digits, index }: RegExpMatchArray): boolean {
  const at = index ?? 0;
  const before = text.slice(Math.max(0, at - 24), at);
  const after = text.slice(at + digits.length, at + digits.length + 8);
  return (
    /^(?:19|20)\d\d$/.test(digits) &&
    /(?:\b(?:in|since|from|of|by|until|year|before|after|during|for|the)\s|[-–/]|^)$/i.test(before) &&
    !/^\s*(?:[%+*/^=]|\w+s\b)/.test(after)
  );
}

const version =
  /\b(?:version|v|iPhone|Galaxy|Windows|Python|Android|iOS|Java|HTML|CSS|ES|PHP|Web|chapter|step|level|grade|figure|page|No\.?|Section|Covid|(?<!\b(?:can|could|to|will|would|did|they|we|you|i)\s)type|model|class)\s*$/i;
