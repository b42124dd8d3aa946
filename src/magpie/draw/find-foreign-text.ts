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

/** Two letters of another script can be a name or a sign; so many are a text that fell apart. */
const mostForeign = 2;
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
  return main > mostForeign && (text.match(latinWords)?.length ?? 0) >= leastWords;
}

/** Lines that are a program and no mathematics. */
const codeLines =
  /```|^\s*(?:#include\s*<|import \w+(?:\.\w+)*\s*$|from \w+ import |def \w+\(.*\):\s*$|public (?:static |class )|class \w+[:{(]|using namespace |function \w+\(.*\)\s*\{|console\.log\(|System\.out\.|printf\(|SELECT .+ FROM |<\/?(?:div|html|script|table)\b)/m;

/** Whether a text holds a program: asked of a general model, an open user turn is often one. */
export const holdsCode = (text: string): boolean => codeLines.test(text);
