import { smallNumbers } from './number-words.js';
import { every, raw } from './pattern.js';
import { squeeze } from './squeeze.js';

/**
 * Writings that mean the same as a plainer one, spelled plainly before anything is read: French intervals, `0.(3)`, `1.5 x 10^3`, numerals
 * with their base in words, systems under one brace. Each pattern is linear and bounded.
 */
export const spellForms = (text: string): string => {
  let answer = text.replace(/^(negative|minus) (?=[\d\\.]|infinity)/, '-').replace(/^plus or minus /i, '\\pm ');
  // A constant of integration is as well a c.
  if (answer.endsWith('c') && /[xtu]/.test(answer) && !/[ab]/.test(answer.replace(/\\[a-z]+/g, '')))
    answer = answer.replace(/\+\s?c$/, '+C');
  if (answer.includes('x') || answer.includes('X'))
    answer = answer.replace(/(\d)\s{0,2}[xX]\s{0,2}10(?=\s{0,2}(?:\^|\*\*)\s{0,2}[{(]?-?\d)/g, '$1\\times 10');
  if (answer.includes(']') || answer.includes('[')) answer = spellIntervals(answer);
  if (answer.includes('(')) answer = answer.replace(/^([-+]?\d*\.\d{0,30})\((\d{1,30})\)$/, '$1\\overline{$2}');
  if (answer.startsWith('<')) answer = answer.replace(/^<([^<>=]{1,200},[^<>=]{1,200})>$/, '\\langle $1\\rangle');
  if (answer.includes('\\circ'))
    answer = answer.replace(
      /(\^\s?\{?\\circ\s?\}?)\s?(?:\\(?:text|mathrm|mbox)\s?\{\s?)?([CF])\b\s?\}?/g,
      (_, mark: string, scale: string) => `${mark}\\text{${scale === 'C' ? 'Celsius' : 'Fahrenheit'}}`,
    );
  if (/\\in\b|integer/.test(answer)) answer = spellIndex(answer);
  if (/pi\b|sqrt|\^/.test(answer)) answer = spellUnits(answer);
  if (/\d [a-z]/.test(answer))
    answer = answer
      .replace(/(?<=\d )per cent$/, 'percent')
      .replace(/(?<=\d )sq\. ?(?=[a-z])/, 'square ')
      .replace(/(?<=\d) (divided by|over) (?=\d)/, '/')
      .replace(/(?<=\d) and (?:a half|(\d\/\d))$/, (_, part = '1/2') => ` ${part}`);
  if (answer.includes('root ')) answer = spellRoots(answer);
  if (answer.includes('\\begin')) answer = spellSystems(answer);
  if (/base|^0[bxo]/i.test(answer)) answer = spellBase(answer);
  return answer;
};

/** `kπ (k ∈ Z)` and `kπ for integer k` are `kπ, k ∈ Z`. */
const spellIndex = (text: string): string =>
  text
    .replace(/\s*(?:\\q?quad\s*){0,2}\(\s*([a-z]\s?\\in\s?\\mathbb\s?\{?[ZN]\}?)\s*\)\s*$/, ', $1')
    .replace(
      /,?\s*(?:\\text\s?\{)?\s*(?:where|for|with)\s(?:(?:[a-z]{1,5} )?integers?\s?)?\}?\s?\$?([a-z])\$?(\s?(?:\\text\s?\{)?\sis an integer)?\s?\}?$/,
      (whole, name: string) => (whole.includes('integer') ? `, ${name} \\in \\mathbb{Z}` : whole),
    );

/** `16\pi cm^3`: a unit of two letters at least behind a constant or a root, which would else be letters. */
const spellUnits = (text: string): string =>
  text.replace(
    /((?:\\pi|\bpi|\}|\d)\s{0,3})\b(cm|mm|km|ft|kg|mi|yd)(?=\s?(?:\^\s?\{?[23]\}?)?\.?$)/,
    (whole, before: string, unit: string) => (/\d\s?$/.test(before) ? whole : `${before}\\text{ ${unit}}`),
  );

/** `]2, 5[` is (2, 5), `[2, 5[` is [2, 5), `]2, 5]` is (2, 5]. */
const spellIntervals = (text: string): string => {
  const bare = text.replace(/\\(left|right|bigl?|bigr?|Bigl?|Bigr?)(?=\s?[[\]])/g, '');
  if (!/^\s*\]|\[\s*$|[\]\s]\[|\\cup\s*\]|\[\s*\\cup|\\in\s*\]/.test(bare)) return text;
  return bare.replace(
    interval,
    (_, open: string, inside: string, close: string) =>
      `${open === ']' ? '(' : '['}${inside.replace(';', ',')}${close === '[' ? ')' : ']'}`,
  );
};

/** Up to 60 signs with a few groups in braces. */
const end = raw`[^[\](){}]{0,60}(?:\{[^{}]{0,30}\}[^[\](){}]{0,30}){0,3}`;
const interval = every`([[\]])(${end}[,;]${end})([[\]])`;

/** `2 root 5`, `the cube root of 5`, `2 times the square root of 3`. */
const spellRoots = (text: string): string =>
  text.replace(
    /^(?:the )?(?:(\d+) (?:times (?:the )?)?)?(?:(square|cube) )?root (?:of )?(\d+)$/,
    (_, factor = '', kind, radicand) => `${factor}\\sqrt${kind === 'cube' ? '[3]' : ''}{${radicand}}`,
  );

/** A brace before rows is the cases environment. */
const spellSystems = (text: string): string =>
  text
    .replace(systemBegin, '\\begin{cases}')
    .replace(systemEnd, '\\end{cases}')
    .replace(/\\(begin|end)\{[dr]cases\*?\}/g, '\\$1{cases}');

const rows = raw`\{(array|aligned|align\*?|matrix|gathered)\}`;
const systemBegin = every`\\(left\s?)?\\?\{\s?\\begin${rows}(\{[lcr| ]{0,8}\})?`;
const systemEnd = every`\\end${rows}\s?\\right\s?\.`;

/** `1101 (base 2)`, `1101 base two`, `0b1101` and `0x2E` with the base as a subscript. */
const spellBase = (text: string): string => {
  const prefixed = /^0([bxo])([0-9a-f]{1,200})$/i.exec(text);
  if (prefixed?.[1]) {
    const base = { b: 2, o: 8, x: 16 }[prefixed[1].toLowerCase()] ?? 10;
    return `${prefixed[2]?.toUpperCase()}_{${base}}`;
  }
  const plain = squeeze(text.replace(/\\text\s?\{([^{}]{0,40})\}/g, ' $1 '));
  const match = /^([0-9A-Z]{1,200}),? ?(?:in ?)?\(?(?:in )?base[ -]?(\d{1,2}|[a-z]{3,9})\)?$/i.exec(plain);
  if (!match?.[1] || !match[2] || !/\d/.test(match[1])) return text;
  const base = /^\d/.test(match[2]) ? Number(match[2]) : smallNumbers.indexOf(match[2].toLowerCase());
  return base >= 2 && base <= 36 ? `${match[1].toUpperCase()}_{${base}}` : text;
};
