/**
 * `npm run sbom [-- FILE]`: what this package is made of, as CycloneDX 1.5: the npm packages of package-lock.json, as npm itself lists them, and the
 * Python packages of python-gpu/requirements-*.txt. Asks no registry. The same locks give the same file but for its number and time.
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { inCache, inRoot } from './prepare/paths.mjs';
import { pythonComponents } from './sbom/python-components.mjs';

const file = resolve(process.argv[2] ?? inCache('sbom', 'mathpie.cdx.json'));
const words = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
const made = JSON.parse(execFileSync('npm', words, { cwd: inRoot('.'), encoding: 'utf8', maxBuffer: 2 ** 28 }));
const folder = inRoot('python-gpu');
const locks = readdirSync(folder)
  .filter((name) => /^requirements-\w+\.txt$/.test(name))
  .sort();
const python = pythonComponents(locks.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') })));
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify({ ...made, components: [...made.components, ...python] }, null, 2)}\n`);
process.stdout.write(`Wrote ${made.components.length} npm and ${python.length} Python packages to ${file}\n`);
