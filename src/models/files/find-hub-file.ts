import { existsSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../../environment.js';
import { InputError, ModelError } from '../../errors.js';
import { downloadFile } from '../../problems/download/download-file.js';
import { lockDirectory } from '../../storage/lock-directory.js';
import { findSnapshot, hubCacheDirectory, linkIntoSnapshot, listSnapshot, repoDirectory } from './hub-cache.js';
import { chooseGguf, type HubName, parseHubName } from './hub-name.js';

export type FetchOptions = {
  /** HF_HOME and its like, HF_ENDPOINT, HF_TOKEN, HF_HUB_OFFLINE. */
  readonly environment: Environment;
  /** Told once a fetch: what, its licence, its size, where it goes. */
  readonly onNote?: ((line: string) => void) | undefined;
  readonly onFetch?: ((progress: FetchProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
};

export type FetchProgress = {
  readonly name: string;
  readonly bytes: number;
  readonly total: number | undefined;
  readonly elapsedMs: number;
};

/**
 * The GGUF file of `hf:` behind a model string: in the hub's own cache, which other tools share, or fetched into it. A broken transfer goes
 * on where it broke, in this call and in the next; the file is there only when it has the hub's checksum. The token of HF_TOKEN goes to the
 * hub alone, and is written nowhere. What is in the cache is used without asking the hub. Throws `InputError` for a name that the hub does not know, `ModelError`
 * where it cannot be reached.
 */
export async function findHubFile(text: string, options: FetchOptions): Promise<string> {
  const name = parseHubName(text);
  const directory = repoDirectory(hubCacheDirectory(options.environment), name.repo);
  const snapshot = await findSnapshot(directory, name.revision);
  if (snapshot !== undefined) {
    const there = await findThere(snapshot, name);
    if (there !== undefined) return there;
  }
  if (/^(?:1|on|yes|true)$/i.test(options.environment.HF_HUB_OFFLINE ?? '')) {
    throw new ModelError(
      `Cannot open model "hf:${text}": it is not in ${directory}, and HF_HUB_OFFLINE forbids to fetch it; unset it, or fetch the file elsewhere`,
    );
  }
  return fetchFile(name, { ...options, directory });
}

async function findThere(snapshot: string, name: HubName): Promise<string | undefined> {
  try {
    const file = chooseGguf(await listSnapshot(snapshot), name);
    return join(snapshot, file);
  } catch {
    return undefined;
  }
}

async function fetchFile(
  name: HubName,
  { directory, environment, onNote = () => undefined, onFetch, signal }: FetchOptions & { readonly directory: string },
): Promise<string> {
  const { repo, revision } = name;
  const hubUrl = (environment.HF_ENDPOINT || 'https://huggingface.co').replace(/\/+$/, '');
  const accessToken = environment.HF_TOKEN?.trim() || undefined;
  const access = { hubUrl, ...(accessToken === undefined ? {} : { accessToken }) };
  const { commit, licence, isGated, files } = await askHub(name, access);
  const path = chooseGguf([...files.keys()], name);
  const { size, sha256, gitBlob } = files.get(path) ?? { size: null, sha256: null, gitBlob: null };
  const blob = join(directory, 'blobs', sha256 ?? gitBlob ?? commit);
  if (!existsSync(blob)) {
    onNote(
      `Fetching ${path} of ${repo}${size === null ? '' : ` (${megabytes(size)})`}; licence: ${licence ?? 'none is said there'}${isGated ? ', to be accepted there first' : ''}; it stays in ${directory}`,
    );
    const lockFolder = join(directory, 'blobs', `.mathpie-${(sha256 ?? gitBlob ?? commit).slice(0, 16)}`);
    const lock = await lockDirectory({ directory: lockFolder });
    const startedAt = performance.now();
    try {
      await downloadFile({
        url: `${hubUrl}/${repo}/resolve/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`,
        file: blob,
        expected: { bytes: size, sha256, gitBlob },
        wayOut: 'repeat the command',
        ...(accessToken === undefined ? {} : { headers: { authorization: `Bearer ${accessToken}` } }),
        signal,
        onProgress: ({ bytes, total }) =>
          onFetch?.({ name: path, bytes, total, elapsedMs: performance.now() - startedAt }),
      });
    } finally {
      await lock.release();
      await rmdir(lockFolder).catch(() => undefined);
    }
  }
  return linkIntoSnapshot({ directory, blob, commit, revision, path });
}

type HubFacts = {
  readonly commit: string;
  readonly licence: string | undefined;
  readonly isGated: boolean;
  readonly files: ReadonlyMap<
    string,
    { readonly size: number | null; readonly sha256: string | null; readonly gitBlob: string | null }
  >;
};

async function askHub(
  { repo, revision }: HubName,
  access: { readonly hubUrl: string; readonly accessToken?: string },
): Promise<HubFacts> {
  const { listFiles, modelInfo } = await import('@huggingface/hub');
  try {
    const info = await modelInfo({ name: repo, revision, additionalFields: ['sha', 'cardData'], ...access });
    const files = new Map<string, { size: number | null; sha256: string | null; gitBlob: string | null }>();
    for await (const { type, path, size, lfs, oid } of listFiles({
      repo,
      revision: info.sha,
      recursive: true,
      ...access,
    })) {
      // Of a large file the checksum is that of its content, of a small one git's
      if (type === 'file')
        files.set(path, { size: lfs?.size ?? size, sha256: lfs?.oid ?? null, gitBlob: lfs ? null : (oid ?? null) });
    }
    const { license, license_name: licenseName } = (info.cardData ?? {}) as {
      license?: unknown;
      license_name?: unknown;
    };
    const licence = [licenseName, license].find((each): each is string => typeof each === 'string' && each !== 'other');
    return { commit: info.sha, licence: licence?.slice(0, 60), isGated: Boolean(info.gated), files };
  } catch (error) {
    throw describeTrouble(error, { repo, hubUrl: access.hubUrl, hasToken: access.accessToken !== undefined });
  }
}

function describeTrouble(
  error: unknown,
  { repo, hubUrl, hasToken }: { readonly repo: string; readonly hubUrl: string; readonly hasToken: boolean },
): Error {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  if (status === 401 || status === 403) {
    const wayOut = hasToken
      ? `check the name, accept its licence at ${hubUrl}/${repo}, or use another token`
      : 'check the name, or set HF_TOKEN to a token that may read it';
    return new InputError(`Cannot fetch ${repo}: the hub refuses it (${status}); ${wayOut}`, { cause: error });
  }
  if (status === 404) {
    return new InputError(`Cannot fetch ${repo}: the hub has no such repository or revision (404); check the name`, {
      cause: error,
    });
  }
  if (typeof status === 'number') {
    return new ModelError(`Cannot fetch ${repo}: the hub answers ${status}; repeat the command`, {
      status,
      cause: error,
    });
  }
  return new ModelError(
    `Cannot fetch ${repo}: ${hubUrl} cannot be reached; check the connection, or set HF_ENDPOINT to a mirror`,
    { cause: error },
  );
}

const megabytes = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(1, Math.round(bytes / 1e6))} MB`;
