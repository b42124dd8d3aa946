import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inCache } from '../prepare/paths.mjs';
import { capture } from '../prepare/run-command.mjs';

/**
 * One step of a test run. Steps run side by side, so that what it says is held back: it goes to `.cache/test/{slug}.log`, and
 * into `output` when it failed. Counts what its report says; without a report the step itself is one test. A step that
 * fails without a failed test, because a file did not load or nothing ran, counts one failure.
 */
export function runStep(title, { command, args, env = {}, report, read }, step) {
  return step(title, async (start) => {
    start();
    // The report of an earlier run must not be taken for this one's.
    if (report !== undefined) rmSync(report, { force: true });
    const { code, output } = await capture({ command, args, env });
    keepLog(title, output);
    const isGood = code === 0;
    const counts = read === undefined ? { passed: isGood ? 1 : 0, failed: 0 } : read(report);
    const failed = isGood ? counts.failed : Math.max(1, counts.failed);
    return describeResult({ title, passed: counts.passed, failed, output: failed > 0 ? output : '' });
  });
}

/** The result with what is told of it when it has ended. */
export function describeResult(result) {
  const { passed, failed } = result;
  return { ...result, told: `${count(passed)} passed${failed > 0 ? `, ${count(failed)} failed` : ''}` };
}

export function keepLog(title, text) {
  const file = inCache('test', `${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.log`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const count = (number) => number.toLocaleString('en');
