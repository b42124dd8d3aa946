import { describe, expect, it } from 'vitest';
import { compareGraders, type GraderRow } from '../answers/grade/compare-graders.js';
import { renderDisagreements, showDisagreements } from './disagreement-table.js';

const names = { a: 'mathpie', b: 'strict' };
const compare = (...rows: GraderRow[]) => compareGraders(rows, {}, { preset: 'strict' });
const cells = (html: string): string[] => [...html.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map((match) => match[1] ?? '');

describe('renderDisagreements(comparison)', () => {
  it('draws the gold and both answers and gives both reasons', async () => {
    const html = await renderDisagreements(compare({ id: 'r1', gold: '0.5', answer: '\\frac{1}{2}' }), { names });
    expect(html.match(/<math /g)).toHaveLength(3);
    expect(html).toContain('<mfrac>');
    expect(cells(html)).toEqual([
      'r1',
      expect.stringContaining('<mn>0.5</mn>'),
      expect.stringContaining('<mfrac>'),
      '✓ as given; equal as exact numbers',
      expect.stringContaining('<mfrac>'),
      '✗ different as text, character by character',
    ]);
    expect(html).toContain('mathpie and strict judge 0.0% of 1 answer alike');
  });

  it.each([
    ['a tag', '12 <script>alert(1)</script>', /<script/],
    ['a handler', '<img src=x onerror=alert(1)>', /<img/],
    ['a tag in a formula', '$<script>alert(1)</script>$', /<script/],
    ['a link in a formula', '\\href{javascript:alert(1)}{12}', /href=/],
    ['a tag behind a box', '\\boxed{12}</td><b>', /<b>/],
  ])('escapes %s', async (_, hostile, pattern) => {
    const view = { extracted: hostile, equivalent: true, rule: hostile, reason: hostile };
    const disagreements = [{ id: hostile, gold: hostile, a: view, b: { ...view, equivalent: false } }];
    const html = await renderDisagreements(
      { ...compare(), count: 1, disagreements },
      { names: { a: hostile, b: 'b' } },
    );
    expect(html.replaceAll(/<style>.*?<\/style>/g, '')).not.toMatch(pattern);
  });

  it('shows the answer of a gold that is a solution, and nothing where a response has none', async () => {
    const hidden = { extracted: undefined, equivalent: false, rule: 'none/no-answer', reason: 'no answer found' };
    const shown = { extracted: '5 apples', equivalent: true, rule: 'x', reason: 'y' };
    const disagreements = [{ id: 7, gold: 'Two and three.\n#### 5', a: hidden, b: shown }];
    const html = await renderDisagreements({ ...compare(), count: 1, disagreements });
    expect(cells(html).slice(0, 5)).toEqual([
      '7',
      expect.stringContaining('<mn>5</mn>'),
      '–',
      '✗ no answer found',
      '5 apples',
    ]);
  });

  it('shows the first rows and counts the others', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => ({ id: `r${index}`, gold: '0.5', answer: '1/2' }));
    const html = await renderDisagreements(compare(...rows), { names, limit: 2 });
    expect(html.match(/<tr>/g)).toHaveLength(3);
    expect(html).toContain('… and 28 more rows');
  });

  it('keeps two graders of one name apart', async () => {
    const comparison = compareGraders([{ gold: '40%', answer: '0.4' }], {}, { policy: { percent: 'number' } });
    const html = await renderDisagreements(comparison, { names: { a: 'mathpie', b: 'mathpie' } });
    expect(html).toContain('mathpie (a): verdict');
    expect(cells(html)).toHaveLength(6);
  });

  it('says that there are none', async () => {
    expect(await renderDisagreements(compare({ gold: '1', answer: '1' }))).toContain('No rows');
  });
});

describe('showDisagreements(comparison)', () => {
  it('shows HTML with a text form that keeps the answers as they were written', async () => {
    const shown: { readonly [mime: string]: unknown }[] = [];
    const screen = { isNotebook: true, show: ({ data }: { data: (typeof shown)[number] }) => shown.push(data) };
    await showDisagreements(compare({ id: 'r1', gold: '0.5', answer: '1/2' }), { names }, screen);
    expect(Object.keys(shown[0] ?? {})).toEqual(['text/html', 'text/plain']);
    expect(shown[0]?.['text/plain']).toMatch(/r1 +0\.5 +1\/2 +✓ as given; equal as exact numbers/);
  });
});
