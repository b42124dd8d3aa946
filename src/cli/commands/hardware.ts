import { formatColumns } from '../../steps/format-columns.js';
import { defineCommand } from '../declare/command.js';
import { integer } from '../declare/option.js';

export const hardware = defineCommand({
  name: 'hardware',
  summary: 'Show which model fits which GPUs, as estimates',
  usage: '[--tokens N]',
  options: {
    tokens: integer({ description: 'length of a sequence, prompt and answer together', fallback: 4096, minimum: 1 }),
  },
  examples: ['mathpie hardware', 'mathpie hardware --tokens 34816'],
  run: async ({ values: { tokens: sequenceTokens }, terminal }) => {
    const { hardwareTable } = await import('../../gpu/hardware-table.js');
    const [head = [], ...rows] = hardwareTable({ sequenceTokens });
    for (const line of formatColumns([head, ...rows])) terminal.note(line);
    terminal.note(
      `copies × GPUs a copy: sequences of ${sequenceTokens} tokens at a time; docs/hardware.md has the formula`,
    );
    for (const row of rows) {
      terminal.row(Object.fromEntries(head.map((name, column) => [name, row[column] ?? ''])));
    }
  },
});
