import { max } from '../numbers/math.js';
import { isMathematics } from '../parse/parse-answer.js';
import { monthName, parseMoment } from '../parse/parse-moment.js';
import { every, everyCaseless, patternWith, raw } from '../parse/pattern.js';
import { type Span, standsApart } from './text-around.js';

type Found = Span & { readonly text: string };

const letter = raw`(?<![A-Za-z'’])([b-z]|pi|a(?!\s[a-z]))(?![A-Za-z'’]|-[a-z]{2})`;
const called = raw`(?<![A-Za-z])((log(_\{?\w{1,3}\}?)?|ln|exp|sin|cos|tan|sec|csc|cot|gcd|lcm|max|min|[CP])\([^()\n]{1,40}\)|(ln|log|sin|cos|tan) ?\d{1,9})`;
const group = raw`\((?![^()]*[a-z]{2})[\d\sa-zπ√²³⁴^.+−*·×/-]{1,60}\)`;
const atom = raw`((?<!\d)\d{1,30}([.,]\d{1,30}){0,10}(?!\d)|π|${letter}|(√|∛|sqrt\s?)(\([^()\s]{1,40}\)|\d{1,20})|${called}|${group}|[²³⁴])`;
const term = raw`${atom}(\^?${atom}| pi\b| (?=√|sqrt)${atom}){0,8}`;
const sign = '([<>!]=|[-+−±*·×/^<>≤≥≠])';
const inLines = patternWith('gmu');
const formula = inLines`(?<![\w$\\<>"])([-−±]\s?|((?<!^)>|[<≤≥≠])\s?(?=[-−\d.√π]))?${term}((\s?${sign}\s?| times (?=pi))[-−±]?${term}){0,12}( ?\+ ?C)?(?![\w$])`;
/** `7:30`, `3:2`; "a ratio of 3 to 2"; "12 to 15 apples" and "12-15 apples", which are neither. */
const ratio =
  /(?<![\w:.$-])\d{1,6}((:| : )\d{1,6}){1,4}(\s?[ap]\.?m\b)?(?![\w:])|(?<!\bfrom |[\w.,$-])\d{1,6}( (to|by) |[-–])\d{1,6}\b(?!\s?[-–=]|\d|,\d)|(?<=\b(between|either) )\d{1,9} (and|or) \d{1,9}\b/gi;
const share =
  /(?<=\b(?:probability|chances?|fraction|proportion|share)\b[^.\n]{0,60}\s|^(?=\d{1,6} out of \d{1,6}$))(\d{1,6}) (?:out of|in) (\d{1,6})\b/gi;
const inWords =
  /\b(?:(\d{1,9}) (?:times (?:the )?)?)?(?:(square|cube) root of|(?<=\d |times )root) (\d{1,9})\b|\b(\d{1,9}) (?:to the (?:power (?:of )?(\d{1,4})|(\d{1,4})(?:st|nd|rd|th)(?: power)?)|choose (\d{1,4})|(?:over (?=\d+\b(?! [a-z]))|divided by )(\d{1,9}))\b/gi;
const measure = /\b\d+(\.\d+)? [a-z]{2,7},?( and)? \d+(\.\d+)? [a-z]{2,7}\b/gi;
/** Mixed numbers, dates, times of day, powers in small figures, digits in a base. */
const compound = everyCaseless`(?<![:.\d])\d{1,9}( \d{1,4}/\d{1,4}\b|[½⅓⅔¼¾⅛]| and a half\b|!(?= [a-z])| factorial\b|[⁰¹⁴-⁹]+|_\d{1,2}\b| ?[ap]\.?m\b)|\b${monthName} \d{1,2}(st|nd|rd|th)?\b(,? \d{4}\b)?|\b\d{1,2} ${monthName}( \d{4}\b)?(?![a-z])`;
const item = raw`-?(\d{1,20}([./]\d{1,20})?|∞)`;
const point = every`(?<!\w\w|[a-zCP\d)\]])[([{<⟨]${item}(,\s?${item}){1,5}[)\]}>⟩](?!\w)`;

/**
 * Formulas that stand in prose without any mark, left to right: what has a digit and a root, a power, π, a sign of order or a variable of
 * one letter; ratios and times; points and intervals of numbers. Only in the last 2,000 signs; linear, for every repetition is bounded.
 */
export const listPlainFormulas = (text: string): Found[] => {
  const from = max(0, text.length - 2000);
  const tail = text.slice(from);
  const found: Found[] = [];
  const add = (pattern: RegExp, spell: (match: RegExpExecArray) => string | undefined): void => {
    for (const match of tail.matchAll(pattern)) {
      const start = from + match.index;
      const end = start + match[0].length;
      const spelled = standsApart({ start, end }, found) ? spell(match) : undefined;
      if (spelled) found.push({ text: spelled, start, end });
    }
  };
  if (/ (root|power|to the|out of|in|over|divided|choose)\b/.test(tail)) {
    add(inWords, ([, factor = '', root, radicand, base, power, ordinal, chosen, divisor]) => {
      if (radicand) return `${factor}\\sqrt${root?.toLowerCase() === 'cube' ? '[3]' : ''}{${radicand}}`;
      if (chosen) return `\\binom{${base}}{${chosen}}`;
      return divisor ? `${base}/${divisor}` : `${base}^{${power ?? ordinal}}`;
    });
    add(share, ([, part, whole]) => `${part}/${whole}`);
  }
  add(measure, ([run]) => {
    const plain = run.replace(/,? and /, ' ');
    return parseMoment(plain) && plain;
  });
  add(compound, ([run]) =>
    /^may/.test(run) ? undefined : run.replace(' and a half', ' 1/2').replace(' factorial', '!'),
  );
  if (/[([{<⟨]-?[\d∞][^()[\]{}]*,/.test(tail))
    add(point, ([run]) => run.replace(/^\{(.*)\}$/, '\\{$1\\}').replace(/^[<⟨](.*)[>⟩]$/, '($1)'));
  if (
    /[√∛π^²³⁴±<>!≤≥≠]|pi\b|sqrt|[a-z]\s?[-+−*/]\s?\d|\d(\s?[-+−*]\s?)?[a-z](?![a-z])|[a-z\d]\(|[CP]\(|(log|ln|sin|cos|tan) \d/.test(
      tail,
    )
  )
    add(formula, ([run]) => (isFormula(run) ? run : undefined));
  if (/\d( ?:|[-–]| (to|by|and|or)) ?\d/.test(tail))
    add(ratio, ([run]) => (isCountdown(run) ? undefined : run.replace(/[-–]/, ' to ')));
  return found;
};

/** "10-5" is a difference. */
const isCountdown = (run: string): boolean => {
  const [low, high] = run.split(/[-–]/);
  return high !== undefined && Number(low) >= Number(high);
};

/** More than a number with a unit of one letter ("5m") or a product written with x ("5x3"). */
const isFormula = (run: string): boolean => {
  if (!/\d/.test(run) || !/[√∛^²³⁴πa-zCP]|^[±<>≤≥≠]/.test(run) || /\dx\d/.test(run)) return false;
  return !/^[\d.,\s]+([dghklmsw]|m\^?[²³23])$/.test(run) && (/^[<>≤≥≠]/.test(run) || isMathematics(run));
};
