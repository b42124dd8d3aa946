/**
 * Whether a rephrasing loses, brings, or changes what stands between numbers: a factor ("twice as many", "3 times the price"), what a rate is taken for
 * ("$5 a day", and not an hour), a span of time without a number ("for a week"), dozens, the radius that is no diameter. Numbers and parts are
 * compared elsewhere, so that twice as many here are not half as many there, although that may be the same told from its other end.
 */
export function changesRelation(original: string, rephrased: string): boolean {
  const [before, after] = [original.toLowerCase(), rephrased.toLowerCase()];
  return (
    losesRelation(before, after) || losesRelation(after, before) || ratesDiffer(before, after) || isOther(before, after)
  );
}

function losesRelation(from: string, to: string): boolean {
  return (
    factorsOf(from).some((value) => !tellsFactor(to, value)) ||
    spansOf(from).some((word) => !tellsSpan(to, word)) ||
    losesDozen(from, to) ||
    losesRate(from, to)
  );
}

function losesDozen(from: string, to: string): boolean {
  const dozen = /\bhalf[- ](?:a[- ])?dozen\b/.test(from) ? 6 : 12;
  const isTold = numbersOf(to).some((value) => value > 0 && value % dozen === 0);
  return /\bdozens?\b/.test(from) && !/\bdozens?\b|\btwelve\b|\bsix\b/.test(to) && !isTold;
}

const words: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  twice: 2,
  double: 2,
  doubled: 2,
  doubles: 2,
  thrice: 3,
  triple: 3,
  tripled: 3,
  triples: 3,
  quadruple: 4,
  quadrupled: 4,
  quadruples: 4,
};
const numeral = '\\d+(?:\\.\\d+)?|two|three|four|five|six|seven|eight|nine|ten|twelve';
const compared =
  'as|the|that|what|this|those|his|her|their|its|more|less|larger|bigger|older|longer|greater|higher|taller|faster|heavier|smaller|fewer|wider';
const factor = new RegExp(
  `(?<![$€£])\\b(?:(${numeral}) times (?:${compared})|(twice|thrice|double|triple|quadruple)s? (?:${compared})|(doubled|tripled|quadrupled))\\b`,
  'g',
);
const readNumber = (word: string): number => words[word] ?? Number(word.replaceAll(',', ''));

function factorsOf(text: string): readonly number[] {
  return [...text.matchAll(factor)].map(([, number, word, past]) => readNumber(number ?? word ?? past ?? ''));
}

/** By a factor in any wording, its percentage, or so many for each. */
function tellsFactor(text: string, value: number): boolean {
  const said = [...text.matchAll(spoken)].some(
    ([, number, word, product]) => readNumber(number ?? word ?? product ?? '') === value,
  );
  const percent = new RegExp(`\\b(?:${100 * value}|${100 * (value - 1)}) ?(?:%|percent)`);
  return said || percent.test(text) || /\bfor (?:every|each)\b|\d ?(?::|to) ?1\b/.test(text);
}
const spoken = new RegExp(
  `\\b(?:(${numeral})(?: times\\b|[- ]?fold\\b)|(twice|thrice|doubled?|doubles|tripled?|triples|quadrupled?|quadruples)\\b)|(?<=[×*] ?)(\\d+(?:\\.\\d+)?)`,
  'g',
);

const span =
  /\b(?:for|in|over|during|within|after|of) (?:an?|one|(?:the|a|an) (?:whole|entire|full|single)) (week|month|year|decade)\b/g;
const spansOf = (text: string): readonly string[] => [...text.matchAll(span)].map(([, word = '']) => word);

/** The span by its word ("weekly", "weeks"), or by what it is long. */
function tellsSpan(text: string, word: string): boolean {
  return text.includes(word) || lengths[word]?.test(text) === true;
}
const lengths: Readonly<Record<string, RegExp>> = {
  week: /\b(?:7|seven|5|five)[- ](?:\w+ )?days?\b/,
  month:
    /\b(?:28|29|30|31|thirty|4|four)\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b/,
  year: /\b(?:12|twelve|52|365|360|annual\w*|months|weeks)\b/,
  decade: /\b(?:10|ten)\b/,
};

const rate = new RegExp(
  `(?<![\\d.,])(\\d[\\d,]*(?:\\.\\d+)?|${numeral})(?:[- ]\\p{L}+){0,3}?(?: (?:for )?(?:an?|per|each|every)|/) ?(second|minute|hour|day|week|month|year)\\b`,
  'gu',
);

/** Whether a number is told by the hour on one side and by the day on the other. */
function ratesDiffer(before: string, after: string): boolean {
  const [first, second] = [ratesOf(before), ratesOf(after)];
  return [...first].some(([value, units]) => {
    const others = second.get(value);
    return others !== undefined && [...units].every((unit) => !others.has(unit));
  });
}

/** Whether a number by the hour is a number of nothing more. */
function losesRate(from: string, to: string): boolean {
  return [...ratesOf(from)].some(([value, units]) => {
    const isThere = numbersOf(to).includes(value) && !ratesOf(to).has(value);
    const isTold = [...units].some((unit) => new RegExp(`\\b(?:an?|one|in|the) ${unit}\\b|${unit}ly`).test(to));
    return isThere && !isTold && !anyRate.test(to);
  });
}
const anyRate = /\b(?:each|every|per|daily|annual\w*|rates?|mph|kmh|both days|all days)\b|\/|\b\w+days?\b(?<!\bdays?)/;

function ratesOf(text: string): ReadonlyMap<number, ReadonlySet<string>> {
  const rates = new Map<number, Set<string>>();
  for (const [, number = '', unit = ''] of text.matchAll(rate)) {
    const value = readNumber(number);
    rates.set(value, (rates.get(value) ?? new Set()).add(unit));
  }
  return rates;
}

const numbersOf = (text: string): readonly number[] => (text.match(/\d[\d,]*/g) ?? []).map(readNumber);

/** What a number measures, where it can be only one of the two. */
function isOther(before: string, after: string): boolean {
  const [radius, diameter] = [/\bradi(?:us|i)\b/, /\bdiameters?\b/];
  const holds = (text: string, one: RegExp, other: RegExp): boolean => one.test(text) && !other.test(text);
  return (
    (holds(before, radius, diameter) && holds(after, diameter, radius)) ||
    (holds(before, diameter, radius) && holds(after, radius, diameter))
  );
}
