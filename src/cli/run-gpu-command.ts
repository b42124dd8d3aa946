import type { GpuScriptOptions } from '../gpu/gpu-scripts.js';
import type { ScriptName } from '../gpu/scripts.js';
import type { CommandContext } from './declare/command.js';
import { followGpuScript } from './follow-gpu-script.js';
import type { gpuOptions } from './options/gpu-options.js';

/** Runs a script of python-gpu, shows how it gets on, and writes its totals (the plan of a dry run) as one row. */
export async function runGpuCommand(
  script: ScriptName,
  { options, context }: { options: GpuScriptOptions; context: CommandContext<typeof gpuOptions> },
): Promise<void> {
  const { values, terminal } = context;
  const isDryRun = values['dry-run'];
  const { plan, end, directory } = await followGpuScript(script, {
    options: { ...options, dryRun: isDryRun },
    context,
  });
  const { event: _, time: __, ...totals } = (isDryRun ? plan : end) ?? { event: '', time: '' };
  terminal.row({ script, ...(isDryRun ? {} : { run: directory }), ...totals });
}
