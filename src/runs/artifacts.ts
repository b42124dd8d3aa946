import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError, StorageError } from '../errors.js';
import { hashFile } from '../storage/hash-file.js';
import { readJsonTexts } from '../storage/read-json-texts.js';
import { readFailure } from '../storage/storage-failure.js';
import type { RunManifest } from './run-manifest.js';

/** Rows that a stage left in a run directory. The manifest names them, so that nobody looks for files by their names. */
export type Artifact = {
  /** What they are, whatever their file is called: `instructions`, `solutions`, `candidates`, `pairs`, … */
  readonly name: string;
  /** The stage that made them. */
  readonly stage: string;
  /** A plain file name in the directory. */
  readonly file: string;
  readonly rows: number;
  /** Files beside it that its stage wrote too, such as its card: where one is gone, the stage is done again. */
  readonly beside?: readonly string[] | undefined;
};

/**
 * The manifest of a run directory; undefined while no stage has finished there. Throws `StorageError` where the file is no manifest: the
 * rows it named are then known to nobody.
 */
export async function findManifest(directory: string): Promise<RunManifest | undefined> {
  const file = join(directory, 'manifest.json');
  if (!existsSync(file)) return undefined;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw readFailure(file, error);
  }
  try {
    const manifest = JSON.parse(text);
    if (isManifest(manifest)) return manifest;
  } catch {
    // The one message for all that is no manifest
  }
  throw new StorageError(
    `Cannot use ${file}: it is damaged; delete it and repeat the commands of this directory, which ask nothing again`,
  );
}

/** Files of earlier versions name no artifacts. */
function isManifest(value: unknown): value is RunManifest {
  const { finished, files, artifacts = [] } = value as Partial<RunManifest>;
  return isObject(finished) && isObject(files) && Array.isArray(artifacts) && artifacts.every(isArtifact(files));
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A file that lies elsewhere, or that the manifest has no checksum of, was named by somebody else. */
const isArtifact =
  (files: object) =>
  (value: unknown): boolean => {
    const { name, stage, file, rows, beside = [] } = (value ?? {}) as Partial<Artifact>;
    const isNamed = typeof name === 'string' && typeof stage === 'string' && typeof rows === 'number';
    const isOwn = (named: unknown): boolean =>
      typeof named === 'string' && Object.hasOwn(files, named) && basename(named) === named;
    return isNamed && Array.isArray(beside) && [file, ...beside].every(isOwn);
  };

/** The artifacts of a run directory in the order in which their stages finished first. */
export async function listArtifacts(directory: string): Promise<readonly Artifact[]> {
  return (await findManifest(directory))?.artifacts ?? [];
}

/** The latest artifact of the first of these names that has one; or of the one that this stage made. */
export function latestArtifact(
  artifacts: readonly Artifact[],
  names: readonly string[],
  { stage }: { readonly stage?: string | undefined } = {},
): Artifact | undefined {
  for (const name of names) {
    const found = artifacts.findLast(
      (artifact) => artifact.name === name && (stage === undefined || artifact.stage === stage),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The rows of an artifact: of a JSON array or of JSON lines. Throws `InputError` that names the file where it is gone, or is not what its
 * stage wrote: rows that were changed by hand are given as files of one's own.
 */
export async function readArtifact<Row extends object>(
  directory: string,
  artifact: Pick<Artifact, 'file' | 'stage'>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const row of streamArtifact<Row>(directory, artifact)) rows.push(row);
  return rows;
}

/** The same, one row at a time, for those that may be too many for memory. */
export async function* streamArtifact<Row extends object>(
  directory: string,
  { file, stage }: Pick<Artifact, 'file' | 'stage'>,
): AsyncGenerator<Row> {
  const path = join(directory, file);
  const wayOut = `repeat the command of ${stage}, which makes it again and asks nothing`;
  if (!existsSync(path)) throw new InputError(`Cannot use ${path}: it is gone; ${wayOut}`, { file: path });
  const expected = (await findManifest(directory))?.files[file];
  if (expected !== undefined && (await hashFile(path)) !== expected) {
    throw new InputError(
      `Cannot use ${path}: it is damaged, or was changed after ${stage} wrote it; ${wayOut}, or give the changed file as data`,
      { file: path },
    );
  }
  for await (const { text, place } of readJsonTexts(path)) {
    try {
      yield JSON.parse(text);
    } catch (cause) {
      throw new InputError(`Cannot use ${path}, row ${place}: not JSON; ${wayOut}`, { file: path, line: place, cause });
    }
  }
}

/** Whether every artifact of a stage is there as the stage wrote it. */
export async function isWhole(
  directory: string,
  artifacts: readonly Artifact[],
  manifest: RunManifest,
): Promise<boolean> {
  for (const { file, beside = [] } of artifacts) {
    const path = join(directory, file);
    if (!existsSync(path) || (await hashFile(path)) !== manifest.files[file]) return false;
    // Cards may have been written on by hand
    if (!beside.every((name) => existsSync(join(directory, name)))) return false;
  }
  return true;
}

/** Artifacts of a stage in the place of those that it left before, or behind all others. */
export function putArtifacts(
  all: readonly Artifact[],
  { stage, made }: { readonly stage: string; readonly made: readonly Artifact[] },
): readonly Artifact[] {
  const place = all.findIndex((artifact) => artifact.stage === stage);
  const others = all.filter((artifact) => artifact.stage !== stage);
  return place === -1 ? [...others, ...made] : [...others.slice(0, place), ...made, ...others.slice(place)];
}
