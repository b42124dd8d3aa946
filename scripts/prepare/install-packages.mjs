import { existsSync, readFileSync } from 'node:fs';
import { installKernel } from './install-kernel.mjs';
import { inRoot, isClone, isThere, isWindows } from './paths.mjs';
import { capture, runCommand } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';

const wantedNpm = 10;

/** `npm ci`, when what is installed is not what the lock file says; in an installed package what its notebooks need beside it. */
export async function installPackages(start) {
  if (!isClone) return installKernel(start, { npm: npmCommand });
  if (isInstalled()) return;
  start();
  await checkNpm();
  await runCommand({
    name: 'npm-ci',
    ...npmCommand(['ci', '--loglevel=error']),
    advice: 'check the connection to the npm registry and try again; ',
  });
}

/**
 * npm writes `node_modules/.package-lock.json` as its last act, so an interrupted install has none;
 * a package that went missing later is noticed by its package.json.
 */
export function isInstalled() {
  const hiddenLock = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(hiddenLock)) return false;
  const wanted = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages;
  const installed = readInstalled(hiddenLock);
  return Object.entries(wanted).every(([place, entry]) => {
    if (place === '') return true;
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
