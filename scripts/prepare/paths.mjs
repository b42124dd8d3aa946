/** Where things lie in a clone: the root, the caches, the interpreters. */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

export const isWindows = process.platform === 'win32';

export const inRoot = (...parts) => path.join(root, ...parts);

/** A clone has sources to build; an installed package is whole, and npm may replace its folder at any time. */
export const isClone = existsSync(inRoot('package-lock.json'));

/** Where the user works: notebooks and what they make lie here. */
export const home = isClone ? root : process.cwd();

/** What the set-up makes for notebooks: in a clone beside the sources, else in one folder of the user's. */
export const inMade = (...parts) => path.join(isClone ? root : path.join(home, '.mathpie'), ...parts);

/** What is remembered between two starts, and the logs of the last ones. */
export const inCache = (...parts) => inMade('.cache', ...parts);

/** The notebook environment, the one that tests python-gpu on the CPU, and the one with vLLM and Ray. */
export const notebookVenv = inMade('.venv');
export const trainingVenv = inRoot('.venv-gpu');
export const enginesVenv = inRoot('.venv-engines');

export const venvPython = (venv) =>
  isWindows ? path.join(venv, 'Scripts', 'python.exe') : path.join(venv, 'bin', 'python');

export const isThere = (...parts) => existsSync(inRoot(...parts));
