import { kindOf } from './answer-kind.js';
import type { Rewritten } from './keep-value.js';

/** A text that says something else than a gold; undefined where the change would be none. */
export type ValueChanger = { readonly name: string; readonly change: (gold: string) => Rewritten | undefined };

const say = (name: string, before: string, after: string): ValueChanger => ({
  name,
  change: (gold) => ({ response: `${before}${gold}${after}` }),
});
/** A change of numbers and formulas alone; `fixed` are the values that it leaves as they are. */
const scalar = (name: string, write: (gold: string) => string, fixed: readonly number[] = []): ValueChanger => ({
  name,
  change: (gold) => {
    const { isScalar, value } = kindOf(gold);
    return isScalar && (value === undefined || !fixed.includes(value)) ? { answer: write(gold) } : undefined;
  },
});
/** Words behind a number. */
const words = (name: string, behind: string, fixed: readonly number[] = []): ValueChanger => ({
  name,
  change: (gold) =>
    /^-?\d+(?:\.\d+)?$/.test(gold) && !fixed.includes(Number(gold)) ? { answer: `${gold} ${behind}` } : undefined,
});
const digit = (name: string, pick: (places: readonly number[]) => number | undefined): ValueChanger => ({
  name,
  change: (gold) => {
    // A digit of a power of 0 or 1, or behind a decimal that is cut, may change nothing.
    if (/(?<![\d.])[01]\s?\^|\^\s?\{?[01](?!\d)|mod|\\text|\\mbox|\\ldots|_|\\phantom|hspace/.test(gold))
      return undefined;
    const at = pick([...gold.matchAll(/\d/g)].map(({ index }) => index));
    return at === undefined
      ? undefined
      : { answer: gold.slice(0, at) + ((Number(gold[at]) % 9) + 1) + gold.slice(at + 1) };
  },
});
const swap = (name: string, pattern: RegExp, by: string): ValueChanger => ({
  name,
  change: (gold) => {
    const written = gold.replace(pattern, by);
    return written === gold ? undefined : { answer: written };
  },
});

/** Slips, denials, bounds and changed values, each of which must be told from the gold. */
export const valueChangers: readonly ValueChanger[] = [
  say('denied', 'So the answer is not $', '$.'),
  say('denied in a sentence', 'It cannot be $', '$.'),
  say('denied by a box', 'The result is not $\\boxed{', '}$.'),
  say('less than', 'The answer is less than $', '$.'),
  say('more than', 'The answer is more than $', '$.'),
  say('at least', 'The answer is at least $', '$.'),
  say('at most', 'We find that there are at most $', '$.'),
  say('neither', 'The answer is neither $', '$ nor $987$.'),
  say('called wrong', 'The value $', '$ is wrong.'),
  say('one of two', 'The answer is $', '$ or $98765$.'),
  say('corrected', 'First I thought that it was $', '$, but the answer is $98765$.'),
  say('corrected box', '\\boxed{', '} was a slip. It is \\boxed{98765}.'),
  say('in the thoughts', '<think>It may be $', '$.</think>\nThe answer is 98765.'),
  say('in the work', 'We use $', '$ here.\n\n#### 98765'),
  say('ではない', '答えは$', '$ではありません。'),
  say('以上', '答えは$', '$以上です。'),
  say('未満', '答えは$', '$未満です。'),
  say('asked', 'Could it be $', '$?'),
  say('the last of three', 'The answer is $98765$, $4321$ or $', '$.'),
  say('one of a list', 'Answer: $', '$, $98765$'),
  say('not found', 'I cannot tell whether it is $', '$ or something else.'),
  scalar('plus one', (gold) => `(${gold}) + 1`),
  scalar('minus one', (gold) => `(${gold}) - 1`),
  scalar('a little more', (gold) => `(${gold}) + \\frac{1}{10^{20}}`),
  scalar('doubled', (gold) => `2 \\cdot (${gold})`, [0]),
  scalar('halved', (gold) => `\\frac{${gold}}{2}`, [0]),
  scalar('negated', (gold) => `-(${gold})`, [0]),
  scalar('squared', (gold) => `(${gold})^2`, [0, 1]),
  scalar('times i', (gold) => `i (${gold})`, [0]),
  scalar('times another letter', (gold) => `q (${gold})`, [0]),
  scalar('a bound', (gold) => `x \\le ${gold}`),
  scalar('unequal', (gold) => `x \\ne ${gold}`),
  scalar('both signs', (gold) => `\\pm (${gold})`, [0]),
  scalar('a pair', (gold) => `(${gold}, 98765)`),
  scalar('one more item', (gold) => `${gold}, 98765`),
  scalar('tenfold', (gold) => `10 \\cdot (${gold})`, [0]),
  digit('the first digit', (places) => places[0]),
  digit('the last digit', (places) => places[places.length - 1]),
  digit('a digit in the middle', (places) => places[places.length >> 1]),
  words('dozen', 'dozen', [0]),
  words('squared in words', 'squared', [0, 1]),
  words('halves', 'halves', [0]),
  words('tens', 'tens', [0]),
  words('million', 'million', [0]),
  words('at most in words', 'at most'),
  words('or more', 'or more'),
  words('too many', 'too many'),
  words('is wrong', 'is wrong'),
  words('a range', 'to 98765', [0]),
  words('fewer', 'fewer'),
  words('below zero', 'below zero', [0]),
  words('times x', 'times x', [0]),
  swap('plus for minus', /(?<=[\w})]\s?)-(?=\s?[\w\\])(?!.*\\text)/, '+'),
  swap('closed for open', /^\((?=\s?-?\d.*,.*\]$)|^\((?=\s?-?\d[^,]*,\s?\\infty\)$)/, '['),
  swap('the other inequality', /(?<=[a-z] ?)<(?!.*<)/, '>'),
  swap('strict for weak', /\\leq?(?![a-z])(?!.*\\le)/, '<'),
  swap('one item less', /^(-?\d+),\s(?=.*,\s)/, ''),
];
