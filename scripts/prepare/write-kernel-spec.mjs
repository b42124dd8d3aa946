import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { home, inMade, inRoot, isClone, notebookVenv } from './paths.mjs';

/** Inside the environment alone: nothing of the user's own Jupyter is touched. */
const share = (...parts) => path.join(notebookVenv, 'share', 'jupyter', ...parts);

/**
 * tslab's own installer writes a bare `tslab`, which starts only where node_modules/.bin is on the PATH; we write the
 * absolute paths of this Node and this tslab, and what we mend in it. Rewritten whenever they change.
 */
export function writeKernelSpec() {
  writeIfChanged(share('kernels', 'tslab', 'kernel.json'), {
    argv: [
      process.execPath,
      '--require',
      inRoot('scripts', 'kernel', 'mend-tslab.cjs'),
      inMade('node_modules', 'tslab', 'bin', 'tslab'),
      'kernel',
      '--config-path',
      '{connection_file}',
    ],
    display_name: 'TypeScript',
    language: 'typescript',
    ...(isClone ? {} : { env: { NODE_PATH: inMade('node_modules'), MATHPIE_FOLDER: home } }),
  });
  // JupyterLab starts scripts of its own by Node, which are no ES modules, and this folder's package.json says that all are
  writeIfChanged(path.join(notebookVenv, 'package.json'), { type: 'commonjs' });
  // JupyterLab would ask on first sight whether it may fetch news and look for updates.
  writeIfChanged(share('lab', 'settings', 'overrides.json'), {
    '@jupyterlab/apputils-extension:notification': { checkForUpdates: false, fetchNews: 'false' },
  });
}

function writeIfChanged(file, value) {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/**
 * The environment variables under which Jupyter finds that kernel first, whatever else the user has installed,
 * and leaves the user's own Jupyter settings alone.
 */
export function jupyterEnvironment() {
  const rest = process.env.JUPYTER_PATH;
  return {
    JUPYTER_PATH: rest === undefined || rest === '' ? share() : `${share()}${path.delimiter}${rest}`,
    JUPYTER_PREFER_ENV_PATH: '1',
    PYTHONUNBUFFERED: '1',
  };
}
