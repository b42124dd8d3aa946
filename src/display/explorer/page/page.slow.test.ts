import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachChange } from '../../../__fixtures__/extent.js';
import type { GradedRow } from '../../../evaluation/graded-row.js';
import { showExplorer } from '../show-explorer.js';
import { writeExplorer } from '../write-explorer.js';

/** Any Chromium of the machine; none is downloaded. */
const executablePath = [
  process.env.CHROMIUM_PATH ?? '',
  ...['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path !== '' && existsSync(path));
if (executablePath === undefined)
  process.stderr.write('No Chromium here: the page of the explorer is not tried in a browser\n');

const hostile = '<img src=x onerror="document.title=1"></script><script>document.title=2</script>';
const makeRows = (count: number, shift = 0): GradedRow[] =>
  Array.from({ length: count }, (_, index) => {
    const correct = (index * 7 + shift) % 10 < 7;
    return {
      id: `r${index}`,
      problem: `p${index}`,
      sample: 0,
      correct,
      status: 'done',
      question: `Question ${index}: what is $\\frac{${index}}{2}$? ${index === 1 ? hostile : ''}`,
      gold: String(index),
      answer: String(index + Number(!correct)),
      response: `We add. The answer is \\boxed{${index + Number(!correct)}}. ${hostile} ${'so on '.repeat(60)}`,
      rule: correct ? 'boxed/same-text' : 'boxed/exact-number',
      level: (index % 5) + 1,
      subject: ['Algebra', 'Geometry', 'Counting'][index % 3] ?? '',
      thinking: index === 0 ? 'First I thought.' : undefined,
      completionTokens: 20 + (index % 300),
    } as GradedRow;
  });

describe.skipIf(executablePath === undefined)('the page in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mathpie-explorer-'));
  const file = (name: string): string => join(folder, name);
  let browser: Browser;
  const errors: string[] = [];

  beforeAll(async () => {
    const { chromium } = await import('playwright-core');
    browser = await chromium.launch({
      executablePath: executablePath ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    await writeExplorer([{ name: 'one', rows: makeRows(300) }], { path: file('one.html') });
    await writeExplorer(
      [
        { name: 'a', rows: makeRows(300) },
        { name: 'b', rows: makeRows(300, 2) },
      ],
      { path: file('two.html') },
    );
    const six = Array.from({ length: 6 }, (_, run) => ({ name: `run ${run}`, rows: makeRows(30, run) }));
    await writeExplorer(six, { path: file('six.html') });
    await writeExplorer([{ name: 'many', rows: makeRows(20_000) }], { path: file('many.html') });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  const open = async (name: string, hash = '', options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...options });
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('request', (request) => /^https?:/.test(request.url()) && errors.push(request.url()));
    await page.goto(`${pathToFileURL(file(name)).href}${hash}`);
    await page.waitForSelector('.scroller tr[aria-rowindex="2"]');
    return page;
  };
  const status = (page: Page): Promise<string | null> => page.textContent('[role="status"]');
  const accuracy = (page: Page): Promise<string | null> => page.textContent('.accuracy strong');

  it('narrows everything by a bar, by an outcome, by words; the address keeps it', async () => {
    const page = await open('one.html');
    expect([await accuracy(page), await status(page)]).toEqual(['70.0', '300 of 300 rows']);
    await page.click('.facet >> nth=0 >> .value >> nth=1');
    await expect.poll(() => status(page)).toBe('60 of 300 rows');
    await page.click('.chip.wrong');
    await expect.poll(async () => Number((await status(page))?.split(' ')[0])).toBeLessThan(60);
    await page.fill('input[type=search]', 'question 1');
    await page.waitForTimeout(100);
    const chosen = await status(page);
    const again = await open('one.html', new URL(page.url()).hash);
    await expect.poll(() => status(again)).toBe(chosen);
    await again.click('text=Clear all');
    await expect.poll(() => status(again)).toBe('300 of 300 rows');
    await again.fill('input[type=search]', 'nowhere at all');
    expect(await again.textContent('.nothing p')).toBe('No row is left by these filters.');
  });

  it('opens a row with formulas, the answer marked, both graders, the thought folded', async () => {
    const page = await open('one.html');
    await page.click('.scroller tr[aria-rowindex="2"]');
    await expect.poll(() => page.textContent('.panel mark')).toContain('0');
    expect(await page.locator('.panel math mfrac').count()).toBe(1);
    expect(await page.locator('.panel .verdicts tr').count()).toBe(3);
    expect(await page.locator('.panel details').getAttribute('open')).toBeNull();
    await page.keyboard.press('j');
    await expect.poll(() => page.textContent('.panel h2')).toBe('p1');
    // What a model wrote is text
    expect(await page.textContent('.panel .asked')).toContain('<img src=x onerror');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('one');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.panel').count()).toBe(0);
  });

  it('keeps what a reader says, tells what it proves, and exports it', async () => {
    const page = await open('one.html');
    await page.click('.scroller tr[aria-rowindex="2"]');
    for (let row = 0; row < 3; row += 1) {
      await page.keyboard.press('1');
      await page.keyboard.press('j');
    }
    await expect.poll(() => page.textContent('.reading')).toContain('3 rows read without fault: at most 63.2\u00a0%');
    await page.reload();
    await page.waitForSelector('.reading');
    await page.keyboard.press('Escape');
    // A run that was graded again has other verdicts, and nobody has read those
    const again = makeRows(300).map((row) => (row.id === 'r0' ? { ...row, correct: !row.correct } : row));
    await writeExplorer([{ name: 'one', rows: again }], { path: file('again.html') });
    const kept = await page.evaluate(() => Object.entries(localStorage));
    const regraded = await open('again.html');
    await regraded.evaluate((entries) => {
      for (const [name, value] of entries) localStorage.setItem(name, value);
    }, kept);
    await regraded.reload();
    await expect.poll(() => regraded.textContent('.reading')).toContain('2 rows read without fault');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Export verdicts')]);
    const lines = readFileSync((await download.path()) ?? '', 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0].print).toMatch(/^[0-9a-f]{8}$/);
    expect(lines.map(({ id, judgement }) => [id, judgement])).toEqual([
      ['r0', 'agree'],
      ['r1', 'agree'],
      ['r2', 'agree'],
    ]);
  });

  it('lays two runs side by side: quadrants are filters, differences stand in each part', async () => {
    const page = await open('two.html');
    expect(await page.textContent('.pairs')).toContain('exact McNemar p =');
    const quadrant = page.locator('.quadrant').nth(1);
    const count = Number(await quadrant.locator('strong').textContent());
    await quadrant.click();
    await expect.poll(() => status(page)).toBe(`${2 * count} of 600 rows`);
    expect(await page.locator('.heat canvas').count()).toBe(1);
    await page.click('.scroller tr[aria-rowindex="2"]');
    expect(await page.textContent('.panel header .tags')).toBe('a');
  });

  it('draws a bar for each of many runs, and says what they have in common', async () => {
    const page = await open('six.html');
    const value = page.locator('.facet .value').first();
    expect(await value.locator('.track').count()).toBe(6);
    expect(
      new Set(await value.locator('.track').evaluateAll((all) => all.map(({ className }) => className))).size,
    ).toBe(6);
    expect(await value.locator('.number').textContent()).toMatch(/^\d+(?:–\d+)?\u00a0%6run 0: /);
  });

  it('draws the next row at random by a key and in the panel, and leaves wrong gold answers out of the agreement', async () => {
    const page = await open('one.html');
    await page.keyboard.press('r');
    const first = await page.textContent('.panel h2');
    await page.keyboard.press('3');
    await page.click('.panel [aria-keyshortcuts=r]');
    await expect.poll(() => page.textContent('.panel h2')).not.toBe(first);
    await page.keyboard.press('1');
    await expect.poll(() => page.textContent('.reading')).toContain('1 row read without fault');
    expect(await page.textContent('.reading')).toContain('Gold answers held wrong: 1');
  });

  it('speaks Japanese, and is dark on demand', async () => {
    const page = await open('one.html');
    await page.click('.controls button[lang=ja]');
    await expect.poll(() => page.textContent('.told')).toBe('300 件中 210 件が正解');
    expect(await page.getAttribute('html', 'lang')).toBe('ja');
    await page.selectOption('.controls select', 'dark');
    await expect
      .poll(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor))
      .toBe('rgb(17, 22, 29)');
  });

  it('begins in the language of the browser, and stays in the one that is chosen', async () => {
    const context = await browser.newContext({ locale: 'ja-JP' });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file('one.html')).href);
    await expect.poll(() => page.textContent('.told')).toBe('300 件中 210 件が正解');
    expect(await page.locator('.facet', { hasText: '比べ方' }).textContent()).toContain('正確な数として');
    await page.click('.controls button[lang=en]');
    await expect.poll(() => page.textContent('.told')).toBe('210 of 300 answers right');
    await page.reload();
    await expect.poll(() => page.textContent('.told')).toBe('210 of 300 answers right');
    await context.close();
  });

  it.each([
    { width: 1440, height: 900, colorScheme: 'light' },
    { width: 390, height: 844, colorScheme: 'dark' },
    ...eachChange([], [
      { width: 1440, height: 900, colorScheme: 'dark' },
      { width: 390, height: 844, colorScheme: 'light' },
    ] as const),
  ] as const)(
    'has no fault that axe finds at $width px, $colorScheme, and no scroll sideways',
    async ({ width, height, colorScheme }) => {
      const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
      for (const [name, hash] of [
        ...eachChange([], [['one.html', '']] as const),
        ['two.html', ''],
        ['six.html', ''],
        ['one.html', '#r=0%3Ar1'],
      ] as const) {
        const page = await open(name, hash, { viewport: { width, height }, colorScheme, bypassCSP: true });
        await page.evaluate(axe);
        const found = await page.evaluate(async () => {
          const { violations } = await (
            globalThis as unknown as {
              axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
            }
          ).axe.run();
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`);
        });
        expect(found).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
        await page.close();
      }
    },
  );

  it('parts no number from its percent sign on a phone', async () => {
    for (const name of ['one.html', 'two.html', 'six.html']) {
      const page = await open(name, '', { viewport: { width: 390, height: 844 } });
      const parted = async (): Promise<unknown> => (await page.textContent('main'))?.match(/\S* %/g);
      expect(await parted()).toBe(null);
      await page.click('text=日本語');
      await expect.poll(() => page.textContent('main')).toContain('95\u00a0% 区間');
      expect(await parted()).toBe(null);
      await page.close();
    }
  });

  it.each([390, 1440])('a formula that is wider than its place moves in it, at %i px', async (width) => {
    const terms = Array.from({ length: 14 }, (_, power) => `${power + 2}x^{${power + 10}}`).join('+');
    const long = [
      terms,
      `\\frac{${terms}}{\\sqrt{2}}`,
      '9'.repeat(90),
      `\\frac{${'9'.repeat(150)}}{${'7'.repeat(150)}}`,
    ];
    const rows = long.map((gold, at) => ({ ...makeRows(1)[0], id: `l${at}`, problem: `l${at}`, gold, answer: gold }));
    const asked = rows.map((row) => ({ ...row, question: `What is $${row.gold}$?`, response: `It is $${row.gold}$.` }));
    await writeExplorer([{ name: 'long', rows: asked as GradedRow[] }], { path: file('long.html') });
    const page = await open('long.html', '', { viewport: { width, height: 900 } });
    const seen = (inside: string): Promise<readonly string[]> =>
      page.evaluate(
        (selector) =>
          [...document.querySelectorAll(`${selector} *`)].flatMap((element) => {
            const isWider = element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
            if (!isWider || element.closest('math') !== null || element.querySelector('math') === null) return [];
            return getComputedStyle(element).overflowX === 'auto' ? ['moves'] : [`clips: ${element.className}`];
          }),
        inside,
      );
    // Of each row the gold answer and the answer, whole
    await expect.poll(() => seen('.scroller tbody')).toEqual(Array(8).fill('moves'));
    expect(await page.textContent('.scroller td.gold mfrac')).toContain('15');
    await page.click('.scroller tr[aria-rowindex="2"]');
    await expect.poll(async () => new Set(await seen('.panel'))).toEqual(new Set(['moves']));
    expect(await page.evaluate(() => document.querySelector('.panel')?.scrollWidth)).toBeLessThanOrEqual(width);
    // Digits that are cut off leave another number: gold answer, answers, question and response
    await page.goto(page.url().replace(/#.*/, ''));
    await page.click('.scroller tr[aria-rowindex="5"]');
    const digits = (): Promise<number[]> =>
      page.$$eval('.panel mn', (all) => all.map((number) => Math.round(number.getBoundingClientRect().width)));
    await expect.poll(async () => (await digits()).length).toBeGreaterThanOrEqual(8);
    expect(Math.min(...(await digits()))).toBeGreaterThan(700);
    await page.close();
  });

  it('lives in a frame of a notebook, which keeps nothing and lets its script run', async () => {
    let html = '';
    const show = ({ data }: { readonly data: { readonly [mime: string]: unknown } }): void => {
      html = String(data['text/html']);
    };
    await showExplorer({ name: 'cell', rows: makeRows(30) }, {}, { isNotebook: true, show });
    writeFileSync(file('cell.html'), `<!doctype html><title>cell</title><body>${html}`);
    const page = await browser.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(pathToFileURL(file('cell.html')).href);
    const frame = page.frameLocator('iframe');
    await frame.locator('.facet .value').first().click();
    await expect.poll(() => frame.locator('[role="status"]').textContent()).toBe('6 of 30 rows');
  });

  it('opens 20,000 rows in less than two seconds and draws a few dozen of them', async () => {
    const started = performance.now();
    const page = await open('many.html');
    expect(performance.now() - started).toBeLessThan(8000); // 0.9 s measured alone; other tests run beside it
    expect(await page.locator('.scroller tbody tr').count()).toBeLessThan(80);
    await page.evaluate(() => document.querySelector('.scroller')?.scrollTo(0, 420_000));
    await page.waitForSelector('.scroller tr[aria-rowindex="10002"]');
    const drawn = await page.evaluate(
      () => performance.getEntriesByType('navigation')[0]?.toJSON().domContentLoadedEventEnd,
    );
    expect(drawn).toBeLessThan(8000);
  });

  it('is at most 2.5 MB without its rows', async () => {
    const { bytes } = await writeExplorer([{ name: 'one', rows: makeRows(1) }], { path: file('small.html') });
    expect(bytes).toBeLessThan(2_500_000);
  });

  it('never threw, logged a fault or asked for anything', () => {
    expect(errors).toEqual([]);
  });
});
