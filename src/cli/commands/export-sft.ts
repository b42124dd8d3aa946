import { defineCommand } from '../declare/command.js';
import { choice, requiredText } from '../declare/option.js';
import { cardOptions, runOption, testsOption } from '../options/shared-options.js';

export const exportSft = defineCommand({
  name: 'export sft',
  summary: 'Write a run’s checked rows as data for supervised fine-tuning',
  usage: '--run DIR --out FILE [options]',
  options: {
    run: runOption,
    out: requiredText({ valueName: 'FILE', description: 'JSONL to write; a data set card is put beside it' }),
    shape: choice({
      description: 'chat messages, or MetaMathQA’s four fields',
      words: ['messages', 'metamathqa'],
      fallback: 'messages',
    }),
    test: testsOption,
    ...cardOptions,
  },
  examples: ['mathpie export sft --run runs/grown --out data/sft.jsonl'],
  run: async ({ values: { run, out, shape, test, licence, title }, terminal }) => {
    const { exportSft: writeSft } = await import('../../export/export-rows.js');
    const { readSftRows } = await import('../../export/read-run-rows.js');
    const exported = await writeSft({
      rows: readSftRows(run),
      file: out,
      shape,
      run,
      tests: test,
      card: { licence, title, language: terminal.language },
    });
    if (exported.contaminated > 0) terminal.note(`Left out ${exported.contaminated} rows that overlap with a test set`);
    terminal.note(`Wrote ${exported.rows} rows to ${exported.file}, and their card to ${exported.card}`);
    terminal.row(exported);
  },
});
