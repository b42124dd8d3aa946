import { basename, resolve } from 'node:path';
import { InputError } from '../../errors.js';
import { formatAccuracy, formatPoints } from '../../evaluation/format-accuracy.js';
import type { GradedRow } from '../../evaluation/graded-row.js';
import { defineCommand } from '../declare/command.js';
import { text } from '../declare/option.js';
import { outOption, seedOption } from '../options/shared-options.js';
import { writeRows } from '../write-rows.js';

export const compare = defineCommand({
  name: 'compare',
  summary: 'Compare two evaluations of the same questions, pair by pair, or one with the verdicts of a reader',
  usage: 'DIR DIR [--by FIELD] [--seed S] [--out FILE], or DIR --labels FILE; for DIR also a file of graded rows',
  positionals: ['the first run directory or graded file', '[the second one]'],
  options: {
    labels: text({
      valueName: 'FILE',
      description: 'instead of a second run: the verdicts of a reader, as the page of mathpie report exports them',
    }),
    by: text({
      valueName: 'FIELD',
      description:
        'the same within each value of a column: level, subject, steps, questionThird, nearestType, or one of your own',
    }),
    seed: seedOption,
    out: outOption,
  },
  examples: [
    'mathpie compare runs/before runs/after',
    'mathpie compare runs/before runs/after --by level',
    'mathpie compare graded-a.jsonl graded-b.jsonl --by topic',
    'mathpie compare runs/eval --labels verdicts.jsonl',
  ],
  isReading: true,
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
      const found = compareLabels(await readGradedRows<GradedRow>(left), await readLabels(labels), {
        run: basename(resolve(left)),
      });
      const grader = await readGrader(left);
      for (const line of formatLabels(found, { grader })) terminal.note(line);
      await writeRows({ rows: [{ ...found, grader }], out, terminal });
      return;
    }
    const { compareRuns } = await import('../../evaluation/compare-runs.js');
    const { readVerdicts, requireSameTexts } = await import('../../evaluation/read-verdicts.js');
    const [first, second] = [await readVerdicts(left), await readVerdicts(right)];
    const [leftRows, rightRows] = [first.rows, second.rows];
    requireSameTexts(leftRows, rightRows);
    const comparison = compareRuns(leftRows, rightRows, { seed });
    const graders = [first.grader, second.grader];
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
    terminal.note(`The second run: ${verdicts[comparison.verdict]}`);
    const { flips } = comparison;
    if (await wereAskedTheSame(left, right)) {
      const rate = `${(100 * flips.rate).toFixed(1)} %, 95 % interval ${flips.interval.map((end) => (100 * end).toFixed(1)).join(' to ')} %`;
      terminal.note(
        `Both were asked the same: ${onlyLeft + onlyRight} of ${comparison.n} verdicts flipped (${rate}), ${flips.texts} texts differ; vLLM repeats itself with VLLM_BATCH_INVARIANT=1`,
      );
    }
    if (graders[0] !== graders[1])
      terminal.note(`The graders differ, ${graders.join(' and ')}: a part of the difference may be theirs`);
    if (by !== undefined) {
      const { compareBreakdown } = await import('../../evaluation/compare-breakdown.js');
      terminal.note(`Parts by ${by}, p-values corrected for their number (Holm):`);
      const parts = compareBreakdown(leftRows, rightRows, { field: by, seed });
      const apart = comparison.n - parts.reduce((sum, part) => sum + part.n, 0);
      for (const part of parts) {
        const { value, n, ...found } = part;
        terminal.note(
          `  ${by} ${value ?? 'not known'} (n = ${n}): ${formatPoints(found.difference)} points, ${found.interval.map(formatPoints).join(' to ')}, p = ${found.adjusted.toPrecision(2)}, ${verdicts[found.verdict]}`,
        );
      }
      if (apart > 0) terminal.note(`  in no part, because their answers differ in ${by}: ${apart} questions`);
    }
    await writeRows({ rows: [{ ...comparison, graders }], out, terminal });
  },
});

const verdicts = { better: 'better', worse: 'worse', 'cannot-tell': 'cannot tell from chance' } as const;

/** Whether two evaluations have the same settings, whatever their directories are called. */
async function wereAskedTheSame(left: string, right: string): Promise<boolean> {
  const { readRunConfig } = await import('../../runs/run-config.js');
  const [first, second] = [(await readRunConfig(left))?.stages.evaluate, (await readRunConfig(right))?.stages.evaluate];
  return first !== undefined && JSON.stringify(first) === JSON.stringify(second);
}
