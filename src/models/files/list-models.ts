import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { packagePath } from '../../package-root.js';
import { findModelConfig } from '../../prompts/model-configs.js';
import { readGguf } from '../embedded/read-gguf.js';
import { doorNames, findDoor } from '../openai/endpoint-table.js';
import { ownModels } from '../own-models.js';
import { ollamaStores, readOllamaManifest } from './find-ollama-file.js';
import { hubCacheDirectory, listSnapshot } from './hub-cache.js';

/** A model that can be named in a command here. */
export type ReachableModel = {
  /** The model string; that of a door ends in `NAME`. */
  readonly name: string;
  readonly kind: 'pocket' | 'hub cache' | 'ollama' | 'server' | 'key';
  /** Of its weights on this disk; null where they are elsewhere. */
  readonly bytes: number | null;
  readonly licence: string | null;
  /** Whether it can continue raw text, which `magpie instruct` needs. */
  readonly raw: boolean;
  /** Whether it could be opened: a file that is whole, a server that answers, a key that is set. */
  readonly available: boolean;
  /** Why not, or which environment variable, or whose server. */
  readonly note: string | null;
};

/** Ports on which servers of this kind listen when nothing else is said. */
const usualPorts: readonly (readonly [number, string])[] = [
  [8000, 'vLLM'],
  [8080, 'llama.cpp'],
  [11434, 'Ollama'],
  [1234, 'LM Studio'],
  [30000, 'SGLang'],
];

/**
 * What is in reach of this machine: our own models, models in the hub's cache and in Ollama's store, servers on their usual ports, and endpoints
 * whose keys are set. Nothing is fetched, and no key is sent anywhere.
 */
export async function listModels({
  environment,
  fetch = globalThis.fetch,
  ports = usualPorts,
  timeoutMs = 1000,
}: {
  readonly environment: NodeJS.ProcessEnv;
  readonly fetch?: typeof globalThis.fetch;
  readonly ports?: readonly (readonly [number, string])[];
  /** How long a server may take to say which models it has. */
  readonly timeoutMs?: number;
}): Promise<readonly ReachableModel[]> {
  const [own, cached, servers] = await Promise.all([
    Promise.all(ownModels.map(describeOwn)),
    listCached(hubCacheDirectory(environment)),
    Promise.all(ports.map(([port, engine]) => askServer({ port, engine, fetch, timeoutMs }))),
  ]);
  return [...own, ...cached, ...(await listOllama(environment)), ...servers.flat(), ...listKeys(environment)];
}

async function describeOwn(name: string): Promise<ReachableModel> {
  const file = packagePath('data', name, `${name}.gguf`);
  return describeFile(file, { name, kind: 'pocket', bytes: (await stat(file)).size, licence: 'mit' });
}

type Known = Pick<ReachableModel, 'name' | 'kind' | 'bytes'> & { readonly licence?: string | undefined };

/** A GGUF file: whether it is whole, and what it says of its licence. */
function describeFile(file: string, { licence, ...known }: Known): ReachableModel {
  const base = { ...known, raw: true };
  try {
    const said = readGguf(file).metadata.get('general.license');
    const own = typeof said === 'string' && said !== '' ? said.slice(0, 60) : undefined;
    return { ...base, licence: licence ?? own ?? null, available: true, note: null };
  } catch (error) {
    const note = error instanceof Error ? error.message.replace(/^Cannot open model .*?: /, '') : String(error);
    return { ...base, licence: licence ?? null, available: false, note };
  }
}

async function listCached(cache: string): Promise<readonly ReachableModel[]> {
  const folders = (await readdir(cache).catch(() => [])).filter((folder) => folder.startsWith('models--')).sort();
  const found = await Promise.all(folders.map((folder) => listRepo(join(cache, folder), folder)));
  return found.flat();
}

async function listRepo(directory: string, folder: string): Promise<readonly ReachableModel[]> {
  const repo = folder.slice('models--'.length).replaceAll('--', '/');
  const snapshots = await readdir(join(directory, 'snapshots')).catch(() => []);
  const models = new Map<string, ReachableModel>();
  for (const commit of snapshots) {
    const snapshot = join(directory, 'snapshots', commit);
    const files = await listSnapshot(snapshot);
    for (const file of files.filter((path) => path.endsWith('.gguf'))) {
      const path = join(snapshot, file);
      const name = `hf:${repo}/${file}`;
      const licence = findModelConfig(repo)?.licence?.name;
      models.set(name, describeFile(path, { name, kind: 'hub cache', bytes: (await stat(path)).size, licence }));
    }
    const weights = files.filter((path) => path.endsWith('.safetensors'));
    if (weights.length > 0 && files.includes('config.json')) {
      const sizes = await Promise.all(weights.map(async (path) => (await stat(join(snapshot, path))).size));
      const bytes = sizes.reduce((sum, size) => sum + size, 0);
      const licence = findModelConfig(repo)?.licence?.name ?? null;
      const name = `vllm:${repo}`;
      models.set(name, {
        name,
        kind: 'hub cache',
        bytes,
        licence,
        raw: true,
        available: true,
        note: 'needs a GPU and vLLM',
      });
    }
  }
  return [...models.values()];
}

async function listOllama(environment: NodeJS.ProcessEnv): Promise<readonly ReachableModel[]> {
  const models: ReachableModel[] = [];
  for (const store of ollamaStores(environment)) {
    const root = join(store, 'manifests');
    const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries.filter((each) => each.isFile())) {
      const manifest = join(entry.parentPath, entry.name);
      const [host = '', ...path] = relative(root, entry.parentPath).replaceAll('\\', '/').split('/');
      const short = host === 'registry.ollama.ai' ? (path[0] === 'library' ? path.slice(1) : path) : [host, ...path];
      const name = `ollama:${short.join('/')}${entry.name === 'latest' ? '' : `:${entry.name}`}`;
      try {
        const { file, bytes, licence } = readOllamaManifest(manifest, store);
        models.push(describeFile(file, { name, kind: 'ollama', bytes, licence }));
      } catch (error) {
        const note = error instanceof Error ? error.message : String(error);
        models.push({ name, kind: 'ollama', bytes: null, licence: null, raw: true, available: false, note });
      }
    }
  }
  return models.sort((left, right) => (left.name < right.name ? -1 : 1));
}

async function askServer({
  port,
  engine,
  fetch,
  timeoutMs,
}: {
  readonly port: number;
  readonly engine: string;
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
}): Promise<readonly ReachableModel[]> {
  const baseUrl = `http://localhost:${port}/v1`;
  try {
    const response = await fetch(`${baseUrl}/models`, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
    const text = (await response.text()).slice(0, 1_000_000);
    const { data } = JSON.parse(text) as { data?: readonly { id?: unknown; owned_by?: unknown }[] };
    return (data ?? []).slice(0, 100).flatMap(({ id }) => {
      if (typeof id !== 'string' || id === '') return [];
      const name = `${baseUrl}#${id}`;
      const licence = findModelConfig(id)?.licence?.name ?? null;
      const note = `a server on the usual port of ${engine}`;
      return [{ name, kind: 'server' as const, bytes: null, licence, raw: true, available: true, note }];
    });
  } catch {
    // Nothing listens there, or nothing of this kind
    return [];
  }
}

function listKeys(environment: NodeJS.ProcessEnv): readonly ReachableModel[] {
  return doorNames
    .filter((door) => Boolean(environment[findDoor(door).key]))
    .map((door) => {
      const isWhole = door !== 'azure' || Boolean(environment.AZURE_OPENAI_ENDPOINT);
      const { key } = findDoor(door);
      const note = isWhole ? `${key} is set` : `${key} is set, AZURE_OPENAI_ENDPOINT is not`;
      return { name: `${door}:NAME`, kind: 'key', bytes: null, licence: null, raw: false, available: isWhole, note };
    });
}
