/** Notebooks in other languages, made from the English ones: the same code, with what it says and what stands between the cells told anew. */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from '../prepare/paths.mjs';

const catalogue = (language) => inRoot('configs', 'language', `notebooks-${language}.json`);

/** `demo_production.ja.ipynb` is `demo_production.ipynb` in `ja`; undefined for a notebook that is an original. */
export function translationOf(name) {
  const [, stem, language] = /^(.+)\.([a-z]{2})\.ipynb$/.exec(name) ?? [];
  return stem === undefined ? undefined : { original: `${stem}.ipynb`, stem, language };
}

/** The translations that there are of a notebook, by file name. */
export function translationsOf(name) {
  const stem = name.replace(/\.ipynb$/, '');
  return ['ja']
    .filter((language) => existsSync(catalogue(language)) && stem in readCatalogue(language).notebooks)
    .map((language) => `${stem}.${language}.ipynb`);
}

/** What a cell was translated from: another text is another hash, and then its translation is no longer one. */
export const hashOf = (text) => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** The cells of a translated notebook, none of them executed. Throws for a cell that nobody translated, or that has changed since. */
export function translate(notebook, { cells, code }) {
  const left = new Map(code.map(([from]) => [from, 0]));
  const translated = notebook.cells.map((cell) => {
    const text = [cell.source].flat().join('');
    if (cell.cell_type === 'code')
      return { ...cell, source: lines(replaceAll(text, { code, left })), outputs: [], execution_count: null };
    const { of, text: own } = cells[cell.id] ?? {};
    if (of !== hashOf(text)) {
      const state = own === undefined ? 'has no translation' : 'was changed since it was translated';
      throw new Error(`Cannot translate cell "${cell.id}": it ${state}; its hash is now ${hashOf(text)}`);
    }
    return { ...cell, source: lines(own.join('\n')) };
  });
  const unused = [...left].filter(([, count]) => count === 0).map(([from]) => from);
  if (unused.length > 0) throw new Error(`Cannot translate code: ${JSON.stringify(unused)} stands in no cell`);
  return { ...notebook, cells: translated };
}

function replaceAll(text, { code, left }) {
  return code.reduce((result, [from, to]) => {
    if (!result.includes(from)) return result;
    left.set(from, left.get(from) + 1);
    return result.replaceAll(from, to);
  }, text);
}

const lines = (text) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

export const readCatalogue = (language) => JSON.parse(readFileSync(catalogue(language), 'utf8'));

/** The translated notebook of this file name, as its original and the catalogue have it now. */
export function makeTranslation(name) {
  const { original, stem, language } = translationOf(name);
  const notebook = JSON.parse(readFileSync(inRoot('notebooks', original), 'utf8'));
  return translate(notebook, readCatalogue(language).notebooks[stem]);
}

/** Writes it, not executed yet. */
export function writeTranslation(name) {
  writeFileSync(inRoot('notebooks', name), `${JSON.stringify(makeTranslation(name), null, 1)}\n`);
}
