import { existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Environment } from '../environment.js';
import { findPython, installCommand, type Needs } from '../gpu/find-python.js';
import { hasNvidiaGpu, type ScriptName, scriptNeeds } from '../gpu/scripts.js';
import type { ReachableModel } from '../models/files/list-models.js';
import { packagePath } from '../package-root.js';

/** What was looked at, and how it is. `mend` is a command, or what to do where no command does it. */
export type Finding = {
  readonly part: string;
  /** `missing`: something needed; `absent`: something that only some work wants. */
  readonly state: 'works' | 'missing' | 'absent';
  readonly found: string;
  readonly mend: string | null;
};

export type MachineEffects = {
  readonly nodeVersion: string;
  readonly hasGpu: () => boolean;
  /** The version of a Python that can make environments; throws with the way out. */
  readonly readPython: () => Promise<string>;
  readonly hasKernel: () => boolean;
  readonly openPocket: () => Promise<void>;
  readonly hasPackage: (name: string) => boolean;
  readonly findScriptPython: (needs: Needs) => Promise<string>;
  readonly listModels: () => Promise<readonly ReachableModel[]>;
  readonly freeBytes: () => Promise<number>;
  /** The file of the user's defaults and the keys in it, undefined where there is none; throws with its fault. */
  readonly readDefaults: () => Promise<{ readonly file: string; readonly keys: readonly string[] } | undefined>;
};

/** Below this a run of a few ten thousand rows, or a small model, may not fit. */
const enoughBytes = 2e9;
const oldestNode = [20, 19] as const;

/** Looks at all that work here may want, side by side. Never throws: what cannot be looked at is missing, with its reason. */
export async function surveyMachine(effects: MachineEffects): Promise<readonly Finding[]> {
  const models = effects.listModels().catch(() => []);
  const parts: readonly Promise<Finding>[] = [
    Promise.resolve(describeNode(effects.nodeVersion)),
    look('the model pocket, in Node', 'missing', 'npm install', async () => {
      await effects.openPocket();
      return 'opens';
    }),
    look('disk', 'missing', 'free some space, or work in another folder', async () => {
      const free = await effects.freeBytes();
      if (free < enoughBytes) throw new Error(`${gigabytes(free)} free here`);
      return `${gigabytes(free)} free here`;
    }),
    look('Python', 'absent', 'install Python 3.10 or newer, https://www.python.org', effects.readPython),
    look('notebook kernel', 'absent', 'mathpie lab', async () => {
      if (!effects.hasKernel()) throw new Error('not there yet');
      return 'TypeScript, in .venv';
    }),
    look('data frames', 'absent', 'npm install danfojs-node', async () => {
      if (!effects.hasPackage('danfojs-node')) throw new Error('danfojs-node is not installed');
      return 'danfojs-node';
    }),
    Promise.resolve(describeGpu(effects.hasGpu())),
    ...scriptParts.map(({ part, script }) => describeScript(part, scriptNeeds(script, effects.hasGpu()), effects)),
    models.then(describeKeys),
    models.then(describeServers),
    models.then(describeFiles),
  ];
  return [...(await Promise.all(parts)), ...(await describeDefaults(effects))];
}

const scriptParts: readonly { readonly part: string; readonly script: ScriptName }[] = [
  { part: 'training', script: 'train-sft' },
  { part: 'generation by vLLM', script: 'generate' },
  { part: 'embeddings', script: 'embed' },
];

async function look(
  part: string,
  otherwise: 'missing' | 'absent',
  mend: string,
  work: () => Promise<string>,
): Promise<Finding> {
  try {
    return { part, state: 'works', found: await work(), mend: null };
  } catch (error) {
    return { part, state: otherwise, found: error instanceof Error ? error.message : String(error), mend };
  }
}

function describeNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  const mend = isNew ? null : `install Node ${oldestNode.join('.')} or newer, https://nodejs.org`;
  return { part: 'Node', state: isNew ? 'works' : 'missing', found: version, mend };
}

function describeGpu(hasGpu: boolean): Finding {
  if (hasGpu) return { part: 'GPU', state: 'works', found: 'NVIDIA', mend: null };
  const found = 'none of NVIDIA; pocket, student, GGUF files and endpoints need none';
  return { part: 'GPU', state: 'absent', found, mend: 'mathpie hardware (which model fits which)' };
}

function describeScript(part: string, needs: Needs, { findScriptPython }: MachineEffects): Promise<Finding> {
  return look(part, 'absent', installCommand(needs, undefined), async () => {
    try {
      return await findScriptPython(needs);
    } catch {
      throw new Error(`no Python here has ${needs.modules.join(' and ')}`);
    }
  });
}

function describeKeys(models: readonly ReachableModel[]): Finding {
  const keys = models.filter(({ kind }) => kind === 'key').map(({ note, name }) => note ?? name);
  return keys.length > 0
    ? { part: 'keys', state: 'works', found: keys.join(', '), mend: null }
    : { part: 'keys', state: 'absent', found: 'none is set', mend: 'export OPENAI_API_KEY=… (docs/endpoints.md)' };
}

function describeServers(models: readonly ReachableModel[]): Finding {
  const servers = models.filter(({ kind }) => kind === 'server').map(({ name }) => name);
  return servers.length > 0
    ? { part: 'servers', state: 'works', found: servers.join(', '), mend: null }
    : { part: 'servers', state: 'absent', found: 'none answers on the usual ports', mend: 'ollama serve' };
}

function describeFiles(models: readonly ReachableModel[]): Finding {
  const files = models.filter(({ available, kind }) => available && (kind === 'hub cache' || kind === 'ollama'));
  return files.length > 0
    ? { part: 'bigger models', state: 'works', found: files.map(({ name }) => name).join(', '), mend: null }
    : {
        part: 'bigger models',
        state: 'absent',
        found: 'none on this disk',
        mend: 'name one as --model hf:OWNER/REPO:Q4_K_M: it is fetched once (docs/models-by-name.md)',
      };
}

/** Told where there is such a file: with a fault in it, it stops every command but a few. */
async function describeDefaults({ readDefaults }: MachineEffects): Promise<readonly Finding[]> {
  let isThere = true;
  const finding = await look('own defaults', 'missing', 'correct the file, or move it away', async () => {
    const found = await readDefaults();
    isThere = found !== undefined;
    return `${found?.file} sets ${found?.keys.join(', ') || 'nothing'}`;
  });
  return isThere ? [finding] : [];
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** This machine. */
export function machineEffects(environment: NodeJS.ProcessEnv): MachineEffects {
  return {
    nodeVersion: process.versions.node,
    hasGpu: hasNvidiaGpu,
    readPython,
    hasKernel,
    openPocket: async () => {
      const { openModel } = await import('../models/open-model.js');
      await (await openModel('pocket', { environment })).close();
    },
    hasPackage: (name) => {
      try {
        createRequire(import.meta.url).resolve(name);
        return true;
      } catch {
        return false;
      }
    },
    findScriptPython: (needs) => findPython(needs, { environment: environment as Environment }),
    listModels: async () => {
      const { listModels } = await import('../models/files/list-models.js');
      return listModels({ environment });
    },
    freeBytes: async () => {
      const { bavail, bsize } = await statfs(resolve('.'));
      return bavail * bsize;
    },
    readDefaults: async () => {
      const [{ readDefaults }, { allCommands }] = await Promise.all([
        import('./read-defaults.js'),
        import('./run-command-line.js'),
      ]);
      const found = readDefaults(allCommands());
      return found && { file: found.file, keys: Object.keys(found.entries) };
    },
  };
}

/** The one that the set-up would take. */
async function readPython(): Promise<string> {
  const file = pathToFileURL(packagePath('scripts', 'prepare', 'find-python.mjs')).href;
  const { findPython: find } = (await import(file)) as { findPython: () => Promise<{ readonly version: string }> };
  return (await find()).version;
}

/** Whether the set-up wrote a kernel, and the Node and tslab that it names are still there. */
function hasKernel(): boolean {
  const kernel = join('.venv', 'share', 'jupyter', 'kernels', 'tslab', 'kernel.json');
  const file = [packagePath(kernel), resolve('.mathpie', kernel)].find((each) => existsSync(each));
  if (file === undefined) return false;
  const { argv } = JSON.parse(readFileSync(file, 'utf8')) as { readonly argv: readonly string[] };
  return argv.filter((word) => word.includes('/') || word.includes('\\')).every((word) => existsSync(word));
}
