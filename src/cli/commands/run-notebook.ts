import { defineCommand } from '../declare/command.js';
import { integer, text } from '../declare/option.js';
import { runScript } from '../run-script.js';

export const runNotebook = defineCommand({
  name: 'run',
  summary: 'Execute a notebook from top to bottom and keep the executed copy',
  usage: 'NOTEBOOK.ipynb [--out FILE.ipynb] [--timeout SECONDS]',
  positionals: ['NOTEBOOK.ipynb'],
  options: {
    out: text({ valueName: 'FILE', description: 'the executed copy; in runs/notebooks when left out' }),
    timeout: integer({
      valueName: 'SECONDS',
      description: 'longest time for one cell',
      fallback: 900,
      minimum: 1,
      maximum: 999_999,
    }),
  },
  examples: ['mathpie run notebooks/demo_production.ipynb'],
  run: async ({ values: { out, timeout }, positionals }) =>
    runScript('run-notebook.mjs', [
      ...positionals,
      ...(out === undefined ? [] : ['--out', out]),
      '--timeout',
      String(timeout),
    ]),
});
