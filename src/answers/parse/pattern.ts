/** A part of patterns, written as in a regular expression between slashes: raw`\d+`, with other parts in ${}. */
export const { raw } = String;

type Tag = (text: TemplateStringsArray, ...parts: readonly string[]) => RegExp;

/** Patterns put together of parts: patternWith('gu')`\b${word}s?`. */
export const patternWith =
  (flags: string): Tag =>
  (text, ...parts) =>
    new RegExp(raw(text, ...parts), flags);

export const pattern = patternWith('');
/** In capitals or not. */
export const caseless = patternWith('i');
/** To be found each time that it stands in a text. */
export const every = patternWith('g');
export const everyCaseless = patternWith('gi');
