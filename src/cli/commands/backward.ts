import type { MaskComparison } from '../../metamath/compare-masks.js';
import { describeFormat } from '../../problems/describe-format.js';
import type { DatasetFormat } from '../../problems/formats/dataset-format.js';
import { formatCount } from '../../steps/format-count.js';
import { defineCommand } from '../declare/command.js';
import { choice, integer, text } from '../declare/option.js';
import { datasetOption } from '../options/dataset-option.js';
import { dataOption, limitOption, outOption, skipBadOption } from '../options/shared-options.js';
import { nameBadLines } from '../show/name-bad-lines.js';
import { writeRows } from '../write-rows.js';

export const backward = defineCommand({
  name: 'backward',
  summary: 'Mask each number of each problem, for backward questions; asks no model',
  usage: '--data FILE [--dataset WORD] [--out FILE] [--report FILE]',
  options: {
    data: dataOption,
    dataset: datasetOption,
    out: outOption,
    preset: choice({
      description: 'mathpie, or the published code of MetaMath with its defects, to compare with',
      words: ['mathpie', 'metamath'],
      fallback: 'mathpie',
    }),
    report: text({
      valueName: 'FILE.md',
      description: 'compare with MetaMath as published: counts by kind, and 30 places where the two differ',
    }),
    'max-backward': integer({
      description:
        'masks a problem at most, drawn as augment draws them: of those that the question does not tell twice',
      fallback: undefined,
      minimum: 1,
    }),
    seed: integer({ valueName: 'S', description: 'draws them', fallback: 0, minimum: 0, maximum: 2 ** 31 - 1 }),
    limit: limitOption,
    'skip-bad': skipBadOption,
  },
  examples: [
    'mathpie backward --data gsm8k/train.jsonl --out backward.jsonl',
    'mathpie backward --data gsm8k/train.jsonl --out backward.jsonl --report masks.md',
    'mathpie backward --data MATH/train --dataset math --out backward.jsonl',
  ],
  run: async ({ values, terminal, signal }) => {
    const {
      data,
      dataset,
      out,
      preset,
      report,
      limit,
      seed,
      'max-backward': maxBackward,
      'skip-bad': skipBad,
    } = values;
    const { chooseMasks } = await import('../../metamath/backward-questions.js');
    const { backwardRows, publishedBackwardRows } = await import('../../metamath/backward-rows.js');
    const { compareMasks } = await import('../../metamath/compare-masks.js');
    const { describeMasks } = await import('../../metamath/describe-masks.js');
    const { streamProblems } = await import('../../problems/stream-problems.js');
    const { writeAtomic } = await import('../../storage/write-atomic.js');
    const bad = nameBadLines({ file: data, terminal });
    const counted = { problems: 0, masked: 0, toldTwice: 0 };
    let format: DatasetFormat | undefined;
    let comparison: ReturnType<typeof compareMasks> | undefined;

    const onFormat = (found: DatasetFormat): void => {
      format = found;
      if (report !== undefined) comparison = compareMasks({ dataset: found.isMath ? 'math' : 'gsm8k' });
    };
    async function* rows() {
      for await (const problem of streamProblems({ file: data, dataset, skipBad, limit, onFormat, onBad: bad.add })) {
        signal.throwIfAborted();
        counted.problems++;
        comparison?.add(problem);
        const found =
          preset === 'mathpie'
            ? [...backwardRows([problem])]
            : [...publishedBackwardRows([problem], { dataset: format?.isMath ? 'math' : 'gsm8k' })];
        const masks =
          maxBackward === undefined
            ? found
            : chooseMasks(
                found.filter(({ toldTwice }) => !toldTwice),
                { maxBackward, seed },
              );
        if (masks.length > 0) counted.masked++;
        counted.toldTwice += masks.filter(({ toldTwice }) => toldTwice).length;
        yield* masks;
      }
    }
    await writeRows({ rows: rows(), out, terminal });
    bad.close();
    if (format !== undefined) terminal.note(describeFormat(data, format, { isNamed: dataset !== undefined }));
    terminal.note(
      `${formatCount(counted.masked)} of ${formatCount(counted.problems)} questions have a number to mask; in ${formatCount(counted.toldTwice)} rows the question tells it twice ("toldTwice")`,
    );
    if (report === undefined || comparison === undefined) return;
    const compared: MaskComparison = comparison.finish();
    await writeAtomic(report, `${describeMasks(compared)}\n`);
    const { published, ours } = compared.total;
    terminal.note(
      `Wrote ${report}: ${formatCount(ours)} masks, ${formatCount(published)} by the published code of MetaMath`,
    );
  },
});
