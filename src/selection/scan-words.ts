import { characterClass, characterTable } from './character-classes.js';
import { addToWord, endWord, hashWord, wordStart } from './hash-word.js';
import { findMeaning, meaningTable } from './meaning-words.js';

/** What a word is. All but `plain` tell two problems apart that agree in everything else. */
export const wordKind = { plain: 0, number: 1, relation: 2, letter: 3, symbol: 4 } as const;

/** The words of a text in flat arrays that are used again for the next text; entries at `count` and after are stale. */
export type WordList = {
  count: number;
  /** 32 bits of each word: folded, number words as digits, words of one meaning alike. */
  hashes: Uint32Array;
  kinds: Uint8Array;
  /** Where each stands in the text, in UTF-16 units. */
  starts: Uint32Array;
  ends: Uint32Array;
};

export function createWordList(): WordList {
  return emptyList(1024);
}

const letterClass: number = characterClass.letter;
const digitClass: number = characterClass.digit;
const gapClass: number = characterClass.gap;

/** Commands of LaTeX that only set type. */
const silentCommands = new Set(
  ['left', 'right', 'text', 'textbf', 'mathrm', 'mathbf', 'displaystyle', 'quad', 'qquad', 'big', 'bigl', 'bigr'].map(
    hashWord,
  ),
);
const fractionCommands = new Set(['dfrac', 'tfrac', 'cfrac'].map(hashWord));
const fraction = hashWord('frac');

/**
 * Reads the words of a text into `into`: letters in lower case, numbers as values (1,200 and 1200 are one word, so are 2.50 and
 * 2.5), each operator and each single letter by itself. Punctuation, `$` and braces are left out. Linear in the text;
 * 70 MB/s and more.
 */
export function scanWords(text: string, into: WordList = createWordList()): WordList {
  const { classes, folded } = characterTable();
  const meanings = meaningTable();
  const length = text.length;
  into.count = 0;
  let index = 0;
  while (index < length) {
    const code = text.charCodeAt(index);
    const kind = classes[code] as number;
    const start = index;
    if (kind === gapClass) {
      index += 1;
      if (code !== backslash) continue;
      // `\(` delimits a formula as `$` does, `\!` is a space.
      if (/[()[\]!:&]/.test(text[index] ?? '')) {
        index += 1;
        continue;
      }
      while (index < length && classes[text.charCodeAt(index)] === letterClass) index += 1;
      if (index > start + 1) addCommand(into, text, start, index);
    } else if (kind === letterClass) {
      let hash: number = wordStart;
      for (; index < length; index++) {
        const next = text.charCodeAt(index);
        if (classes[next] === letterClass) hash = addToWord(hash, folded[next] as number);
        else if (folded[next] !== apostrophe || classes[text.charCodeAt(index + 1)] !== letterClass) break;
      }
      const word = endWord(hash);
      const slot = findMeaning(word, meanings);
      if (slot >= 0) push(into, meanings.meanings[slot] as number, meanings.kinds[slot] as number, start, index);
      else
        push(
          into,
          word,
          index === start + 1 && isUnknown(folded[code] as number) ? wordKind.letter : wordKind.plain,
          start,
          index,
        );
    } else if (kind === digitClass) {
      index = addNumber(into, text, start);
    } else {
      index += 1;
      if (kind !== characterClass.symbol) push(into, endWord(addToWord(wordStart, code)), wordKind.plain, start, index);
      else if (!isHyphen(text, start))
        push(into, endWord(addToWord(wordStart, folded[code] as number)), wordKind.symbol, start, index);
    }
  }
  return into;
}

const backslash = 92;
const apostrophe = 39;

/** `a` and `I` are words far more often than unknowns. */
function isUnknown(code: number): boolean {
  return code !== 97 && code !== 105;
}

/** `10-minute`, `left-over`: no minus. */
function isHyphen(text: string, index: number): boolean {
  const { classes, folded } = characterTable();
  const at = (place: number): number => classes[text.charCodeAt(place)] ?? gapClass;
  if (folded[text.charCodeAt(index)] !== 45 || at(index - 1) === gapClass) return false;
  return at(index + 1) === letterClass && at(index + 2) === letterClass;
}

function addCommand(into: WordList, text: string, start: number, end: number): void {
  const name = hashWord(text.slice(start + 1, end));
  if (silentCommands.has(name)) return;
  push(into, fractionCommands.has(name) ? fraction : name, wordKind.symbol, start, end);
}

/** Digits with thousands and a decimal part; returns where the number ends. */
function addNumber(into: WordList, text: string, start: number): number {
  const { classes, folded } = characterTable();
  const isDigit = (place: number): boolean => classes[text.charCodeAt(place)] === digitClass;
  let hash: number = wordStart;
  let index = start;
  while (isDigit(index) || (isThousands(text, index, start) && isDigit(index + 1))) {
    const code = text.charCodeAt(index);
    if (code !== comma) hash = addToWord(hash, folded[code] as number);
    index += 1;
  }
  if (text.charCodeAt(index) === point && isDigit(index + 1)) {
    let end = index + 1;
    while (isDigit(end)) end += 1;
    let last = end;
    while (text.charCodeAt(last - 1) === 48) last -= 1;
    for (let place = index; place < last && last > index + 1; place++)
      hash = addToWord(hash, folded[text.charCodeAt(place)] as number);
    index = end;
  }
  push(into, endWord(hash), wordKind.number, start, index);
  return index;
}

const comma = 44;
const point = 46;

/** A comma with three digits behind it and no fourth, after at most three digits or another such comma. */
function isThousands(text: string, index: number, start: number): boolean {
  if (text.charCodeAt(index) !== comma || index - start > 16) return false;
  return /^\d{1,3}(?:,\d{3})*$/.test(text.slice(start, index)) && /^,\d{3}(?!\d)/.test(text.slice(index, index + 5));
}

function push(into: WordList, hash: number, kind: number, start: number, end: number): void {
  if (into.count === into.hashes.length) reserveWords(into, into.count + 1);
  into.hashes[into.count] = hash;
  into.kinds[into.count] = kind;
  into.starts[into.count] = start;
  into.ends[into.count] = end;
  into.count += 1;
}

function emptyList(size: number): WordList {
  const numbers = () => new Uint32Array(size);
  return { count: 0, hashes: numbers(), kinds: new Uint8Array(size), starts: numbers(), ends: numbers() };
}

/** Makes room for so many words; what is there stays. */
export function reserveWords(list: WordList, count: number): void {
  const { hashes, kinds, starts, ends } = list;
  if (count <= hashes.length) return;
  const larger = emptyList(2 ** Math.ceil(Math.log2(count)));
  larger.hashes.set(hashes);
  larger.kinds.set(kinds);
  larger.starts.set(starts);
  larger.ends.set(ends);
  Object.assign(list, { ...larger, count: list.count });
}
