import { join } from 'node:path';
import { execa } from 'execa';
import { root } from '../prepare/paths.mjs';

/**
 * Runs a command as users do; its progress goes to the terminal. Returns what it prints and its exit code, which the caller judges. A run
 * directory goes on where it was, so that a measurement that was stopped does too; a command ends with the measurement that started it.
 */
export async function runMathpie(words) {
  process.stderr.write(`  mathpie ${words.join(' ')}\n`);
  const command = [join(root, 'dist', 'cli', 'main.js'), ...words, '--no-cache'];
  const { exitCode, stdout } = await execa(process.execPath, command, {
    stdin: 'ignore',
    stderr: 'inherit',
    reject: false,
  });
  return { code: exitCode, output: stdout };
}
