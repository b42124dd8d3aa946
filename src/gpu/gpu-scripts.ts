import { stopButton } from '../stop-button.js';
import type { ScriptConfig } from './check-config.js';
import { findPython } from './find-python.js';
import { readRecipe } from './read-recipe.js';
import { type PythonRun, type RunPythonOptions, runPython } from './run-python.js';
import { dataKey, type ScriptName, scriptNeeds } from './scripts.js';
import { setKeys } from './set-keys.js';

/** What all scripts of python-gpu share; docs/gpu.md says more, each script's settings stand in its schema. */
export type GpuScriptOptions = Omit<RunPythonOptions, 'script' | 'config' | 'python' | 'folder'> & {
  /** JSON file with settings, or the name of one in configs/recipes. */
  readonly recipe?: string;
  /** A folder with a checkpoint, or OWNER/NAME on the Hugging Face hub; `vllm:` in front may stay. */
  readonly model?: string;
  /** JSONL file that the script reads. */
  readonly data?: string;
  /** Settings that go before the recipe's. */
  readonly config?: ScriptConfig;
  /** Settings as text, such as `learningRate=1e-5`; they go before all others. */
  readonly set?: readonly string[];
  /** The Python executable. @default MATHPIE_PYTHON, or the first environment that has the packages */
  readonly python?: string;
};

/** Generates with vLLM: requests of a JSONL file to `completions.jsonl` in the run directory. */
export const generate = (options: GpuScriptOptions): Promise<PythonRun> => runGpuScript('generate', options);

/**
 * Fine-tunes on responses: the model goes to `model/` in the run directory.
 *
 * @example await trainSft({ recipe: 'sft-mistral-7b', data: 'rows.jsonl', run: 'runs/sft', gpus: 8 });
 */
export const trainSft = (options: GpuScriptOptions): Promise<PythonRun> => runGpuScript('train-sft', options);

/** Trains on preference pairs (DPO). */
export const trainDpo = (options: GpuScriptOptions): Promise<PythonRun> => runGpuScript('train-dpo', options);

/** Scores responses with a reward model: `scores.jsonl` in the run directory. */
export const scoreRewards = (options: GpuScriptOptions): Promise<PythonRun> => runGpuScript('score-rewards', options);

/** Embeds texts with sentence-transformers. */
export const embed = (options: GpuScriptOptions): Promise<PythonRun> => runGpuScript('embed', options);

/**
 * Puts the settings together (recipe, then `config`, `model`, `data`, then `set`), finds Python and runs the script. In a notebook the stop
 * button ends it in good order where no other signal is given.
 */
export async function runGpuScript(
  script: ScriptName,
  { recipe, model, data, config = {}, set = [], python, ...rest }: GpuScriptOptions,
): Promise<PythonRun> {
  const settings = {
    ...(recipe === undefined ? {} : await readRecipe(recipe, { script })),
    ...config,
    ...(model === undefined ? {} : { model: model.replace(/^vllm:/, '') }),
    ...(data === undefined ? {} : { [dataKey(script)]: data }),
  };
  const signal = rest.signal ?? stopButton.signal();
  return runPython({
    ...rest,
    ...(signal && { signal }),
    script,
    config: setKeys(settings, set),
    python: python ?? (() => findPython(scriptNeeds(script), { environment: rest.environment ?? process.env })),
  });
}
