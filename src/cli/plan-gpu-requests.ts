import { InputError } from '../errors.js';
import type { CommandContext } from './declare/command.js';
import type { Option } from './declare/option.js';
import type { gpuOptions } from './options/gpu-options.js';
import { runGpuCommand } from './run-gpu-command.js';
import { reportPlan } from './show/report-plan.js';

/**
 * The dry run of `generate`: its script checks settings and requests where there is a Python for it, then requests, tokens and
 * time are told. With --probe the engine is really loaded.
 */
export async function planGpuRequests({
  options,
  context,
}: {
  options: { readonly model: string; readonly data: string; readonly run: string; readonly recipe?: string };
  context: CommandContext<typeof gpuOptions & { readonly probe: Option<boolean> }>;
}): Promise<void> {
  const { findPython } = await import('../gpu/find-python.js');
  const { readRecipe } = await import('../gpu/read-recipe.js');
  const { scriptNeeds } = await import('../gpu/scripts.js');
  const { planRequests } = await import('../runs/plan-requests.js');
  const { values, terminal, signal } = context;
  const isPythonThere = await findPython(scriptNeeds('generate'), { environment: process.env }).then(
    () => true,
    (error: unknown) => {
      terminal.note(`Settings are not checked here: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    },
  );
  const muted = { ...terminal, row: () => undefined };
  if (isPythonThere) await runGpuCommand('generate', { context: { ...context, terminal: muted }, options });
  else if (values.probe) throw new InputError('Cannot use --probe: no Python with vLLM is found; see docs/gpu.md');
  const name = `vllm:${options.model.replace(/^vllm:/, '')}`;
  const settings = options.recipe === undefined ? {} : await readRecipe(options.recipe, { script: 'generate' });
  const query = [...Object.entries(settings).map(([key, value]) => `${key}=${JSON.stringify(value)}`), ...values.set];
  const open = async () => {
    const { openModel } = await import('../models/open-model.js');
    return openModel(query.length === 0 ? name : `${name}?${query.join('&')}`);
  };
  const { data: file, run: directory } = options;
  const plan = await planRequests({ file, directory, model: name, open: values.probe ? open : undefined, signal });
  const price = { input: 0, output: 0, note: 'it runs on a machine of your own' };
  reportPlan({ stages: [plan], model: name, price, stage: 'generate', terminal, isBatch: false });
}
