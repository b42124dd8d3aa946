import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { root } from '../prepare/paths.mjs';

/**
 * One step of the test run, shown as it goes. Counts what its report says; without a report the step itself is one test.
 * A step that fails without a failed test, because a file did not load or nothing ran, counts one failure.
 */
export async function runStep(title, { command, args, env = {}, report, read }) {
  process.stdout.write(`\n${title}\n`);
  // The report of an earlier run must not be taken for this one's.
  if (report !== undefined) rmSync(report, { force: true });
  const isGood = (await run({ command, args, env })) === 0;
  if (read === undefined) return { title, passed: isGood ? 1 : 0, failed: isGood ? 0 : 1 };
  const { passed, failed } = read(report);
  return { title, passed, failed: isGood ? failed : Math.max(1, failed) };
}

function run({ command: [program, ...before], args, env }) {
  return new Promise((resolve) => {
    const child = spawn(program, [...before, ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', (error) => {
      process.stdout.write(`${error.message}\n`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code));
  });
}
