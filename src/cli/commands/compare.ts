import { InputError } from '../../errors.js';
import { formatAccuracy, formatPoints } from '../../evaluation/format-accuracy.js';
import { defineCommand } from '../declare/command.js';
import { text } from '../declare/option.js';
import { outOption, seedOption } from '../options/shared-options.js';
import { writeRows } from '../write-rows.js';

export const compare = defineCommand({
  name: 'compare',
  summary: 'Compare two evaluations of the same questions, pair by pair, or one with the verdicts of a reader',
  usage: 'DIR DIR [--by FIELD] [--seed S] [--out FILE], or DIR --labels FILE',
  positionals: ['the first run directory', '[the second run directory]'],
  options: {
    labels: text({
      valueName: 'FILE',
      description: 'instead of a second run: the verdicts of a reader, as the page of mathpie report exports them',
    }),
    by: text({
      valueName: 'FIELD',
      description: 'the same within each level, subject, steps, questionThird, nearestType',
    }),
    seed: seedOption,
    out: outOption,
  },
  examples: [
    'mathpie compare runs/before runs/after',
    'mathpie compare runs/before runs/after --by level',
    'mathpie compare runs/eval --labels verdicts.jsonl',
  ],
  run: async ({ values: { by, out, seed, labels }, positionals: [left = '', right = ''], terminal }) => {
    if ((labels === undefined) === (right === '')) {
      const state =
        labels === undefined
          ? 'one run directory has nothing to be compared with'
          : '--labels goes with one run directory';
      throw new InputError(`Cannot run mathpie compare: ${state}; give two directories, or one and --labels FILE`);
    }
    if (labels !== undefined) {
      const { compareLabels, formatLabels } = await import('../../evaluation/compare-labels.js');
      const { readGradedRows, readGrader } = await import('../../runs/read-graded-rows.js');
      const { readLabels } = await import('../../evaluation/read-labels.js');
      const found = compareLabels(await readGradedRows(left), await readLabels(labels));
      const grader = await readGrader(left);
      for (const line of formatLabels(found, { grader })) terminal.note(line);
      await writeRows({ rows: [{ ...found, grader }], out, terminal });
      return;
    }
    const { compareRuns } = await import('../../evaluation/compare-runs.js');
    const { readGradedRows, readGrader } = await import('../../runs/read-graded-rows.js');
    const [leftRows, rightRows] = [await readGradedRows(left), await readGradedRows(right)];
    const comparison = compareRuns(leftRows, rightRows, { seed });
    const graders = [await readGrader(left), await readGrader(right)];
    const { onlyLeft, onlyRight, difference, interval, pValue } = comparison;
    terminal.note(`${left}: ${formatAccuracy(comparison.left)}, graded by ${graders[0]}`);
    terminal.note(`${right}: ${formatAccuracy(comparison.right)}, graded by ${graders[1]}`);
    terminal.note(
      `Difference ${formatPoints(difference)} points, 95 % interval ${interval.map(formatPoints).join(' to ')}; right in the first alone ${onlyLeft}, in the second alone ${onlyRight}, p = ${pValue.toPrecision(2)} (${comparison.method})`,
    );
    const { n, resamples, ...drawn } = comparison.bootstrap;
    terminal.note(
      `Bootstrap of ${n} questions, ${resamples} resamples: ${formatPoints(drawn.difference)} points, 95 % interval ${drawn.interval.map(formatPoints).join(' to ')}, p = ${drawn.pValue.toPrecision(2)} (all samples of a question together)`,
    );
    if (graders[0] !== graders[1])
      terminal.note(`The graders differ, ${graders.join(' and ')}: a part of the difference may be theirs`);
    if (by !== undefined) {
      const { compareBreakdown } = await import('../../evaluation/compare-breakdown.js');
      for (const part of compareBreakdown(leftRows, rightRows, { field: by, seed })) {
        const { value, n, ...found } = part;
        terminal.note(
          `  ${by} ${value ?? 'not known'} (n = ${n}): ${formatPoints(found.difference)} points, ${found.interval.map(formatPoints).join(' to ')}, p = ${found.pValue.toPrecision(2)}`,
        );
      }
    }
    await writeRows({ rows: [{ ...comparison, graders }], out, terminal });
  },
});
