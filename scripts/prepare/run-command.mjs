import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { home, inCache, root } from './paths.mjs';
import { SetupError } from './setup-error.mjs';

const longestTailLines = 12;

/**
 * Runs a command silently and keeps what it says in `.cache/logs/{name}.log`.
 * Throws a SetupError with the last lines and the log's place when it fails.
 */
export async function runCommand({ name, command, args, env = {}, shell = false, advice = '' }) {
  const { code, output } = await capture({ command, args, env, shell });
  const log = inCache('logs', `${name}.log`);
  mkdirSync(path.dirname(log), { recursive: true });
  writeFileSync(log, output);
  if (code === 0) return output;
  const tail = output.trimEnd().split('\n').slice(-longestTailLines).join('\n');
  throw new SetupError(
    `${tail}\nCannot finish "${name}": it ended with ${code}; ${advice}the whole log is ${path.relative(home, log)}`,
  );
}

/** Exit code (or the reason why it did not start) and everything that was printed. */
export function capture({ command, args, env = {}, shell = false }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => resolve({ code: error.code, output: String(error.message) }));
    child.on('close', (code, signal) =>
      resolve({ code: code === null ? signal : code, output: Buffer.concat(chunks).toString() }),
    );
  });
}
