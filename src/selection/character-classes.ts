/** What a UTF-16 unit is to the reader of words. */
export const characterClass = {
  /** Space, punctuation, `$`, braces: ends a word and is none. */
  gap: 0,
  letter: 1,
  digit: 2,
  /** Stands for itself: operators, relations, round and square brackets. */
  symbol: 3,
  /** A word by itself: Chinese characters and kana are written without spaces. */
  ideograph: 4,
} as const;

export type CharacterTable = {
  readonly classes: Uint8Array;
  /** Lower case, one sign for each operator, ASCII for the full-width forms. */
  readonly folded: Uint16Array;
};

let table: CharacterTable | undefined;

/** Class and folded form of each UTF-16 unit, made once in some milliseconds. */
export function characterTable(): CharacterTable {
  table ??= makeTable();
  return table;
}

const symbols = '+-*/=<>^%!|&()[]:±≤≥≠≈→∞°√∑∫∪∩∈⊂';
const sameSign: Readonly<Record<string, string>> = {
  '−': '-',
  '–': '-',
  '×': '*',
  '·': '*',
  '⋅': '*',
  '÷': '/',
  '⁄': '/',
  '’': "'",
};

function makeTable(): CharacterTable {
  const classes = new Uint8Array(65536);
  const folded = new Uint16Array(65536);
  for (let code = 0; code < 65536; code++) {
    // Full-width forms stand 0xfee0 above their ASCII twins.
    const narrow = String.fromCharCode(code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code);
    const lower = (sameSign[narrow] ?? narrow).toLowerCase();
    const character = lower.length === 1 ? lower : narrow;
    folded[code] = character.charCodeAt(0);
    classes[code] = classOf(character);
  }
  return { classes, folded };
}

function classOf(character: string): number {
  if (symbols.includes(character)) return characterClass.symbol;
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character)) return characterClass.ideograph;
  if (/[0-9]/.test(character)) return characterClass.digit;
  // Superscripts and the halves of a pair (mathematical letters, emoji) count as letters: they tell texts apart.
  return /[\p{L}\p{M}\p{N}\p{Cs}]/u.test(character) ? characterClass.letter : characterClass.gap;
}
