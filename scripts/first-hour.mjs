import './prepare/check-node.mjs';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from './first-hour/browser.mjs';
import { cloneSteps } from './first-hour/clone-steps.mjs';
import { packageSteps } from './first-hour/package-steps.mjs';
import { createWalk } from './first-hour/walk.mjs';
import { writePage } from './first-hour/write-page.mjs';
import { runMain, SetupError } from './prepare/setup-error.mjs';

const { values: options } = parseArgs({
  options: {
    // Pictures, the clone and the empty folder; what an earlier walk left there is gone on with
    out: { type: 'string', default: path.join('runs', 'first-hour') },
    // Steps by their names; without it all
    only: { type: 'string' },
    // The table goes into docs/first-hour.md
    write: { type: 'boolean', default: false },
  },
});

/**
 * `npm run first-hour [-- --only NAME,… --out DIR --write]`: walks through the first hour of somebody who has never seen this, from a fresh clone and from
 * an installed package, in a headless Chromium; leaves numbered pictures, light and dark, wide and as on a phone, and the minutes of each step.
 * Wants Chromium (CHROMIUM_PATH) and all processors for a quarter of an hour; no test of ours runs it.
 */
runMain(async () => {
  const out = path.resolve(options.out);
  mkdirSync(out, { recursive: true });
  const browser = await openBrowser();
  const walk = createWalk({ out, browser });
  const steps = [...cloneSteps(walk), ...packageSteps(walk)];
  const wanted = options.only?.split(',') ?? steps.map(({ name }) => name);
  const unknown = wanted.find((name) => !steps.some((step) => step.name === name));
  if (unknown !== undefined) {
    throw new SetupError(`Cannot walk to "${unknown}": choose of ${steps.map(({ name }) => name).join(', ')}`);
  }
  const file = path.join(out, 'steps.json');
  const results = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  try {
    for (const [at, step] of steps.entries()) {
      if (!wanted.includes(step.name)) continue;
      results[step.name] = { ...(await walk.take(step, at + 1)), typed: step.typed, sees: step.sees };
      writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
    }
  } finally {
    await walk.end();
    await browser.close();
  }
  process.stdout.write(`${writePage({ steps, results, isWritten: options.write })}\n`);
  const faults = Object.entries(results).flatMap(([name, { faults: own = [] }]) =>
    own.map((fault) => `${name}: ${fault}`),
  );
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  return faults.length === 0 ? 0 : 1;
});
