import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { ModelError } from '../../errors.js';

/** The release whose internal methods `llama-engine.ts` was written and tested against. Pinned in package.json too. */
export const addonVersion = '3.22.1';

/** The parts of node-llama-cpp's native addon that we use; no public interface, hence the pinned release. */
export type Addon = {
  readonly AddonModel: new (
    file: string,
    options: { addonExports: Addon; gpuLayers: number; useMmap: boolean },
  ) => AddonModel;
  readonly AddonContext: new (model: AddonModel, options: AddonContextOptions) => AddonContext;
  readonly AddonSampler: new (model: AddonModel) => AddonSampler;
  setLoggerLogLevel(level: number): void;
  loadBackends(folder?: string): void;
  getGpuType(): string | false | undefined;
  init(): Promise<void>;
};

export type AddonModel = {
  init(): Promise<boolean>;
  dispose(): Promise<void>;
  tokenize(text: string, special: boolean): Uint32Array;
  detokenize(tokens: Uint32Array, special?: boolean): string;
  getTrainContextSize(): number;
  tokenBos(): number;
  tokenEos(): number;
  getTokenString(token: number): string;
  getTokenAttributes(token: number): number;
  isEogToken(token: number): boolean;
  shouldPrependBosToken(): boolean;
};

type AddonContextOptions = {
  readonly contextSize: number;
  readonly batchSize: number;
  readonly sequences: number;
  readonly threads: number;
  readonly flashAttention: boolean;
};

export type AddonContext = {
  init(): Promise<boolean>;
  dispose(): Promise<void>;
  setThreads(threads: number): void;
  initBatch(size: number): void;
  addToBatch(sequence: number, position: number, tokens: Uint32Array, logitIndexes: Uint32Array): Uint32Array;
  decodeBatch(): Promise<void>;
  sampleToken(row: number, sampler: AddonSampler): Promise<number>;
  sampleToken(
    row: number,
    sampler: AddonSampler,
    probabilities: boolean,
    confidence: boolean,
    logits: readonly [tokens: readonly number[], max: boolean, min: boolean, selected: boolean, top: number],
    totalLogitWeight: boolean,
  ): Promise<[token: number, none: undefined, confidence: undefined, logits: number[], totalLogitWeight: number]>;
  disposeSequence(sequence: number): void;
  removeTokenCellsFromSequence(sequence: number, start: number, end: number): boolean;
  copySequenceStateFromOtherSequence(target: number, source: number): Promise<number>;
};

export type AddonSampler = {
  applyConfig(options: {
    temperature: number;
    topK?: number;
    topP?: number;
    minP?: number;
    seed?: number;
    tokenBiasKeys?: Uint32Array;
    tokenBiasValues?: Float32Array;
  }): void;
  dispose(): void;
};

export type LoadedAddon = { readonly addon: Addon; readonly gpu: boolean };

let loading: Promise<LoadedAddon> | undefined;

/**
 * Loads the native code of the platform package, once per process. We take the platform package alone: the package
 * around it adds 55 MB (a compiler chain and a downloader), and its top-level await breaks `require` in notebooks.
 * `MATHPIE_GPU` = `cuda` or `vulkan` takes that variant where it was installed (docs/embedded-engine.md).
 */
export function loadAddon(environment: NodeJS.ProcessEnv = process.env): Promise<LoadedAddon> {
  loading ??= load(environment).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(environment: NodeJS.ProcessEnv): Promise<LoadedAddon> {
  const name = variantName(environment.MATHPIE_GPU ?? '');
  const require = createRequire(import.meta.url);
  const folder = binaryFolder(name, require);
  try {
    const addon = require(join(folder, 'llama-addon.node')) as Addon;
    addon.setLoggerLogLevel(0); // silence: what goes wrong is said by our own errors
    addon.loadBackends();
    if (addon.getGpuType() === undefined) addon.loadBackends(folder);
    await addon.init();
    const gpu = Boolean(addon.getGpuType());
    if (environment.MATHPIE_GPU && !gpu) {
      throw new ModelError(
        `Cannot start the embedded engine: MATHPIE_GPU is "${environment.MATHPIE_GPU}" and no such GPU or driver is here, unset it`,
      );
    }
    return { addon, gpu };
  } catch (cause) {
    if (cause instanceof ModelError) throw cause;
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new ModelError(
      `Cannot start the embedded engine: ${basename(folder)}/llama-addon.node does not load here (${reason}), use an http:// model instead`,
      { cause },
    );
  }
}

const variants: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-arm64': 'mac-arm64-metal',
  'darwin-x64': 'mac-x64',
  'win32-x64': 'win-x64',
};

function variantName(gpu: string): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = variants[platform];
  if (name === undefined) {
    throw new ModelError(`Cannot start the embedded engine: no binary for ${platform}, use an http:// model instead`);
  }
  if (gpu !== '' && gpu !== 'cuda' && gpu !== 'vulkan') {
    throw new ModelError(`Cannot start the embedded engine: MATHPIE_GPU is "${gpu}", set it to cuda or vulkan`);
  }
  return gpu === '' ? name : `${name}-${gpu}`;
}

function binaryFolder(name: string, require: NodeJS.Require): string {
  const packageName = `@node-llama-cpp/${name}`;
  const wayOut = `install it with: npm install --no-save ${packageName}@${addonVersion}`;
  let root: string;
  try {
    root = join(dirname(require.resolve(packageName)), '..');
  } catch (cause) {
    throw new ModelError(`Cannot start the embedded engine: ${packageName} is not installed, ${wayOut}`, { cause });
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  if (version !== addonVersion) {
    throw new ModelError(`Cannot start the embedded engine: ${packageName} is ${version}, ${wayOut}`);
  }
  return join(root, 'bins', name);
}
