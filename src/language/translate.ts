import { readFileSync } from 'node:fs';
import { agreeInNumber } from '../agree-in-number.js';
import { packagePath } from '../package-root.js';

/** Languages of what people read: progress, summaries, reports and cards. Rows, files and errors are the same in all. */
export const languages = ['en', 'ja'] as const;
export type Language = (typeof languages)[number];

/**
 * A line in another language, by the catalogue configs/language/NAME.json and its parts for errors, help and notebooks: English messages with `{}` for each value, `{#}` for a number, and
 * what they are called there, with `{1}`, `{2}`, … for the values in order. A value is looked up in turn (one that is a name, `{!1}`, is not), so that `{} of {}
 * rows{}` needs no entry for each ending. What the catalogue does not hold stays English. In English one thing is told as one: messages are written for many.
 */
export function translate(line: string, language: Language, place: Place = 'everywhere'): string {
  return language === 'en' ? agreeInNumber(line) : translateWith(loadCatalogue(language, place), line, 0);
}

/** Words on their own, such as `count` over a column, are told in a notebook alone: elsewhere they are names of flags and fields. */
export type Place = 'everywhere' | 'notebook';

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
    return target.replace(/\{(!?)(\d)\}/g, (_, isName: string, at: string) => {
      const value = found[Number(at)] ?? '';
      return isName === '' ? translateWith(catalogue, value, depth + 1) : value;
    });
  }
  return line;
}

/** Notes and cards, errors, help; and what notebooks show, which goes first there. */
const parts = { everywhere: ['', '-errors', '-help'], notebook: ['', '-errors', '-help', '-notebooks'] } as const;

const readMessages = (language: Language, part: string): Record<string, string> =>
  JSON.parse(readFileSync(packagePath('configs', 'language', `${language}${part}.json`), 'utf8')).messages;

const loaded = new Map<string, Catalogue>();

function loadCatalogue(language: Language, place: Place): Catalogue {
  const key = `${language} ${place}`;
  const known = loaded.get(key);
  if (known !== undefined) return known;
  const entries = Object.entries(Object.assign({}, ...parts[place].map((part) => readMessages(language, part)))) as [
    string,
    string,
  ][];
  const catalogue = {
    exact: new Map(entries.filter(([message]) => !gap.test(message))),
    patterns: entries
      .filter(([message]) => gap.test(message))
      // The most words first: "{} rows kept of {} asked" before "{} of {}".
      .sort(([left], [right]) => right.length - left.length)
      .map(([message, target]) => ({ expression: toExpression(message), target })),
  };
  loaded.set(key, catalogue);
  return catalogue;
}

const gap = /\{#?\}/;

function toExpression(message: string): RegExp {
  const pieces = message.split(/(\{#?\})/).map((piece) => {
    if (gap.test(piece)) return piece === '{}' ? '(.*?)' : '([\\d,.]+)';
    return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${pieces.join('')}$`, 's');
}
