import { max } from '../numbers/math.js';
import { japaneseLetter, spellJapanese } from './spell-japanese.js';

/** The longest bare answer that is parsed; a longer one is compared as text. */
export const MAX_ANSWER_LENGTH = 4000;

/**
 * An answer without what carries no meaning: math delimiters, boxes, markdown, closing full stop, special tokens of chat
 * models, Unicode variants of LaTeX signs. Linear in the length of the text; never throws.
 */
export const normalizeAnswer = (text: string): string => {
  let answer = text.slice(0, MAX_ANSWER_LENGTH * 2);
  if (plain.test(answer)) return answer;
  // Before trimming, which would take a form feed for white space.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what we look for
  if (/[\x00-\x1f]/.test(answer)) answer = repairEatenEscapes(answer);
  answer = answer.trim();
  if (answer.includes('<')) answer = answer.replace(specialToken, ' ');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the test for plain ASCII
  if (/[^\x00-\x7f]/.test(answer)) answer = spellUnicode(answer);
  if (answer.includes('\\\\')) answer = answer.replace(doubledBackslash, '\\');
  if (japaneseLetter.test(answer)) answer = spellJapanese(stripWrappers(answer));
  return stripWrappers(answer);
};

const plain = /^-?\d{1,15}$/;
const specialToken = /<\|[a-z_]{1,30}\|>|<\/?s>|<(eos|bos|pad|end_of_turn|start_of_turn)>|<\/?answer>/gi;

// "\\frac" in text that was escaped twice; a matrix row break is never followed by the rest of a command's name.
const doubledBackslash =
  /(?<!\\)\\\\(?=(boxed|fbox|[dtc]?frac|sqrt|pi|left|right|text|mathrm|mathbf|infty|cdot|times|cup|cap|in|begin|end|leq?|geq?|neq?|circ|pm|quad|[%$])(?![a-z]))/g;

/** A reader that unescaped "\frac" in a plain string left a form feed and "rac"; likewise \t, \b, \n, \r, \v, \a. */
const repairEatenEscapes = (text: string): string =>
  text
    .replace(/\\?\f(?=rac|box|orall)/g, '\\f')
    .replace(/\\?\t(?=imes|ext|frac|heta|an\b|o\b)/g, '\\t')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a backspace is what was left of "\b"
    .replace(/\\?\x08(?=oxed|egin|inom|ar\b|eta)/g, '\\b')
    // Two unknowns, a line each
    .replace(/(?<![a-zA-Z])([a-zA-Z])(\s?=[^=\n]{0,60}[^=\n\\,;&])\n\s?(?=\$?(?!\1)[a-zA-Z]\s?=)/g, '$1$2, ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: all other control characters are noise
    .replace(/[\x00-\x1f]+/g, ' ');

const stripWrappers = (text: string): string => {
  let answer = text;
  // Each turn takes one layer off; real answers have a few.
  for (let turn = 0; turn < 12; turn++) {
    const before = answer;
    answer = answer.replace(edgeNoise, '').trim();
    answer = stripTrailingStops(answer);
    answer = unwrap(answer);
    if (quoted.test(answer)) answer = answer.slice(1, -1);
    if (answer === before) break;
  }
  return answer;
};

/** 'x' or "x": the whole of it in one pair of quotes. */
const quoted = /^('[^']+'|"[^"]+")$/;

const edgeNoise = /^(\*\*|__|`+|~|\\displaystyle|\\textstyle|\\\s|\\[,;:!]|[:,;.](?!\d))+/;

const stripTrailingStops = (text: string): string => {
  let end = text.length;
  while (end > 0) {
    const last = text[end - 1] ?? '';
    const isEscaped = text[end - 2] === '\\';
    if (last === '\\' || ' \n\t*`~_'.includes(last)) end--;
    else if (isEscaped && ',;:! .'.includes(last)) end -= 2;
    else if (',;:'.includes(last)) end--;
    // "a.m." and "0.333..." keep their stops.
    else if (last === '.' && !/(\.\.|[ap]\.\s?m)\.?$/i.test(text.slice(max(0, end - 6), end - 1))) end--;
    else break;
  }
  return text.slice(0, end);
};

const unwrap = (text: string): string => {
  const first = text[0];
  if (first === '$') {
    const width = text[1] === '$' ? 2 : 1;
    const close = text.length - width;
    if (/^\$+$/.test(text)) return '';
    const inner = text.slice(width, close);
    if (close > width && text.endsWith('$'.repeat(width)) && text[close - 1] !== '\\' && !/(?<!\\)\$/.test(inner))
      return inner;
    return text;
  }
  if (first !== '\\') return text;
  if (delimited.test(text)) return text.slice(2, -2);
  const box = /^\\(boxed|fbox|framebox|displaystyle|mathstrut)\s*\{/.exec(text);
  if (box && closingBrace(text, box[0].length - 1) === text.length - 1) return text.slice(box[0].length, -1);
  return text;
};

/** \(…\) or \[…\], closed at the end and nowhere before. */
const delimited = /^\\\(((?!\\\)).)*\\\)$|^\\\[((?!\\\]).)*\\\]$/s;

/** The index of the brace that closes the one at `open`; -1 when there is none. Escaped braces do not count. */
export const closingBrace = (text: string, open: number): number => {
  let depth = 0;
  for (let index = open; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (character === 92) index++;
    else if (character === 123) depth++;
    else if (character === 125 && --depth === 0) return index;
  }
  return -1;
};

const spellUnicode = (text: string): string => {
  let spelled = '';
  let superscript = '';
  for (const character of text) {
    const raised = superscripts.indexOf(character);
    if (raised >= 0) {
      superscript += superscriptText[raised];
      continue;
    }
    if (superscript) spelled += `^{${superscript}}`;
    superscript = '';
    spelled += character < '\x80' ? character : (spellings.get(character) ?? spellOther(character));
  }
  return superscript ? `${spelled}^{${superscript}}` : spelled;
};

/** Full-width letters and digits, ligatures, ideographic punctuation: their compatibility forms. */
const spellOther = (character: string): string => {
  const lowered = subscripts.indexOf(character);
  if (lowered >= 0) return `_{${lowered}}`;
  const compatible = character.normalize('NFKC');
  if (compatible !== character && compatible.length <= 4)
    return compatible.replace(/⁄/g, '/').replace(/(?<=^[ck]?m)(?=[23]$)/, '^');
  return /[\p{Cf}\p{Zs}\p{Zl}\p{Zp}]/u.test(character) ? (/\p{Cf}/u.test(character) ? '' : ' ') : character;
};

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ';
const superscriptText = '0123456789+-n';
const subscripts = '₀₁₂₃₄₅₆₇₈₉';
/** Signs in front of the command that each of them means. */
const commands =
  '×✕times ⋅·∙•cdot √sqrt πpi ∞infty ±pm ∓mp ≤⩽≦le ≥⩾≧ge ≒≈approx ∴therefore ≠ne ≡equiv ∪cup ∩cap ∈in ∉notin ∅emptyset ∖setminus ⊂subset ⊆subseteq …ldots ⋯cdots ‰permille ⌊lfloor ⌋rfloor ⌈lceil ⌉rceil ⟨langle ⟩rangle αalpha βbeta γgamma δdelta θtheta λlambda μmu ωomega φphi σsigma τtau ρrho εepsilon ΔDelta ΩOmega ΣSigma';
/** What one sign stands for, then the signs. */
const signs: readonly (readonly [string, string])[] = [
  ['-', '−–—‐‑'],
  ['/', '÷⁄∕'],
  ['\\sqrt[3]', '∛'],
  ['^\\circ ', '°∘º'],
  ['〜', '～'],
  ["'", '′’‘'],
  ['"', '“”'],
  ['|', '∣'],
  ['\\|', '‖'],
  [', ', '、'],
  ['.', '。'],
];
const spellings = new Map<string, string>([
  ...commands.split(' ').flatMap((entry) => {
    const [, written = '', name = ''] = /^([^A-Za-z]+|[Α-ω]+)(.+)$/u.exec(entry) ?? [];
    return [...written].map((sign): [string, string] => [sign, `\\${name} `]);
  }),
  ...signs.flatMap(([meaning, written]) => [...written].map((sign): [string, string] => [sign, meaning])),
  ...[...'ℝℤℕℚℂ'].map((sign): [string, string] => [sign, `\\mathbb{${sign.normalize('NFKC')}}`]),
  ...[...'½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞'].map((sign): [string, string] => [
    sign,
    sign.normalize('NFKC').replace(/(\d)⁄(\d)/, '\\frac{$1}{$2}'),
  ]),
]);
