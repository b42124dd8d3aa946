import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findPython } from './find-python.mjs';
import { fingerprint, readStamp, writeStamp } from './fingerprint.mjs';
import { inRoot, isWindows, root, venvPython } from './paths.mjs';
import { runCommand } from './run-command.mjs';

/**
 * A virtual environment with exactly what `lock` pins. Made anew when the lock changed, when the folder was moved (its
 * scripts hold absolute paths), when its Python is gone, or when a package is missing.
 */
export async function makeVenv(start, { venv, lock }) {
  const print = fingerprint({ files: [inRoot(lock)], texts: [root] });
  const stampFile = path.join(venv, 'mathpie.json');
  if (isWhole({ stamp: readStamp(stampFile), print, venv })) return;
  start();
  const python = await findPython();
  rmSync(venv, { recursive: true, force: true, maxRetries: 3 });
  const name = path.basename(venv).slice(1);
  await runCommand({
    name: `${name}-create`,
    command: python.command,
    args: [...python.args, '-m', 'venv', venv],
    advice: 'on Debian and Ubuntu type "sudo apt install python3-venv"; ',
  });
  await runCommand({
    name: `${name}-install`,
    command: venvPython(venv),
    args: [
      '-m',
      'pip',
      'install',
      '--disable-pip-version-check',
      '--no-input',
      '--progress-bar',
      'off',
      '-r',
      inRoot(lock),
    ],
    advice: 'check the connection to the Python package index and try again; ',
  });
  writeStamp(stampFile, { print, python: python.version, packages: listPackages(venv) });
}

function isWhole({ stamp, print, venv }) {
  if (stamp === undefined || stamp.print !== print || !existsSync(venvPython(venv))) return false;
  const packages = new Set(listPackages(venv));
  return stamp.packages.every((name) => packages.has(name));
}

/** Packages with their metadata and their top folders: half a package counts as a missing one. */
function listPackages(venv) {
  const folder = sitePackages(venv);
  return folder === undefined ? [] : readdirSync(folder).filter((name) => name !== '__pycache__');
}

function sitePackages(venv) {
  if (isWindows) return existingFolder(path.join(venv, 'Lib', 'site-packages'));
  const versions = existingFolder(path.join(venv, 'lib'));
  if (versions === undefined) return undefined;
  const name = readdirSync(versions).find((entry) => entry.startsWith('python'));
  return name === undefined ? undefined : existingFolder(path.join(versions, name, 'site-packages'));
}

const existingFolder = (folder) => (existsSync(folder) ? folder : undefined);
