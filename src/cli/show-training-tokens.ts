import type { GpuScriptOptions } from '../gpu/gpu-scripts.js';
import type { CommandContext } from './declare/command.js';
import type { gpuOptions } from './options/gpu-options.js';

const green = ['\u001b[32m', '\u001b[0m'] as const;

/** Shows the first rows of a training on stderr, what carries loss in green (in brackets where there are no colours), and writes a row each. */
export async function showTrainingTokens(
  method: 'sft' | 'dpo',
  {
    count,
    options: { run: _, ...options },
    context: { values, terminal, signal },
  }: { count: number; options: GpuScriptOptions; context: CommandContext<Pick<typeof gpuOptions, 'set'>> },
): Promise<void> {
  const { learntTokens } = await import('../gpu/learnt-tokens.js');
  const { writeLearntTokens } = await import('../display/show-learnt-tokens.js');
  const hasColours = process.stderr.isTTY === true && process.env.NO_COLOR === undefined;
  const rows = await learntTokens({ ...options, method, count, set: values.set, signal });
  for (const row of rows) {
    terminal.note(writeLearntTokens(row, hasColours ? green : undefined));
    const learnt = row.tokens.filter((token) => token.learnt);
    terminal.row({
      row: row.row,
      tokens: row.tokens.length,
      learnt: learnt.length,
      learntText: learnt.map(({ text }) => text).join(''),
    });
  }
}
