import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { exportGguf } from '../../gpu/export-gguf.js';
import { hashFile } from '../../storage/hash-file.js';
import { writeAtomic } from '../../storage/write-atomic.js';
import { isOwnModel } from '../own-models.js';

/** Whether a model string is the path of a folder with a checkpoint, such as `runs/sft/model`. */
export const isModelFolder = (name: string): boolean => existsSync(join(name, 'config.json'));

/**
 * Whether a folder is for an engine on the GPU, where there is one. What was trained from one of our own small models is answered on the processor, as these are, sooner than
 * an engine is loaded; and a model before and after its training is asked by one engine.
 */
export const isForGpu = (name: string): boolean => isModelFolder(name) && !isOwnModel(name);

/** What the GGUF of a folder is made of; anything else in it may change. */
const isPart = (file: string): boolean =>
  /\.safetensors(\.index\.json)?$|^(config|tokenizer|tokenizer_config)\.json$|^chat_template\.jinja$/.test(file);

/**
 * The GGUF file of a folder, for the engine on the processor: `FOLDER.q8_0.gguf` beside it, made where it is absent or where a checksum of
 * what it was made of, or its own, has changed (`FOLDER.q8_0.gguf.json`). Throws as `exportGguf`.
 */
export async function ggufOfFolder(
  folder: string,
  {
    environment,
    onNote,
    signal,
    make = exportGguf,
  }: {
    readonly environment: NodeJS.ProcessEnv;
    readonly onNote?: ((line: string) => void) | undefined;
    readonly signal?: AbortSignal | undefined;
    readonly make?: typeof exportGguf;
  },
): Promise<string> {
  const path = resolve(folder);
  const file = `${path}.q8_0.gguf`;
  const made: Record<string, string> = {};
  for (const part of readdirSync(path).filter(isPart).sort()) made[part] = await hashFile(join(path, part));
  const record = readRecord(`${file}.json`);
  const isKept = record !== undefined && existsSync(file) && JSON.stringify(record.from) === JSON.stringify(made);
  if (isKept && record.sha256 === (await hashFile(file))) return file;
  onNote?.(`Writing ${folder} as ${file}, for the engine on the processor`);
  await make({ model: path, out: file, type: 'q8_0', environment, signal });
  await writeAtomic(`${file}.json`, `${JSON.stringify({ sha256: await hashFile(file), from: made }, null, 2)}\n`);
  return file;
}

function readRecord(file: string): { readonly sha256?: unknown; readonly from?: unknown } | undefined {
  try {
    const record: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof record === 'object' && record !== null ? record : undefined;
  } catch {
    return undefined;
  }
}
