import { defineCommand } from '../declare/command.js';
import { requiredText, text } from '../declare/option.js';
import { cardOptions, runOption, testsOption } from '../options/shared-options.js';

export const exportDpo = defineCommand({
  name: 'export dpo',
  summary: 'Write a run’s preference pairs as data for preference tuning',
  usage: '--run DIR --out FILE [options]',
  options: {
    run: runOption,
    out: requiredText({ valueName: 'FILE', description: 'JSONL to write; a data set card is put beside it' }),
    truth: text({
      valueName: 'FILE',
      description: 'problems with their answers: how many pairs are what they say goes onto the card',
    }),
    test: testsOption,
    ...cardOptions,
  },
  examples: ['mathpie export dpo --run runs/magpie --out data/pairs.jsonl'],
  run: async ({ values: { run, out, truth, test, licence, title }, terminal }) => {
    const { exportPreference } = await import('../../export/export-rows.js');
    const { readPreferenceRows } = await import('../../export/read-run-rows.js');
    const { checkPairFile } = await import('../../export/check-pair-file.js');
    const rows = await readPreferenceRows(run);
    const accuracies = truth === undefined ? [] : await checkPairFile(rows, { file: truth });
    const card = { licence, title, language: terminal.language };
    const exported = await exportPreference({ rows, file: out, run, tests: test, accuracies, card });
    if (exported.contaminated > 0) terminal.note(`Left out ${exported.contaminated} rows that overlap with a test set`);
    terminal.note(`Wrote ${exported.rows} pairs to ${exported.file}, and their card to ${exported.card}`);
    terminal.row(exported);
  },
});
