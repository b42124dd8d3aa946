import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { inRoot, isThere } from '../prepare/paths.mjs';

/** The committed notebooks, or those of another folder: their file names, sorted. */
export const listNotebooks = (folder = inRoot('notebooks')) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ipynb'))
    .sort();

/**
 * Removes what earlier runs of a notebook on `pocket` left in `runs/`, so that it begins anew. The notebook does the same with
 * a finished run; an unfinished one it would go on with, and ask for less. Returns the notebook's path.
 */
export function beginAnew(name) {
  const notebook = inRoot('notebooks', name);
  const folders = new Set([...readFileSync(notebook, 'utf8').matchAll(/'runs\/([\w-]+)/g)].map(([, folder]) => folder));
  for (const folder of folders) {
    if (!isThere('runs', folder)) continue;
    for (const job of readdirSync(inRoot('runs', folder))) {
      if (job.includes('pocket')) rmSync(inRoot('runs', folder, job), { recursive: true, force: true });
    }
  }
  return notebook;
}
