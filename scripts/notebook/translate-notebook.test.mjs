import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../prepare/paths.mjs';
import { listNotebooks } from './list-notebooks.mjs';
import { hashOf, makeTranslation, translate, translationOf, translationsOf } from './translate-notebook.mjs';

const cell = (id, type, source) => ({ id, cell_type: type, source, metadata: {}, outputs: ['x'], execution_count: 3 });
const notebook = {
  cells: [cell('a', 'markdown', ['# A\n', 'b']), cell('c', 'code', "useLanguage('en');")],
  nbformat: 4,
};
const words = {
  cells: { a: { of: hashOf('# A\nb'), text: ['# あ', 'い'] } },
  code: [["useLanguage('en')", "useLanguage('ja')"]],
};

describe('translate(notebook, words)', () => {
  it('puts other words between the same cells of code, none of them executed', () => {
    expect(translate(notebook, words).cells).toEqual([
      { ...notebook.cells[0], source: ['# あ\n', 'い'] },
      { ...notebook.cells[1], source: ["useLanguage('ja');"], outputs: [], execution_count: null },
    ]);
  });

  it.each([
    ['a cell that nobody translated', { ...words, cells: {} }, /cell "a": it has no translation/],
    [
      'a cell that has changed',
      { ...words, cells: { a: { of: '0', text: ['x'] } } },
      /was changed since it was translated/,
    ],
    ['words that are in no cell', { ...words, code: [['nowhere', 'x']] }, /"nowhere"\] stands in no cell/],
  ])('refuses %s', (_, other, message) => {
    expect(() => translate(notebook, other)).toThrow(message);
  });
});

describe('the committed notebooks', () => {
  const translated = listNotebooks().filter((name) => translationOf(name) !== undefined);

  it('both demos are there in Japanese', () => {
    expect(translated).toEqual(['demo_colab.ja.ipynb', 'demo_production.ja.ipynb']);
    expect(translationsOf('demo_colab.ipynb')).toEqual(['demo_colab.ja.ipynb']);
    expect(translationsOf('magpie.ipynb')).toEqual([]);
  });

  it.each(translated)('%s is what its original and the catalogue say', (name) => {
    const sources = ({ cells }) => cells.map(({ id, cell_type: type, source }) => [id, type, [source].flat().join('')]);
    const committed = JSON.parse(readFileSync(inRoot('notebooks', name), 'utf8'));
    expect(sources(committed)).toEqual(sources(makeTranslation(name)));
  });
});
