// Math-Verify in a virtual environment of its own, made on first use under .cache.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const VERSION = '0.9.0';
const folder = resolve(import.meta.dirname, '../../.cache/math-verify');
const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** The verdicts and times of Math-Verify on rows {gold, text, isBare}; undefined when it cannot be installed. */
export function judgeWithMathVerify(rows) {
  if (!prepare()) return undefined;
  const input = rows.map(({ gold, text, isBare }) => JSON.stringify({ gold, text, isBare })).join('\n');
  const script = join(import.meta.dirname, 'math_verify_verdicts.py');
  const run = spawnSync(python, [script], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  if (run.status !== 0) return undefined;
  return run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function prepare() {
  if (!existsSync(python)) spawnSync('python3', ['-m', 'venv', folder], { stdio: 'ignore' });
  const installed = spawnSync(python, ['-c', 'import math_verify, latex2sympy2_extended'], { stdio: 'ignore' });
  if (installed.status === 0) return true;
  console.error(`Installing Math-Verify ${VERSION} under .cache/math-verify`);
  const install = spawnSync(python, ['-m', 'pip', 'install', '-q', `math-verify[antlr4_13_2]==${VERSION}`], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  return install.status === 0;
}

export const mathVerifyVersion = VERSION;
export const mathVerifyPython = python;
