import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { InputError, ModelError } from '../../errors.js';

/** A model that Ollama keeps on this disk. */
export type OllamaModel = { readonly file: string; readonly bytes: number; readonly licence: string | undefined };

/** Where Ollama keeps models: OLLAMA_MODELS, else the folder of the user, else that of its service on Linux. Those that are there. */
export function ollamaStores(environment: NodeJS.ProcessEnv): readonly string[] {
  const { OLLAMA_MODELS: own } = environment;
  const usual = [
    join(homedir(), '.ollama', 'models'),
    '/usr/share/ollama/.ollama/models',
    '/var/lib/ollama/.ollama/models',
  ];
  return (own ? [own] : usual).filter((folder) => existsSync(join(folder, 'manifests')));
}

/**
 * The GGUF file behind `ollama:NAME` or `ollama:NAME:TAG`, read from Ollama's manifests, whether or not its server runs. Throws `InputError`
 * where the name is none or no store has it, `ModelError` for a store that is damaged.
 */
export function findOllamaFile(name: string, environment: NodeJS.ProcessEnv): OllamaModel {
  const [, path = '', tag = 'latest'] = /^([\w.-]+(?:\/[\w.-]+){0,3})(?::([\w.-]+))?$/.exec(name) ?? [];
  if (path === '' || path.split('/').some((piece) => /^\.+$/.test(piece))) {
    throw new InputError(`Cannot open model "ollama:${name}": write it as ollama:NAME or ollama:NAME:TAG`);
  }
  const stores = ollamaStores(environment);
  if (stores.length === 0) {
    throw new InputError(
      `Cannot open model "ollama:${name}": Ollama keeps no models on this disk; pull one, or set OLLAMA_MODELS to its folder`,
    );
  }
  for (const store of stores) {
    const manifest = join(store, 'manifests', ...fullPath(path), tag);
    if (existsSync(manifest) && statSync(manifest).isFile()) return readOllamaManifest(manifest, store);
  }
  throw new InputError(
    `Cannot open model "ollama:${name}": no such model in ${stores.join(', ')}; see mathpie models, or pull it: ollama pull ${name}`,
  );
}

/** `qwen3` is `registry.ollama.ai/library/qwen3`, `me/mine` one of a namespace; a name with a host is whole. */
function fullPath(path: string): readonly string[] {
  const pieces = path.split('/');
  if (pieces.length === 1) return ['registry.ollama.ai', 'library', ...pieces];
  return pieces.length === 2 && !pieces[0]?.includes('.') ? ['registry.ollama.ai', ...pieces] : pieces;
}

/** What a manifest says of its model. Throws `ModelError` where the file or the weights are not what they should be. */
export function readOllamaManifest(manifest: string, store: string): OllamaModel {
  const damaged = (reason: string): ModelError =>
    new ModelError(`Cannot use ${manifest}: ${reason}; pull the model again`);
  let layers: readonly { mediaType?: unknown; digest?: unknown; size?: unknown }[];
  try {
    const value: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
    layers = (value as { layers: typeof layers }).layers;
    if (!Array.isArray(layers) || layers.some((layer) => typeof layer !== 'object' || layer === null))
      throw new TypeError('no layers');
  } catch {
    throw damaged('it is no manifest of Ollama');
  }
  const layerOf = (kind: string) =>
    layers.find(({ mediaType }) => mediaType === `application/vnd.ollama.image.${kind}`);
  const blobOf = (kind: string): string | undefined => {
    const digest = layerOf(kind)?.digest;
    const [, hash] = /^sha256:([0-9a-f]{64})$/.exec(String(digest)) ?? [];
    return hash === undefined ? undefined : join(store, 'blobs', `sha256-${hash}`);
  };
  const file = blobOf('model');
  if (file === undefined) throw damaged('it names no weights');
  if (!existsSync(file)) throw damaged(`its weights are not there (${file})`);
  const [{ size: bytes }, told] = [statSync(file), layerOf('model')?.size];
  if (typeof told === 'number' && told !== bytes)
    throw damaged(`its weights have ${bytes} bytes instead of ${told} (${file})`);
  // Without it another model would answer, and nothing would say so
  if (layerOf('adapter') !== undefined)
    throw new ModelError(
      `Cannot use ${manifest}: it is an adapter on the weights of another model; use Ollama's server (http://127.0.0.1:11434/v1#NAME)`,
    );
  const licence = blobOf('license');
  const text = licence !== undefined && existsSync(licence) ? readFileSync(licence, 'utf8').slice(0, 4000) : undefined;
  return { file, bytes, licence: text === undefined ? undefined : nameLicence(text) };
}

/** A licence's name from its text: the first line that says something. */
function nameLicence(text: string): string | undefined {
  if (/Apache License\s+Version 2\.0/.test(text)) return 'apache-2.0';
  if (/^\s*MIT License|Permission is hereby granted, free of charge/.test(text)) return 'mit';
  return text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '')
    ?.slice(0, 60);
}
