import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inCache, inRoot } from '../prepare/paths.mjs';

const browserPath = [process.env.CHROMIUM_PATH ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (file) => file !== '' && existsSync(file),
);
const folder = path.join('runs', 'stop-button');
const cells = [
  "import { instruct, openModel, runAndShow } from 'mathpie';\nconst model = await openModel('pocket');\nconsole.log('open');",
  `const drawn = await runAndShow(
  { title: 'Drawn', directory: 'pocket', stage: 'instruct', model: model, config: { seed: 1 } },
  (tools) => instruct({ ...tools, count: 3000 }));`,
];
const notebook = {
  cells: cells.map((source) => ({ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source })),
  metadata: { kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' } },
  nbformat: 4,
  nbformat_minor: 4,
};

/** What a person does: open JupyterLab, run a cell that asks a model for minutes, and press the button. */
describe.runIf(browserPath !== undefined)('the stop button of JupyterLab, in a browser', () => {
  let lab;
  let browser;
  let page;
  beforeAll(async () => {
    rmSync(inRoot(folder), { recursive: true, force: true });
    mkdirSync(inRoot(folder), { recursive: true });
    writeFileSync(inRoot(folder, 'stop.ipynb'), JSON.stringify(notebook));
    const port = await freePort();
    const words = ['--no-browser', `--ServerApp.port=${port}`, '--ServerApp.token=here', '--LabApp.news_url='];
    lab = spawn(process.execPath, [inRoot('scripts', 'lab.mjs'), ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
    await new Promise((resolve, reject) => {
      lab.stderr.on('data', (part) => String(part).includes(`:${port}/`) && resolve());
      lab.once('close', () => reject(new Error('JupyterLab ended')));
    });
    const { chromium } = await import('playwright-core');
    browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    await page.goto(`http://127.0.0.1:${port}/lab/tree/${folder}/stop.ipynb?token=here`);
    await page.getByText('TypeScript | Idle').waitFor({ timeout: 120_000 });
  }, 300_000);
  afterAll(async () => {
    // What was there last tells why a step was waited for in vain
    await page?.screenshot({ path: inCache('stop-button-last.png') });
    await browser?.close();
    lab?.kill('SIGTERM');
    rmSync(inRoot(folder), { recursive: true, force: true });
  });

  const output = (cell) => page.locator('.jp-Notebook .jp-CodeCell').nth(cell).locator('.jp-OutputArea');
  const run = async (cell) => {
    await page.getByText('TypeScript | Idle').waitFor({ timeout: 20_000 });
    // tslab drops what is sent within 200 ms behind a cell that failed, as cells behind it in Run All
    await page.waitForTimeout(500);
    await page.locator('.jp-Notebook .jp-CodeCell').nth(cell).locator('.cm-content').click();
    await page.keyboard.press('Control+Enter');
  };

  it('stops a stage within two seconds in one line, and the same cell goes on from there', {
    timeout: 300_000,
  }, async () => {
    await run(0);
    await output(0).getByText('open').waitFor({ timeout: 120_000 });
    for (const round of [1, 2]) {
      await run(1);
      await output(1)
        .getByText(/\d+ of [\d,]+/)
        .first()
        .waitFor({ timeout: 60_000 });
      const pressedAt = performance.now();
      await page.locator('[data-command="notebook:interrupt-kernel"], [title^="Interrupt the kernel"]').first().click();
      await output(1)
        .getByText('Stopped; the same cell goes on from here', { exact: true })
        .waitFor({ timeout: 20_000 });
      const seconds = (performance.now() - pressedAt) / 1000;
      await page.screenshot({ path: inCache(`stop-button-${round}.png`) });
      process.stdout.write(`the stop button, round ${round}: ${seconds.toFixed(1)} s\n`);
      expect(seconds).toBeLessThan(2);
      expect(await output(1).textContent()).not.toMatch(/node:internal|has it open already/);
    }
  });
});

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
