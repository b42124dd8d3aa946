import { spawn } from 'node:child_process';
import { packagePath } from '../package-root.js';

/** Runs one of the package's own scripts in this terminal and returns its exit code. */
export async function runScript(name: string, words: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [packagePath('scripts', name), ...words], { stdio: 'inherit' });
  // Ctrl-C reaches the script as well, and it ends in its own good order; our handler would cut that short.
  process.removeAllListeners('SIGINT').on('SIGINT', () => undefined);
  process.removeAllListeners('SIGTERM').on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 130));
  });
}
