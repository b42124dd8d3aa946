import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { root } from '../prepare/paths.mjs';

/**
 * One step of the test run, shown as it goes, or held back (`isHeldBack`) until it has ended, where another runs beside it.
 * Counts what its report says; without a report the step itself is one test. A step that fails without a failed test,
 * because a file did not load or nothing ran, counts one failure.
 */
export async function runStep(title, { command, args, env = {}, report, read, isHeldBack = false }) {
  process.stdout.write(isHeldBack ? `\n${title}: at the same time, told when they have ended\n` : `\n${title}\n`);
  // The report of an earlier run must not be taken for this one's.
  if (report !== undefined) rmSync(report, { force: true });
  const { code, output } = await run({ command, args, env, isHeldBack });
  if (isHeldBack) process.stdout.write(`\n\n${title}\n${output}`);
  const isGood = code === 0;
  if (read === undefined) return { title, passed: isGood ? 1 : 0, failed: isGood ? 0 : 1 };
  const { passed, failed } = read(report);
  return { title, passed, failed: isGood ? failed : Math.max(1, failed) };
}

function run({ command: [program, ...before], args, env, isHeldBack }) {
  return new Promise((resolve) => {
    const child = spawn(program, [...before, ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: isHeldBack ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    const held = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => held.push(chunk));
    const end = (code) => resolve({ code, output: Buffer.concat(held).toString('utf8') });
    child.on('error', (error) => {
      held.push(Buffer.from(`${error.message}\n`));
      if (!isHeldBack) process.stdout.write(`${error.message}\n`);
      end(1);
    });
    child.on('close', end);
  });
}
