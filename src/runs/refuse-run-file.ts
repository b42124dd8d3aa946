import { basename, dirname } from 'node:path';
import { InputError } from '../errors.js';
import { listArtifacts } from './artifacts.js';
import { readRunConfig } from './run-config.js';
import { isOwnFile } from './run-manifest.js';

/** Refuses to write over what a run is made of: its records were paid for. Throws `InputError`. */
export async function refuseRunFile(file: string): Promise<void> {
  const directory = dirname(file);
  const name = basename(file);
  const config = await readRunConfig(directory).catch(() => undefined);
  if (config === undefined) return;
  const artifacts = await listArtifacts(directory).catch(() => []);
  if (!isOwnFile(name) && !artifacts.some((artifact) => artifact.file === name)) return;
  throw new InputError(`Cannot write ${file}: it is a file of the run in ${directory}; choose another name`, { file });
}
