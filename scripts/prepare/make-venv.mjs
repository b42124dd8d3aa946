import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, readStamp, writeStamp } from './fingerprint.mjs';
import { inRoot, isWindows, root, venvPython } from './paths.mjs';
import { runCommand } from './run-command.mjs';

/**
 * Makes a virtual environment with exactly what `lock` pins, by the Python that `findPython` found. Only where
 * `isVenvReady` says no. What `bareLock` pins is installed after it without what those packages ask for.
 */
export async function makeVenv(start, { venv, lock, bareLock, python }) {
  start();
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
    args: [...'-m pip install --disable-pip-version-check --no-input --progress-bar off -r'.split(' '), inRoot(lock)],
    advice: 'check the connection to the Python package index and try again; ',
  });
  if (bareLock !== undefined) {
    await runCommand({
      name: `${name}-install-bare`,
      command: venvPython(venv),
      args: [...'-m pip install --disable-pip-version-check --no-input --no-deps -r'.split(' '), inRoot(bareLock)],
      advice: 'check the connection to the Python package index and try again; ',
    });
  }
  const stamp = { print: lockPrint(lock, bareLock), python: python.version, packages: listPackages(venv) };
  writeStamp(stampFile(venv), stamp);
}

/**
 * False when the lock changed, when the folder was moved (its scripts hold absolute paths), when its Python is gone, when a
 * package is missing, and when making it was interrupted.
 */
export function isVenvReady({ venv, lock, bareLock }) {
  const stamp = readStamp(stampFile(venv));
  if (stamp === undefined || stamp.print !== lockPrint(lock, bareLock) || !existsSync(venvPython(venv))) return false;
  const packages = new Set(listPackages(venv));
  return stamp.packages.every((name) => packages.has(name));
}

const stampFile = (venv) => path.join(venv, 'mathpie.json');

const lockPrint = (...locks) =>
  fingerprint({ files: locks.filter((lock) => lock !== undefined).map((lock) => inRoot(lock)), texts: [root] });

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
