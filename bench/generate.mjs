// npm run bench:generate [-- --shape 7b --preset throughput ...]
//
// Runs bench/generate.py (its docstring says what is measured) with the Python that has vLLM: the one in MATHPIE_PYTHON, or
// .venv-engines, which npm run test:engines makes.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const python = process.env.MATHPIE_PYTHON ?? join(root, '.venv-engines', 'bin', 'python');
if (process.env.MATHPIE_PYTHON === undefined && !existsSync(python)) {
  process.stderr.write(
    'Cannot measure: there is no .venv-engines; type "npm run test:engines" once, or name a Python with vLLM in MATHPIE_PYTHON\n',
  );
  process.exit(1);
}
const { status } = spawnSync(python, [join(root, 'bench', 'generate.py'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
