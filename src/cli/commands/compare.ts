import { defineCommand } from '../command.js';
import { formatAccuracy, formatPoints } from '../format-accuracy.js';
import { outOption } from '../shared-options.js';
import { writeRows } from '../write-rows.js';

export const compare = defineCommand({
  name: 'compare',
  summary: 'Compare two evaluations of the same questions, pair by pair',
  usage: 'DIR DIR [--out FILE]',
  positionals: ['the first run directory', 'the second run directory'],
  options: { out: outOption },
  examples: ['mathpie compare runs/before runs/after'],
  run: async ({ values: { out }, positionals: [left = '', right = ''], terminal }) => {
    const { compareRuns } = await import('../../evaluation/compare-runs.js');
    const { readGradedRows } = await import('../read-graded-rows.js');
    const comparison = compareRuns(await readGradedRows(left), await readGradedRows(right));
    const { onlyLeft, onlyRight, difference, interval, pValue } = comparison;
    terminal.note(`${left}: ${formatAccuracy(comparison.left)}`);
    terminal.note(`${right}: ${formatAccuracy(comparison.right)}`);
    terminal.note(
      `Difference ${formatPoints(difference)} points, 95 % interval ${interval.map(formatPoints).join(' to ')}; right in the first alone ${onlyLeft}, in the second alone ${onlyRight}, p = ${pValue.toPrecision(2)} (${comparison.method})`,
    );
    await writeRows({ rows: [comparison], out, terminal });
  },
});
