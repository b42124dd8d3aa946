import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../prepare/paths.mjs';

/**
 * Runs a command as users do; its progress goes to the terminal. Returns what it prints and its exit code, which the caller judges. A run
 * directory goes on where it was, so that a measurement that was stopped does too.
 */
export function runMathpie(words) {
  process.stderr.write(`  mathpie ${words.join(' ')}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'dist', 'cli', 'main.js'), ...words, '--no-cache'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code, output }));
  });
}
