import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors.js';
import type { RunManifest } from './run-manifest.js';

/** The manifest of a run directory: what its stages did. Throws `InputError` while no stage has finished there. */
export async function readManifest(directory: string): Promise<RunManifest> {
  const file = join(directory, 'manifest.json');
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new InputError(`Cannot read ${file}: no stage has finished in this run directory; run one first`, {
      file,
      cause,
    });
  }
}
