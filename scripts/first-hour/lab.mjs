/** JupyterLab as a stranger starts it, and what they do in it. */

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { SetupError } from '../prepare/setup-error.mjs';
import { screens } from './browser.mjs';
import { strangerEnvironment } from './walk.mjs';

const token = 'here';

/** JupyterLab keeps notebooks of other tabs in the page, hidden. */
const shown = '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook .jp-Cell';

/** Types `line` and waits until JupyterLab says where it is; no window is opened. */
export async function startLab(walk, line, { cwd }) {
  const port = await freePort();
  // A stranger's JupyterLab remembers nothing
  const own = path.join(walk.out, `jupyter-${port}`);
  const memory = {
    JUPYTERLAB_WORKSPACES_DIR: path.join(own, 'workspaces'),
    JUPYTERLAB_SETTINGS_DIR: path.join(own, 'settings'),
  };
  const address = { JUPYTER_PORT: String(port), JUPYTER_TOKEN: token, BROWSER: 'true' };
  const env = { ...strangerEnvironment(), ...memory, ...address };
  const child = spawn(line, { cwd, shell: true, detached: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
  walk.running.add({ kill: () => kill(child) });
  let said = '';
  await new Promise((resolve, reject) => {
    const hear = (part) => {
      said += part;
      if (said.includes(`:${port}/`)) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('close', () => reject(new SetupError(`${said.slice(-2000)}\nCannot walk on: "${line}" ended`)));
  });
  const page = await walk.browser.newPage({ viewport: screens[0].viewport });
  const open = async (notebook) => {
    await page.goto(`http://127.0.0.1:${port}/lab/tree/${notebook}?token=${token}`);
    await page.locator(shown).first().waitFor({ timeout: 120_000 });
    // Until the kernel of this notebook is there, the status line is of the one that was in front
    await page.waitForTimeout(5000);
    await isIdle(page);
  };
  return { page, open, said: () => said, stop: () => kill(child) };
}

// npm starts a shell, which starts Node, which starts Python: all of them are one group
function kill(child) {
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch {
    // it has ended
  }
}

export const isIdle = (page, timeout = 180_000) => page.getByText('TypeScript | Idle').first().waitFor({ timeout });

/** Runs the first so many cells of code as a reader does: Shift and Enter. */
export async function runFirst(page, count) {
  await page
    .locator(shown)
    .first()
    .click({ position: { x: 60, y: 10 } });
  await page.keyboard.press('Escape');
  for (let ran = 0; ran < 60; ran += 1) {
    const isCode = await page.locator(`${shown}.jp-mod-active.jp-CodeCell`).count();
    await page.keyboard.press('Shift+Enter');
    await page.waitForTimeout(isCode > 0 ? 700 : 80);
    if (isCode > 0) await isIdle(page);
    if (isCode > 0) count -= 1;
    if (count === 0) return;
  }
}

/** Pictures in JupyterLab's light and dark theme, wide and as on a phone. */
export async function shootLab(walk, page, name) {
  for (const theme of ['Light', 'Dark']) {
    await chooseTheme(page, theme);
    for (const { screen, viewport } of screens) {
      await page.setViewportSize(viewport);
      // On a phone the list of files takes the screen until it is put away
      if (screen === 'phone') await page.keyboard.press('Control+b');
      await page.waitForTimeout(1500);
      await walk.shoot(page, `${name}-${screen}-${theme.toLowerCase()}`, { isOurs: false });
    }
    await page.keyboard.press('Control+b');
    await page.setViewportSize(screens[0].viewport);
    await page.waitForTimeout(500);
  }
  await chooseTheme(page, 'Light');
}

async function chooseTheme(page, theme) {
  await page.locator('.lm-MenuBar-itemLabel', { hasText: /^Settings$/ }).click();
  await page
    .locator('.lm-Menu-itemLabel', { hasText: /^Theme$/ })
    .first()
    .hover();
  await page
    .locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^JupyterLab ${theme}$`) })
    .first()
    .click();
  await page.waitForTimeout(1200);
}

/** A notebook with these cells of code. */
export const notebookOf = (cells) =>
  JSON.stringify({
    cells: cells.map((source, at) => ({
      cell_type: 'code',
      id: `cell-${at}`,
      execution_count: null,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: { kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' } },
    nbformat: 4,
    nbformat_minor: 5,
  });

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
