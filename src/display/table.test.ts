import { describe, expect, it } from 'vitest';
import type { DataFrame } from '../analysis/to-data-frame.js';
import { frameRows, renderTable, showTable, tableText } from './table.js';

const cells = (html: string): string[] => [...html.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map((match) => match[1] ?? '');

describe('renderTable(rows)', () => {
  it.each([
    ['a whole number', 1234567, '1,234,567'],
    ['a decimal number', 0.123456, '0.1235'],
    ['text', 'a & b', 'a &amp; b'],
    ['a tag', '<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['money', '$5', '<span>$</span>5'],
    ['a truth', true, 'yes'],
    ['nothing', undefined, '–'],
    ['an interval', [0.25, 0.5], '0.25, 0.5'],
    ['a flat object', { a: 1, b: 'c' }, 'a: 1, b: c'],
    ['a nested object', { a: [] }, '{&quot;a&quot;:[]}'],
  ])('shows %s', async (_, value, expected) => {
    expect(cells(await renderTable([{ column: value }]))).toEqual([expected]);
  });

  it.each([
    [0.734, '73.4%'],
    [[0.25, 0.5], '25.0% to 50.0%'],
    [12, '12'],
    [null, '–'],
  ])('shows %j as a share in a column of shares', async (value, expected) => {
    expect(cells(await renderTable([{ interval: value }]))).toEqual([expected]);
    expect(cells(await renderTable([{ other: value }], { percent: ['other'] }))).toEqual([expected]);
  });

  it.each([
    ['accuracy_mean', {}],
    ['correct_mean', { percent: ['correct_mean'] }],
    ['correct_mean', { percent: ['correct'] }],
  ])('shows %s of a grouped frame as a share with %j', async (column, options) => {
    expect(cells(await renderTable([{ [column]: 0.5 }], options))).toEqual(['50.0%']);
  });

  it.each([
    ['one line, however long', 'left'],
    ['a: 1 + 2 = 3.\nThe answer is 3.', 'left;min-width:16ch'],
    [`${'x'.repeat(90)}\ny`, 'left;min-width:30ch'],
  ])('gives a cell of several lines the room of the longest: %j', async (text, style) => {
    expect(await renderTable([{ text }])).toContain(`<td style="text-align:${style}">`);
  });

  it('puts the names of rows in front where a frame has some', () => {
    const frame = (index: (string | number)[]) =>
      ({ columns: ['n'], values: [[3], [7]], index }) as unknown as DataFrame;
    expect(frameRows(frame(['count', 'mean']))).toEqual([
      { '': 'count', n: 3 },
      { '': 'mean', n: 7 },
    ]);
    expect(frameRows(frame([0, 5]))).toEqual([{ n: 3 }, { n: 7 }]);
  });

  it('escapes the names of columns and the caption', async () => {
    const html = await renderTable([{ '<b>': 1 }], { caption: '<i>' });
    expect(html).toContain('>&lt;b&gt;</th>');
    expect(html).toContain('<caption>&lt;i&gt;</caption>');
  });

  it('shows the first rows and counts the others', async () => {
    const rows = Array.from({ length: 1234 }, (_, index) => ({ index }));
    const html = await renderTable(rows, { limit: 3 });
    expect(cells(html)).toEqual(['0', '1', '2']);
    expect(html).toContain('<p>… and 1,231 more rows</p>');
  });

  it('draws formulas in the columns named for it alone', async () => {
    const html = await renderTable([{ a: '$x$', b: '$x$' }], { math: ['a'] });
    expect(html.match(/<math /g)).toHaveLength(1);
  });

  it('puts numbers right, also with gaps, and a column of gaps left like text', async () => {
    const html = await renderTable([
      { number: 1, gaps: null },
      { number: null, gaps: undefined },
    ]);
    const left = [...html.matchAll(/<(t[hd]) style="text-align:left">(.*?)</g)].map((match) => match[2]);
    expect(left).toEqual(['gaps', '–', '–']);
  });

  it('says that there are no rows', async () => {
    expect(await renderTable([], { columns: ['a'] })).toContain('<p>No rows</p>');
  });

  it('cuts a cell of 100,000 characters', async () => {
    expect(cells(await renderTable([{ a: 'x'.repeat(100_000) }]))[0]).toHaveLength(600);
  });
});

describe('tableText(rows)', () => {
  it('stands in columns', () => {
    expect(tableText([{ level: 1, accuracy: 0.5 }], { caption: 'Levels' })).toBe(
      'Levels\nlevel  accuracy\n1      50.0%',
    );
  });
});

describe('showTable(rows)', () => {
  it('shows HTML with a text form', async () => {
    const shown: unknown[] = [];
    await showTable([{ a: 1 }], {}, { isNotebook: true, show: ({ data }) => shown.push(Object.keys(data)) });
    expect(shown).toEqual([['text/html', 'text/plain']]);
  });
});
