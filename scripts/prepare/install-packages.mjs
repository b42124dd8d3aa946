import { existsSync, readFileSync } from 'node:fs';
import { dropUnusedFiles } from './drop-unused-files.mjs';
import { readStamp, writeStamp } from './fingerprint.mjs';
import { installKernel } from './install-kernel.mjs';
import { inRoot, isClone, isThere, isWindows } from './paths.mjs';
import { capture, runCommand } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';

const wantedNpm = 10;

/** Where the files of other systems were dropped, and for which system. In node_modules, so that it ends with what it tells of. */
const droppedFile = inRoot('node_modules', '.mathpie.json');
const here = `${process.platform}-${process.arch}`;

/**
 * `npm ci`, when what is installed is not what the lock file says, and what nothing here can use is dropped; in an installed package what its notebooks need beside it.
 * What only tests need, a third of all, is left out until tests ask for it (`withTests`).
 */
export async function installPackages(start, { withTests = false } = {}) {
  if (!isClone) return installKernel(start, { npm: npmCommand });
  if (isInstalled({ withTests })) return;
  start();
  await checkNpm();
  await runCommand({
    name: 'npm-ci',
    ...npmCommand(['ci', withTests || hasTests() ? '--include=dev' : '--omit=dev', '--loglevel=error']),
    advice: 'check the connection to the npm registry and try again; ',
  });
  dropUnusedFiles(inRoot('node_modules'));
  writeStamp(droppedFile, { kept: here });
}

/**
 * npm writes `node_modules/.package-lock.json` as its last act, so an interrupted install has none;
 * a package that went missing later is noticed by its package.json, and a folder that another system shares by what was kept.
 */
export function isInstalled({ withTests }) {
  const hiddenLock = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(hiddenLock) || (readStamp(droppedFile)?.kept ?? here) !== here) return false;
  const wanted = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages;
  const installed = readInstalled(hiddenLock);
  return Object.entries(wanted).every(([place, entry]) => {
    if (place === '' || (entry.dev === true && !withTests)) return true;
    const found = installed[place];
    if (found === undefined) return entry.optional === true; // made for another platform
    return found.version === entry.version && isThere(place, 'package.json');
  });
}

function readInstalled(hiddenLock) {
  try {
    return JSON.parse(readFileSync(hiddenLock, 'utf8')).packages;
  } catch {
    return {};
  }
}

/** What tests brought once stays when something else has to be installed anew: whoever changes this package works with it. */
const hasTests = () => isThere('node_modules', 'vitest', 'package.json');

async function checkNpm() {
  const { code, output } = await capture(npmCommand(['--version', '--loglevel=silent']));
  if (code !== 0)
    throw new SetupError('Cannot install packages: npm was not found; install Node with npm from https://nodejs.org');
  const version = output.trim().split('\n').pop();
  if (Number.parseInt(version, 10) < wantedNpm) {
    throw new SetupError(
      `Cannot install packages: this is npm ${version} and Mathpie needs ${wantedNpm} or newer; type "npm install -g npm"`,
    );
  }
}

/** npm started us, so it is known where it lies; on Windows its other name is a batch file, which needs a shell. */
function npmCommand(args) {
  const self = process.env.npm_execpath;
  if (self !== undefined && /npm-cli\.[cm]?js$/.test(self)) return { command: process.execPath, args: [self, ...args] };
  return { command: 'npm', args, shell: isWindows };
}
