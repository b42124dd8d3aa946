import { InputError } from '../../errors.js';

export type FilterToken = {
  readonly kind: 'word' | 'number' | 'text' | 'sign';
  /** Of a quoted text what stands between the quotes. */
  readonly text: string;
  /** Position of its first character. */
  readonly at: number;
};

/** Longer conditions are no conditions that a person wrote. */
const longest = 4000;

/** Splits a condition into words, numbers, quoted texts and signs. Throws `InputError` for any other character. */
export function tokenizeFilter(text: string): readonly FilterToken[] {
  if (text.length > longest) {
    throw new InputError(`Cannot read a condition of ${text.length} characters: give one of at most ${longest}`);
  }
  const tokens: FilterToken[] = [];
  token.lastIndex = 0;
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) {
      throw new InputError(
        `Cannot read the condition ${JSON.stringify(text.slice(0, 100))}: character ${at + 1} (${JSON.stringify(text.slice(at, at + 10))}) belongs to nothing; put texts into quotes`,
      );
    }
    const { space, number, word, double, single, sign } = match.groups ?? {};
    if (space !== undefined) continue;
    const quoted = double ?? single;
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replace(/\\(["'\\])/g, '$1'), at });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, at });
    else tokens.push({ kind: 'sign', text: sign ?? '', at });
  }
  return tokens;
}

const token =
  /(?<space>\s+)|(?<number>[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])|"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>(?:[^'\\]|\\.)*)'|(?<word>[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*)|(?<sign>[<>]=?|[!=]=|[()[\],])/uy;
