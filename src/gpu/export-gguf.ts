import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CancelledError, GpuError, InputError } from '../errors.js';
import { flushFolder } from '../storage/flush-folder.js';
import { makeDirectory } from '../storage/make-directory.js';
import { storageFailure } from '../storage/storage-failure.js';
import { scriptsFolder } from './contract.js';
import { findPython } from './find-python.js';
import { hideSecrets } from './hide-secrets.js';
import { quoteWords } from './quote-words.js';
import { runChild } from './run-child.js';
import { waitAfterStopMs } from './wait-after-stop.js';

/** How the weight matrices are written: 8 bits with a scale a block of 32, or 16 or 32 bits. */
export const ggufTypes = ['q8_0', 'f16', 'f32'] as const;
export type GgufType = (typeof ggufTypes)[number];

export type ExportGgufOptions = {
  /** A folder that a training of ours, or `save_pretrained`, wrote. */
  readonly model: string;
  readonly out: string;
  /** @default 'q8_0' */
  readonly type?: GgufType;
  /** What the file calls the model. @default the folder's name */
  readonly name?: string | undefined;
  /** The Python executable. @default MATHPIE_PYTHON, or the first environment that has the packages */
  readonly python?: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Writes a folder with a Llama as one GGUF file (python-gpu/export_gguf.py), whole or not at all; returns the script's own line of what it
 * wrote. Throws `InputError` for a folder that it refuses, `GpuError` when the script fails.
 */
export async function exportGguf({
  model,
  out,
  type = 'q8_0',
  name,
  python,
  environment = process.env,
  signal,
}: ExportGgufOptions): Promise<string> {
  const executable = python ?? (await findPython(needs, { environment }));
  const temporary = `${out}.partial`;
  await makeDirectory(dirname(out)).catch((error: unknown) => {
    throw storageFailure(`write ${out}`, error);
  });
  const words = [
    '--checkpoint',
    model,
    '--out',
    temporary,
    '--type',
    type,
    ...(name === undefined ? [] : ['--name', name]),
  ];
  const lines: string[] = [];
  const command = [executable, join(scriptsFolder(), 'export_gguf.py'), ...words];
  const { exitCode, errorLines } = await runChild(command, {
    signal,
    graceMs: waitAfterStopMs.script,
    environment,
    workerCommand: undefined,
    onOutput: (line) => lines.push(line),
  });
  if (exitCode !== 0) {
    await rm(temporary, { force: true });
    if (signal?.aborted) throw new CancelledError(`Stopped while writing ${out}; nothing was written`);
    const line = hideSecrets(environment)(
      errorLines.at(-1) ?? `Cannot export ${model}: the script ended without a word`,
    );
    if (line.startsWith('Cannot ')) throw new InputError(line);
    throw new GpuError(`Cannot export ${model}: ${line}`, {
      command: quoteWords(command),
      exitCode,
      logLines: errorLines,
    });
  }
  try {
    const handle = await open(temporary, 'r+');
    await handle.datasync().finally(() => handle.close());
    await rename(temporary, out);
    await flushFolder(dirname(out));
  } catch (error) {
    throw storageFailure(`write ${out}`, error);
  }
  return (lines.at(-1) ?? '').replace(temporary, out);
}

const needs = {
  script: 'export_gguf.py',
  modules: ['torch', 'safetensors', 'gguf'],
  platform: 'cpu',
  environments: ['.venv-gpu', '.venv-cuda', '.venv-engines'],
} as const;
