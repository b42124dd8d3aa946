// npm run bench:train [-- --shape llama-7b --variant float8=row ...]
//
// Runs bench/train.py (its docstring says what is measured) with a Python that has torch, transformers and accelerate: the one in
// MATHPIE_PYTHON, .venv-gpu or .venv-engines.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const candidates = ['.venv-gpu', '.venv-engines'].map((venv) => join(root, venv, 'bin', 'python'));
const python = process.env.MATHPIE_PYTHON ?? candidates.find((path) => existsSync(path));
if (python === undefined) {
  process.stderr.write(
    'Cannot measure: there is no Python with torch; type "npm test" once, or name a Python in MATHPIE_PYTHON\n',
  );
  process.exit(1);
}
const { status } = spawnSync(python, [join(root, 'bench', 'train.py'), ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
