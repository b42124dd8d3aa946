import type { GpuScriptOptions } from '../gpu/gpu-scripts.js';
import type { ScriptName } from '../gpu/scripts.js';
import type { CommandContext } from './command.js';
import { describeGpuEvent } from './describe-gpu-event.js';
import type { gpuOptions } from './gpu-options.js';

/** Runs a script of python-gpu, shows how it gets on, and writes its totals (the plan of a dry run) as one row. */
export async function runGpuCommand(
  script: ScriptName,
  { options, context }: { options: GpuScriptOptions; context: CommandContext<typeof gpuOptions> },
): Promise<void> {
  const { runGpuScript } = await import('../gpu/gpu-scripts.js');
  const { values, terminal, signal, extendGrace } = context;
  const graceMs = 1000 * values.grace;
  // The script is ended by force first, so that its last words are still heard.
  extendGrace(graceMs + 5000);
  const onAbort = (): void =>
    terminal.note(
      `Stopping ${script}: it saves what it has, for up to ${values.grace} s; Ctrl-C again ends it at once`,
    );
  signal.addEventListener('abort', onAbort, { once: true });
  const { plan, end, directory } = await runGpuScript(script, {
    ...options,
    set: values.set,
    dryRun: values['dry-run'],
    graceMs,
    signal,
    onProgress: terminal.progress,
    onEvent: (event) => {
      const line = describeGpuEvent(event);
      if (line !== undefined) terminal.note(line);
    },
  });
  const { event: _, time: __, ...totals } = (values['dry-run'] ? plan : end) ?? { event: '', time: '' };
  terminal.row({ script, ...(values['dry-run'] ? {} : { run: directory }), ...totals });
}
