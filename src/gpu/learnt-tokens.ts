import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LearntRowEvent } from './events.js';
import { type GpuScriptOptions, runGpuScript } from './gpu-scripts.js';

/** A token of a row as a training reads it. */
export type LearntToken = {
  readonly id: number;
  readonly text: string;
  /** Whether the loss covers it: the model learns to write it. */
  readonly learnt: boolean;
};

/** A row as a training reads it, by its number from 1; of preference pairs each side is a row. */
export type LearntRow = { readonly row: number; readonly tokens: readonly LearntToken[] };

/**
 * The first rows of a training, token by token, with what of them carries loss; nothing is trained and nothing written. Settings as of
 * `trainSft` and `trainDpo`. Throws as they do.
 *
 * @example const rows = await learntTokens({ model: 'student', data: 'rows.jsonl', count: 2 });
 */
export async function learntTokens({
  count = 3,
  method = 'sft',
  ...options
}: Omit<GpuScriptOptions, 'run' | 'dryRun'> & {
  readonly count?: number;
  readonly method?: 'sft' | 'dpo';
}): Promise<LearntRow[]> {
  const rows: LearntRow[] = [];
  await runGpuScript(`train-${method}`, {
    ...options,
    // A dry run writes nothing there.
    run: join(tmpdir(), 'mathpie-learnt-tokens'),
    dryRun: true,
    config: { ...options.config, showTokens: count },
    onEvent: (event) => {
      if (event.event === 'learnt-row') rows.push(toLearntRow(event));
      options.onEvent?.(event);
    },
  });
  return rows;
}

export const toLearntRow = ({ row, tokens }: LearntRowEvent): LearntRow => ({ row, tokens });
