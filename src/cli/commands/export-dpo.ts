import { defineCommand } from '../command.js';
import { requiredText } from '../option.js';
import { runOption } from '../shared-options.js';

export const exportDpo = defineCommand({
  name: 'export dpo',
  summary: 'Write a run’s preference pairs as data for preference tuning',
  usage: '--run DIR --out FILE',
  options: {
    run: runOption,
    out: requiredText({ valueName: 'FILE', description: 'JSONL to write; a data set card is put beside it' }),
  },
  examples: ['mathpie export dpo --run runs/magpie --out data/pairs.jsonl'],
  run: async ({ values: { run, out }, terminal }) => {
    const { exportPreference } = await import('../../export/export-rows.js');
    const { readPreferenceRows } = await import('../../export/read-run-rows.js');
    const exported = await exportPreference({ rows: await readPreferenceRows(run), file: out });
    terminal.note(`Wrote ${exported.rows} pairs to ${exported.file}, and their card to ${exported.card}`);
    terminal.row(exported);
  },
});
