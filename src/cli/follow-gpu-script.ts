import type { GpuScriptOptions } from '../gpu/gpu-scripts.js';
import type { PythonRun } from '../gpu/run-python.js';
import type { ScriptName } from '../gpu/scripts.js';
import type { CommandContext } from './declare/command.js';
import type { gpuOptions } from './options/gpu-options.js';
import { describeGpuEvent } from './show/describe-gpu-event.js';

/** Runs a script of python-gpu to its end and shows how it gets on. */
export async function followGpuScript(
  script: ScriptName,
  {
    options,
    context,
  }: { options: GpuScriptOptions; context: CommandContext<Pick<typeof gpuOptions, 'set' | 'grace'>> },
): Promise<PythonRun> {
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
  try {
    return await runGpuScript(script, {
      ...options,
      set: values.set,
      graceMs,
      signal,
      onProgress: terminal.progress,
      onEvent: (event) => {
        const line = describeGpuEvent(event);
        if (line !== undefined) terminal.note(line);
      },
    });
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
