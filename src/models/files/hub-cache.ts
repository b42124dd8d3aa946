import { existsSync } from 'node:fs';
import { copyFile, readdir, readFile, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { makeDirectory } from '../../storage/make-directory.js';
import { storageFailure } from '../../storage/storage-failure.js';
import { writeAtomic } from '../../storage/write-atomic.js';

/**
 * Where the hub's tools keep what they fetch, by their own variables: HF_HUB_CACHE, else HUGGINGFACE_HUB_CACHE, else `hub` in HF_HOME, else `~/.cache/huggingface/hub`.
 */
export function hubCacheDirectory(environment: NodeJS.ProcessEnv): string {
  const { HF_HUB_CACHE: own, HUGGINGFACE_HUB_CACHE: older, HF_HOME: home, XDG_CACHE_HOME: caches } = environment;
  if (own || older) return own || older || '';
  return join(home || join(caches || join(homedir(), '.cache'), 'huggingface'), 'hub');
}

/** The folder of a repository: `blobs`, `snapshots/COMMIT` with links to them, and `refs` from names to commits. */
export const repoDirectory = (cache: string, repo: string): string =>
  join(cache, `models--${repo.replaceAll('/', '--')}`);

const isCommit = (revision: string): boolean => /^[0-9a-f]{40}$/.test(revision);

/** The folder of a revision that was fetched before; undefined where none was. */
export async function findSnapshot(directory: string, revision: string): Promise<string | undefined> {
  const commit = isCommit(revision)
    ? revision
    : (await readFile(join(directory, 'refs', revision), 'utf8').catch(() => '')).trim();
  const snapshot = join(directory, 'snapshots', commit);
  return isCommit(commit) && existsSync(snapshot) ? snapshot : undefined;
}

/** The paths of the files of a snapshot that are really there. */
export async function listSnapshot(snapshot: string): Promise<readonly string[]> {
  const entries = await readdir(snapshot, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => existsSync(path))
    .map((path) => relative(snapshot, path).replaceAll('\\', '/'))
    .sort();
}

/** Makes a blob a file of a snapshot, and remembers what the revision was: what other tools of the hub look for. */
export async function linkIntoSnapshot({
  directory,
  blob,
  commit,
  revision,
  path,
}: {
  readonly directory: string;
  readonly blob: string;
  readonly commit: string;
  readonly revision: string;
  readonly path: string;
}): Promise<string> {
  const file = join(directory, 'snapshots', commit, path);
  try {
    await makeDirectory(dirname(file));
    if (!existsSync(file)) {
      // Where links are not allowed (Windows), a copy, as the hub's own tools do
      await symlink(relative(dirname(file), blob), file).catch(() => copyFile(blob, file));
    }
    if (!isCommit(revision)) {
      await makeDirectory(dirname(join(directory, 'refs', revision)));
      await writeAtomic(join(directory, 'refs', revision), commit);
    }
    return file;
  } catch (error) {
    throw storageFailure(`write ${file}`, error);
  }
}
