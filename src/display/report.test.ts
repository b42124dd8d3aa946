import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { failureTable } from '../analysis/failure-table.js';
import { yieldTable } from '../analysis/yield-table.js';
import { summarize } from '../evaluation/summarize.js';
import { evaluatedRows } from './__fixtures__/evaluated-rows.js';
import { productionSections } from './report/production-sections.js';
import { writeReport } from './report.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-report-'));
const path = join(folder, 'report.html');
afterAll(() => rmSync(folder, { recursive: true }));

const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(1)>" onload="x';
const rows = evaluatedRows.map((row) => ({
  ...row,
  question: `What is 2 + 2? ${hostile}`,
  response: `2 + 2 = ${row.answer}.\nThe answer is \\boxed{${row.answer}}. ${hostile}`,
  subject: `${row.subject}${hostile}`,
}));
const production = {
  seedCount: 12,
  yields: yieldTable([
    { technique: 'fobar', status: 'kept' },
    { technique: 'fobar', status: 'wrong' },
  ]),
  magpieCount: 30,
  pairCount: 7,
  grown: (['kept', 'wrong', 'failed'] as const).map((status) => ({
    ...{
      technique: 'fobar',
      status,
      query: `What is x? ${hostile}`,
      response: `x is ${status}`,
      rule: 'boxed/exact-number',
    },
    ...{ gold: '4', extracted: status === 'kept' ? '4' : '5' },
  })),
  pairs: (['wrong', 'lower'] as const).map((because) => ({
    ...{ instruction: 'How many?', preferred_response: `good ${hostile}`, rejected_response: `bad: ${because}` },
    ...{ preferred_answer: '4', rejected_answer: null, rejected_because: because },
  })),
  evaluation: { summary: summarize(rows, { grader: 'mathpie' }), rows },
  failures: failureTable([{ stage: 'solve', status: 'failed', reason: hostile }]),
  tokens: [{ stage: 'solve', done: 9, leftOut: 1, promptTokens: 1200, completionTokens: 3400, seconds: 2.5 }],
  files: [
    { path: 'data/summary file.json', holds: 'the numbers' },
    { path: 'javascript:alert(1)', holds: 'nothing' },
  ],
};
const write = async () => {
  const written = await writeReport({ path, title: 'Demo', lead: hostile, sections: productionSections(production) });
  return { written, page: readFileSync(path, 'utf8') };
};
/** The page without the source of plotly.js. */
const ownPart = (page: string): string => page.replace(/<script>\s*\/\*\*\s*\* plotly\.js[\s\S]*?<\/script>/, '');

describe('writeReport({ path, title, sections })', () => {
  it('shows of each technique a row that was kept and one that was wrong, and pairs, with their checks', async () => {
    const text = ownPart((await write()).page)
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ');
    for (const shown of [
      'New rows and their checks ✓ kept',
      'x is kept ✗ wrong',
      'Preference pairs ✓ chosen answer',
      '✗ rejected answer no answer found another answer than the chosen one',
      'the same answer, scored lower',
    ])
      expect(text).toContain(shown);
    expect(text).not.toContain('x is failed');
  });

  it('writes one file with plotly.js in it once, and says how large it is', async () => {
    const { written, page } = await write();
    expect(written.bytes).toBe(Buffer.byteLength(page));
    expect(written.plotlyBytes).toBeGreaterThan(1e6);
    expect(page.match(/\* plotly\.js .*v\d/g)).toHaveLength(1);
  });

  it('speaks Japanese where it is asked to, and leaves rows as they are', async () => {
    const sections = productionSections(production);
    await writeReport({ path, title: 'Demo', sections, language: 'ja' });
    const page = ownPart(readFileSync(path, 'utf8'));
    for (const text of [
      '<html lang="ja">',
      '増えたもの',
      '正答率',
      '依頼 2 件中',
      'レベル別の正答率',
      'mathpie で作成。',
    ])
      expect(page).toContain(text);
    expect(page).not.toMatch(/What grew|Accuracy by|answers are right|Yield: kept of asked/);
    expect(page).toContain('the numbers');
  });

  it('asks for nothing from outside', async () => {
    const page = ownPart((await write()).page);
    expect(page.length).toBeLessThan(500_000);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<(?:link|iframe|script src)|@import|url\(/);
    const addresses = [...page.matchAll(/https?:\/\/[^"'\s<)]+/g)].map(([address]) => address);
    expect(new Set(addresses)).toEqual(new Set(['http://www.w3.org/2000/svg', 'http://www.w3.org/1998/Math/MathML']));
  });

  it('escapes what a model or a file wrote', async () => {
    const page = ownPart((await write()).page);
    expect(page).not.toMatch(/<img|alert\(1\)<\/script>|href="javascript|<[^<>]*" onload="x/);
    expect(page.match(/<script/g)).toHaveLength(1 + (page.match(/<figure/g)?.length ?? 0));
  });

  it('holds a still picture and the data of each figure', async () => {
    const page = ownPart((await write()).page);
    const figures = [...page.matchAll(/<script type="application\/json">(.*?)<\/script>/g)].map((match) => match[1]);
    expect(figures.length).toBeGreaterThanOrEqual(4);
    for (const figure of figures) expect(JSON.parse(figure ?? '')).toMatchObject({ data: expect.any(Array) });
    expect(page.match(/<div class="still" tabindex="0"><svg/g)).toHaveLength(figures.length);
  });

  it('tells what grew, the accuracy with its interval and grader, examples, failures, tokens and files', async () => {
    const page = ownPart((await write()).page);
    for (const text of ['problems to start from', 'preference pairs', '95% interval', 'grader &quot;mathpie&quot;'])
      expect(page).toContain(text);
    expect(page.match(/<article class="example right"/g)).toHaveLength(6);
    expect(page.match(/<article class="example wrong"/g)).toHaveLength(6);
    expect(page).toContain('<a href="data/summary%20file.json">');
    expect(page).toContain('3,400');
  });

  it('leaves out the chapters of which there is nothing', () => {
    const titles = productionSections({ seedCount: 0, yields: [] }).map((section) => section.title);
    expect(titles).toEqual(['At a glance']);
  });
});
