import { type Language, translate } from './translate.js';

let spoken: Language = 'en';

/**
 * From here on what this process shows in a notebook is in this language: tables, charts, progress, claims, reports and cards. What models write, and
 * what they are asked, stays as it is. Give it in the first cell.
 *
 * @example useLanguage('ja');
 */
export function useLanguage(language: Language): void {
  spoken = language;
}

export const spokenLanguage = (): Language => spoken;

/** A message of ours as a notebook shows it. */
export const say = (message: string): string => translate(message, spoken, 'notebook');
