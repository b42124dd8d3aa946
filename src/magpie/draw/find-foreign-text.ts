/** Letters by script; Greek is notation everywhere, and kana and Han write one language. */
const scripts = {
  latin: /\p{Script=Latin}/gu,
  cjk: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]/gu,
  hangul: /\p{Script=Hangul}/gu,
  cyrillic: /\p{Script=Cyrillic}/gu,
  arabic: /\p{Script=Arabic}/gu,
  hebrew: /\p{Script=Hebrew}/gu,
  thai: /\p{Script=Thai}/gu,
  indic:
    /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Gujarati}\p{Script=Kannada}\p{Script=Malayalam}]/gu,
  other:
    /[\p{Script=Georgian}\p{Script=Armenian}\p{Script=Ethiopic}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Sinhala}\p{Script=Tibetan}\p{Script=Mongolian}]/gu,
} as const;

/** Two letters of another script can be a name or a sign; more of them are a text that fell apart. */
const mostForeign = 2;
/** A name has its own place; a word of Chinese that grows out of an English one is where a text falls apart. */
const grown = /\p{Script=Latin}{2}\p{Script=Han}|\p{Script=Han}\p{Script=Latin}{2}/u;
/** So many words make a text a Latin one: more than the names and units in a text of another script. */
const leastWords = 4;
const latinWords = /\p{Script=Latin}{3,}/gu;

/**
 * Whether a text jumps between scripts, as models do that are drawn from at a temperature above what they bear. A text of any script may hold
 * Latin letters (names, units, variables), a Latin one none of another but a name's or a sign's.
 */
export function hasMixedScripts(text: string): boolean {
  const counts = Object.entries(scripts).map(([name, letters]) => [name, text.match(letters)?.length ?? 0] as const);
  const foreign = counts.filter(([name, count]) => name !== 'latin' && count > 0);
  const [main, second] = foreign.map(([, count]) => count).sort((left, right) => right - left);
  if (main === undefined) return false;
  if ((second ?? 0) > mostForeign) return true;
  return (main > mostForeign || grown.test(text)) && (text.match(latinWords)?.length ?? 0) >= leastWords;
}

/** Lines that are a program and no mathematics. */
const codeLines =
  /```|^\s*(?:#include\s*<|import \w+(?:\.\w+)*\s*$|from \w+ import |def \w+\(.*\):\s*$|public (?:static |class )|class \w+[:{(]|using namespace |function \w+\(.*\)\s*\{|console\.log\(|System\.out\.|printf\(|SELECT .+ FROM |<\/?(?:div|html|script|table)\b)/m;

/** Calls, and names as only programs have them, where no formula stands: `a_n` and `\text{net_pay}` are mathematics. */
const calls = /\b[a-z]\w+\.[a-z]\w*\(|\b(?:hasattr|isinstance|len|print|type)\(\w/;
const snakeCase = /(?<![\\\w{])[a-z]{2,}_[a-z]{2,}\b/;
const formulas = /\$[^$]*\$|\\\([\s\S]*?\\\)|\\\[[\s\S]*?\\\]|\\\w+\{[^{}]*\}|\[asy\][\s\S]*?(?:\[\/asy\]|$)/g;

/** Names with an operator beside them are a formula in words, and with an @ an address. */
const operands = /(?<=[=*/+^<>@-]\s?)[a-z]{1,20}_\w{1,20}|\b[a-z]{1,20}_\w{1,20}(?=\s?[=*/+^<>@-])/gi;

/** Whether a text holds a program: asked of a general model, an open user turn is often one. */
export function holdsCode(text: string): boolean {
  if (codeLines.test(text)) return true;
  const words = text.replace(formulas, ' ').replace(operands, ' ');
  return calls.test(words) || snakeCase.test(words);
}
