import { formatColumns } from '../../steps/format-columns.js';
import { defineCommand } from '../declare/command.js';

export const models = defineCommand({
  name: 'models',
  summary: 'List the models in reach of this machine: files, servers, and endpoints whose keys are set',
  usage: '',
  options: {},
  examples: ['mathpie models', 'mathpie models | jq -r "select(.raw).name"'],
  run: async ({ terminal }) => {
    const { listModels } = await import('../../models/files/list-models.js');
    const found = await listModels({ environment: process.env });
    const lines = found.map(({ name, kind, bytes, licence, raw, available, note }) => [
      name,
      kind,
      bytes === null ? '' : `${(bytes / 1e6).toFixed(0)} MB`,
      licence ?? 'licence not known',
      raw ? 'raw text' : 'chat alone',
      [available ? '' : 'not usable', note ?? ''].filter(Boolean).join(': '),
    ]);
    for (const line of formatColumns(lines)) terminal.note(line.trimEnd());
    if (found.length === 1)
      terminal.note('More: hf:OWNER/REPO:Q4_K_M fetches a model, docs/models-by-name.md has all forms');
    for (const row of found) terminal.row(row);
  },
});
