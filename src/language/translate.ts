import { readFileSync } from 'node:fs';
import { packagePath } from '../package-root.js';

/** Languages of what people read: progress, summaries, reports and cards. Rows, files and errors are the same in all. */
export const languages = ['en', 'ja'] as const;
export type Language = (typeof languages)[number];

/**
 * A line in another language, by the catalogue configs/language/NAME.json: English messages with `{}` for each value, and
 * what they are called there, with `{1}`, `{2}`, … for the values in order. A value is looked up in turn, so that `{} of {}
 * rows{}` needs no entry for each ending. What the catalogue does not hold stays English.
 */
export function translate(line: string, language: Language): string {
  return language === 'en' || line === '' ? line : translateWith(loadCatalogue(language), line, 0);
}

/** The translation of whole messages into one language; the messages themselves for English. */
export const wordsIn =
  (language: Language) =>
  (message: string): string =>
    translate(message, language);

type Pattern = { readonly expression: RegExp; readonly target: string };
type Catalogue = { readonly exact: ReadonlyMap<string, string>; readonly patterns: readonly Pattern[] };

function translateWith(catalogue: Catalogue, line: string, depth: number): string {
  const exact = catalogue.exact.get(line);
  if (exact !== undefined) return exact;
  // Values nest a few deep ("dropped: tie 3" in a note); a line of a model's text must not cost more.
  if (depth > 3 || line.length > 1000) return line;
  for (const { expression, target } of catalogue.patterns) {
    const found = expression.exec(line);
    if (found === null) continue;
    return target.replace(/\{(\d)\}/g, (_, place: string) =>
      translateWith(catalogue, found[Number(place)] ?? '', depth + 1),
    );
  }
  return line;
}

const loaded = new Map<Language, Catalogue>();

function loadCatalogue(language: Language): Catalogue {
  const known = loaded.get(language);
  if (known !== undefined) return known;
  const { messages } = JSON.parse(readFileSync(packagePath('configs', 'language', `${language}.json`), 'utf8'));
  const entries = Object.entries(messages as Record<string, string>);
  const catalogue = {
    exact: new Map(entries.filter(([message]) => !message.includes('{}'))),
    patterns: entries
      .filter(([message]) => message.includes('{}'))
      // The most words first: "{} rows kept of {} asked" before "{} of {}".
      .sort(([left], [right]) => right.length - left.length)
      .map(([message, target]) => ({ expression: toExpression(message), target })),
  };
  loaded.set(language, catalogue);
  return catalogue;
}

function toExpression(message: string): RegExp {
  const pieces = message.split('{}').map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('(.*?)')}$`, 's');
}
