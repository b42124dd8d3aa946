import { copyFileSync, cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { inCache, inRoot } from '../prepare/paths.mjs';

/** What of the package a notebook reads beside `dist/`. */
const shared = ['configs', 'data', 'python-gpu', 'scripts'];

/** The committed notebooks: their file names, sorted. */
export const listNotebooks = () =>
  readdirSync(inRoot('notebooks'))
    .filter((name) => name.endsWith('.ipynb'))
    .sort();

/**
 * A new folder with the notebook and a copy of the built package in its `node_modules`, as a project that installed it has:
 * notebooks keep their runs in the package's folder, and so begin without any and leave those in this clone alone. Returns the
 * notebook's path.
 */
export function makeNotebookFolder(name) {
  const folder = inCache('notebooks', path.basename(name, '.ipynb'));
  rmSync(folder, { recursive: true, force: true });
  const library = path.join(folder, 'node_modules', 'mathpie');
  mkdirSync(path.join(library, 'notebooks'), { recursive: true });
  cpSync(inRoot('dist'), path.join(library, 'dist'), { recursive: true });
  copyFileSync(inRoot('package.json'), path.join(library, 'package.json'));
  for (const part of shared) symlinkSync(inRoot(part), path.join(library, part), 'junction');
  const notebook = path.join(folder, name);
  copyFileSync(inRoot('notebooks', name), notebook);
  return notebook;
}
