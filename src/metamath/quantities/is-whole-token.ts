import { isJoinedInJapanese, touchesJapanese } from './is-joined-in-japanese.js';
import type { Regions } from './mark-regions.js';

/**
 * Whether a number stands as a token of its own, so that an unknown in its place still reads. It may touch its sign, its
 * currency, its percent sign, its unit (`10-minute`, `$15/hour`, `30^\circ`, `5\text{ cm}`) and punctuation; it may not be
 * a piece of a word, a product, a power, a ratio, a date or a time (`5th`, `3x`, `2^{5}`, `3:2`, `3/4/2018`, `10:30`).
 */
export function isWholeToken(question: string, [start, end]: readonly [number, number], regions: Regions): boolean {
  const before = question.slice(Math.max(0, start - reach), start);
  const after = question.slice(end, end + reach);
  if (!regions.isMath(start)) {
    if (touchesJapanese(before, after)) return !isJoinedInJapanese(question.slice(start, end), before, after);
    const isBoundLeft = boundLeft.test(before.slice(-4)) && !/\d-by-$/.test(before); // "5-by-7"
    const isSecondGroup =
      /^\d{3}$/.test(question.slice(start, end)) && /(?:^|[^\d.,])\d{1,3} $/.test(before) && !/^ ?[-/%]/.test(after); // "2 132"
    return !isBoundLeft && !isSecondGroup && isFreeInText(after);
  }
  if (regions.isNested(start)) return false;
  // "[-500,500]" is an interval, not half a million
  const isPair = /^\d{1,3},\d{3}$/.test(question.slice(start, end)) && /[([{]\s*-?$/.test(before);
  if (isPair || isBoundOfSign(question.slice(start, end), before, after)) return false;
  return isFreeAfterMath(before) && isFreeBeforeMath(after);
}

/** The 0 of "x > 0" says that x is positive; no amount is given. */
function isBoundOfSign(original: string, before: string, after: string): boolean {
  if (original !== '0') return false;
  return (
    /(?:[<>≤≥≠]|\\(?:leq?|geq?|neq?|leqslant|geqslant|lt|gt))\s*$/.test(before) ||
    /^\s*(?:[<>≤≥]|\\(?:leq?|geq?|leqslant|geqslant|lt|gt)(?![a-z]))/.test(after)
  );
}

/** A command with its argument is rarely longer than this. */
const reach = 48;

const glue = '\\p{L}\\p{N}\\p{M}_';
/** A joint is harmless after a space (the minus of "-5"), but not after a letter or a digit ("COVID-19", "10:30"). */
const boundLeft = new RegExp(
  `(?:[${glue}#^@&]|[${glue})}][-\u2212\u2010-\u2015/:.,'\u2019]|[${glue}][([]|[^\\\\]\\{|^\\{)$`,
  'u',
);
const boundRight = new RegExp(
  `^(?:[${glue}^@#&{}(\\[\\\\*]|[-\u2212\u2010-\u2015/:,'\u2019][${glue}({\\\\]|\\+(?![${glue}$])|\\.(?:[\\p{N}\\p{Ll}]|\\.\\.)|![^\\s"'\u2019\u201D).]| [0-9]{3}(?![0-9,.])(?! ?[-/%])|\\$?[^ ]?\\^)`,
  'u',
);
/** "10-minute", "3-year-old", "2-by-3"; not "3-D", "10-fold", "2-for-1". */
const unitAfterHyphen =
  /^[-\u2010\u2011](?:by-\d|(?!(?:pointers?|wheelers?|ways?|folds?|something|on|for|to|by|up|off|plus|ish|and|or|nd|st|th|rd)\b)\p{Ll}{2,}|(?:m|g|h|s)\b)/u;
/** "$15/hour", "60 km/h" has its slash further on; not "3/x". */
const unitAfterSlash = /^\/(?:\p{Ll}{3,}|hr|lb|kg|wk|yr|mo|ea|oz|mi|km|gal|h|min)\b/u;
/** LaTeX that may follow a number in plain text. */
const latexAfterText =
  /^\\(?:[%$,;:!)\]} ]|\\|(?:text|mathrm|mbox|cdots?|times|div|pm|leq?|geq?|neq?|equiv|quad|degree|right)(?![a-z]))/;

function isFreeInText(after: string): boolean {
  if (unitAfterHyphen.test(after) || unitAfterSlash.test(after)) return true;
  return latexAfterText.test(after) || /^\^(?:\\circ|\{\\circ\})/.test(after) || !boundRight.test(after);
}

/** Commands between two numbers or terms: what stands beside them is a term of its own. */
const operators =
  /^(?:cdots?|ldots|dots|times|div|pm|mp|leq?|leqslant|geq?|geqslant|neq?|lt|gt|equiv|approx|sim|cong|to|rightarrow|longrightarrow|Rightarrow|implies|iff|mid|in|notin|cup|cap|setminus|land|lor|and|or|quad|qquad|left|colon|displaystyle|mapsto|because|therefore|%|\$|&)$/;

const spacing = /(?:\s|~|\\[,;:! ]|\\(?:q?quad|left|right|displaystyle|[bB]igg?[lr]?)(?![A-Za-z]))+$/;

function isFreeAfterMath(before: string): boolean {
  const text = before.replace(spacing, '');
  if (text === '' || /(?:^|[^\\])\$$/.test(text) || /\\[([]$/.test(text)) return true;
  const command = /\\([A-Za-z]+)$/.exec(text);
  if (command) return operators.test(command[1] ?? '');
  if (text.endsWith('}'))
    return /\\(?:text|mbox|textrm|textbf|textit|mathrm|begin|end)\s*\{[^{}]*\}$|\\begin\{array\}\{[^{}]*\}$|\\\}$/.test(
      text,
    );
  if (/[-+\u2212]$/.test(text)) {
    const signed = text.slice(0, -1).replace(spacing, '');
    return !/[\^_/:]$/.test(signed);
  }
  return /[=<>+*&,;(|[{≤≥≠×·÷"'\u201C\u2018.$\\]$/.test(text) && !/[^\\]\{$|^\{$/.test(text);
}

function isFreeBeforeMath(after: string): boolean {
  if (/^\s*\^\s*(?:\\circ|\{\s*\\circ\s*\})/.test(after)) return true;
  if (/^\s*\/\s*\\text/.test(after)) return true;
  const text = after.replace(/^(?:\s|~|\\[,;:! ]|\\q?quad(?![a-z]))+/, '');
  if (text === '') return true;
  const command = /^\\([A-Za-z]+)/.exec(text)?.[1];
  if (command !== undefined) return followers.test(command);
  if (text.startsWith('\\')) return true; // \%, \$, \}, \), a new line
  if (/^(?:cm|mm|km|kg|mph|ft|in\.|inches|feet|meters?|units?)(?![A-Za-z])/.test(text)) return true;
  if (/^,\d{3}(?!\d)/.test(text) || /^\.(?:\d|\\[a-z]|\.)/.test(text)) return false;
  return /^[-+=<>*&,;.?)|\]}%°"$≤≥≠×·÷\u2212\u2013\u2019\u201D]/.test(text);
}

const followers =
  /^(?:text|textrm|mbox|mathrm|textbf|textit|cdot|times|div|pm|mp|leq?|leqslant|geq?|geqslant|neq?|lt|gt|equiv|approx|sim|cong|to|rightarrow|longrightarrow|Rightarrow|implies|iff|mid|in|cup|cap|setminus|land|lor|and|or|pmod|bmod|mod|q?quad|colon|degree|right|rfloor|rceil|rangle|rvert|end|hline|newline|[bB]igg?r?)$/;
