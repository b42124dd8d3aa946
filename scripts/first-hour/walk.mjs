/** One walk: its folders, its pictures and its clock. */

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SetupError } from '../prepare/setup-error.mjs';
import { findFaults, screens } from './browser.mjs';
import { terminalPage } from './terminal-page.mjs';

const schemes = ['light', 'dark'];

export function createWalk({ out, browser }) {
  const pictures = path.join(out, 'pictures');
  mkdirSync(pictures, { recursive: true });
  const running = new Set();
  let step = { name: '', number: 0 };
  let told = { pictures: [], faults: [], facts: {} };

  const fileOf = (name) => {
    const file = path.join(pictures, `${String(step.number).padStart(2, '0')}-${name}.png`);
    told.pictures.push(path.basename(file));
    return file;
  };
  /** A picture of what a page shows in one screen. */
  const shoot = async (page, name, { isOurs = true, fullPage = false } = {}) => {
    told.faults.push(...(await findFaults(page, { screen: name, isOurs })));
    await page.screenshot({ path: fileOf(name), fullPage });
  };

  return {
    clone: path.join(out, 'clone'),
    app: path.join(out, 'app'),
    out,
    browser,
    running,
    shoot,
    /** Keeps a number of a step for the page: {label: text}. */
    fact: (name, value) => {
      told.facts[name] = value;
    },

    /** Takes one step and says what it took. */
    take: async (each, number) => {
      step = { ...each, number };
      told = { pictures: [], faults: [], facts: {} };
      process.stderr.write(`${number} ${each.name}: ${each.typed}\n`);
      const [load] = loadavg();
      const startedAt = performance.now();
      // Pictures are ours, and no part of a stranger's time
      const pauses = [];
      const picture = async (work) => {
        const begun = performance.now();
        await work();
        pauses.push(performance.now() - begun);
      };
      try {
        await each.run({ picture });
      } catch (error) {
        // What was there last tells why something was waited for in vain
        for (const page of browser.contexts().flatMap((context) => context.pages()))
          await page.screenshot({ path: path.join(pictures, 'last.png') });
        throw error;
      }
      const seconds = (performance.now() - startedAt - pauses.reduce((sum, ms) => sum + ms, 0)) / 1000;
      process.stderr.write(`  ${seconds.toFixed(1)} s\n`);
      return { seconds, load, ...told };
    },

    /** Types a line and waits for its end; what it printed comes back. Another exit code than 0 ends the walk. */
    type: async (line, { cwd, env = {} }) => {
      if (cwd !== undefined && !existsSync(cwd))
        throw new SetupError(
          `Cannot type "${line}": ${cwd} is not there yet; take the step that makes it as well, as in --only clone,build,package`,
        );
      const { code, output } = await run(inTerminal(line), { cwd, env, running });
      if (code !== 0) throw new SetupError(`${output.slice(-3000)}\nCannot walk on: "${line}" ended with ${code}`);
      return output;
    },

    /** A picture of a terminal of 100 columns with what was printed. */
    shootTerminal: async (name, line, output) => {
      const page = await browser.newPage({ viewport: { width: 920, height: 300 } });
      await page.setContent(terminalPage(line, output));
      await page.screenshot({ path: fileOf(name), fullPage: true });
      await page.close();
    },

    /** Pictures of a file of ours: wide and as on a phone, light and dark, its top and its whole. */
    shootFile: async (name, file, { prepare = async () => undefined } = {}) => {
      for (const colorScheme of schemes) {
        for (const { screen, viewport } of screens) {
          const page = await browser.newPage({ viewport, colorScheme });
          await page.goto(pathToFileURL(file).href);
          await page.waitForTimeout(800);
          await prepare(page);
          await shoot(page, `${name}-${screen}-${colorScheme}`, { fullPage: screen === 'phone' });
          await page.close();
        }
      }
    },

    /** Ends what is still running. */
    end: async () => {
      for (const child of running) child.kill('SIGTERM');
    },
  };
}

/** A command says other things to a terminal than to a file, and this is what a stranger sees. */
function inTerminal(line) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/script')) return line;
  return `/usr/bin/script --quiet --return --command ${JSON.stringify(`stty cols 100 2>/dev/null; ${line}`)} /dev/null`;
}

function run(line, { cwd, env, running }) {
  return new Promise((resolve, reject) => {
    const child = spawn(line, {
      cwd,
      shell: true,
      env: { ...strangerEnvironment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const parts = [];
    child.stdout.on('data', (part) => parts.push(part));
    child.stderr.on('data', (part) => parts.push(part));
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code, output: Buffer.concat(parts).toString('utf8') });
    });
  });
}

/** What a stranger's shell has: nothing of the npm that started us. */
export function strangerEnvironment() {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:npm_|MATHPIE_|INIT_CWD$|NODE_PATH$)/i.test(name));
  return Object.fromEntries(own);
}
