import { type LiveRun, liveRun } from '../live-run.js';
import { stopButton } from '../stop-button.js';
import type { ScriptConfig } from './check-config.js';
import type { GpuEvent } from './events.js';
import { findPython } from './find-python.js';
import { readRecipe } from './read-recipe.js';
import { runOrReplay } from './recorded-run.js';
import { type PythonRun, type RunPythonOptions, runPython } from './run-python.js';
import type { GenerateSettings, TrainDpoSettings, TrainSftSettings } from './script-settings.js';
import { dataKey, type ScriptName, scriptNeeds } from './scripts.js';
import { setKeys } from './set-keys.js';

/** What all scripts of python-gpu share; docs/gpu.md says more, each script's settings stand in its schema. */
export type GpuScriptOptions<Settings extends object = ScriptConfig> = Omit<
  RunPythonOptions,
  'script' | 'config' | 'python' | 'folder'
> & {
  /** JSON file with settings, or the name of one in configs/recipes. */
  readonly recipe?: string;
  /** A folder with a checkpoint, or OWNER/NAME on the Hugging Face hub; `vllm:` in front may stay. */
  readonly model?: string;
  /** JSONL file that the script reads. */
  readonly data?: string;
  /** Settings that go before the recipe's. */
  readonly config?: Settings;
  /** Settings as text, such as `learningRate=1e-5`; they go before all others. */
  readonly set?: readonly string[];
  /** The Python executable. @default MATHPIE_PYTHON, or the first environment that has the packages */
  readonly python?: string;
};

/** A script under way: its end as a promise, and its events (steps with their loss, checkpoints, progress) as they come. */
export type GpuRun = LiveRun<PythonRun, GpuEvent>;

/** Generates with vLLM: requests of a JSONL file to `completions.jsonl` in the run directory. */
export const generate = (options: GpuScriptOptions<GenerateSettings>): GpuRun => startGpuScript('generate', options);

/**
 * Fine-tunes on responses: the model goes to `model/` in the run directory. The same on a CPU, on a GPU, and on several (`gpus`, by torchrun).
 * The same call goes on from the last checkpoint of one that was stopped.
 *
 * @example const run = trainSft({ recipe: 'sft-mistral-7b', data: 'rows.jsonl', run: 'runs/sft', gpus: 8 });
 * for await (const event of run.events) if (event.event === 'step-end') console.log(event.step, event.loss);
 * const { end } = await run;
 */
export const trainSft = (options: GpuScriptOptions<TrainSftSettings>): GpuRun => startGpuScript('train-sft', options);

/** Trains on preference pairs (DPO). */
export const trainDpo = (options: GpuScriptOptions<TrainDpoSettings>): GpuRun => startGpuScript('train-dpo', options);

/** Scores responses with a reward model: `scores.jsonl` in the run directory. */
export const scoreRewards = (options: GpuScriptOptions): GpuRun => startGpuScript('score-rewards', options);

/** Embeds texts with sentence-transformers. */
export const embed = (options: GpuScriptOptions): GpuRun => startGpuScript('embed', options);

function startGpuScript(script: ScriptName, options: GpuScriptOptions): GpuRun {
  return liveRun((tell) =>
    runGpuScript(script, {
      ...options,
      onEvent: (event) => {
        tell(event);
        options.onEvent?.(event);
      },
    }),
  );
}

/**
 * Puts the settings together (recipe, then `config`, `model`, `data`, then `set`), finds Python and runs the script. In a notebook the stop
 * button ends it in good order where no other signal is given.
 */
export async function runGpuScript(
  script: ScriptName,
  { recipe, model, data, config = {}, set = [], python, signal, ...rest }: GpuScriptOptions,
): Promise<PythonRun> {
  const settings = {
    ...(recipe === undefined ? {} : await readRecipe(recipe, { script })),
    ...config,
    ...(model === undefined ? {} : { model: model.replace(/^vllm:/, '') }),
    ...(data === undefined ? {} : { [dataKey(script)]: data }),
  };
  const whole = setKeys(settings, set);
  const environment = rest.environment ?? process.env;
  const place = { config: whole, directory: rest.run, onEvent: rest.onEvent ?? (() => undefined), environment };
  const start = (own: AbortSignal | undefined, onEvent: (event: GpuEvent) => void): Promise<PythonRun> =>
    runPython({
      ...rest,
      ...(own && { signal: own }),
      onEvent,
      script,
      config: whole,
      python: python ?? (() => findPython(scriptNeeds(script), { environment })),
    });
  const run = (own: AbortSignal | undefined): Promise<PythonRun> =>
    rest.dryRun === true
      ? start(own, place.onEvent)
      : runOrReplay(script, { ...place, signal: own }, (onEvent) => start(own, onEvent));
  return signal === undefined ? stopButton.during(run) : run(signal);
}
