import { describeFormat } from '../../problems/describe-format.js';
import { type DatasetFormat, writtenFormats } from '../../problems/formats/dataset-format.js';
import { defineCommand } from '../declare/command.js';
import { choice } from '../declare/option.js';
import { datasetOption } from '../options/dataset-option.js';
import { dataOption, limitOption, outOption, skipBadOption } from '../options/shared-options.js';
import { nameBadLines } from '../show/name-bad-lines.js';
import { writeRows } from '../write-rows.js';

export const convert = defineCommand({
  name: 'convert',
  summary: 'Write a data set in another published format, as JSON lines',
  usage: '--data FILE --to WORD [--dataset WORD] [--out FILE]',
  options: {
    data: dataOption,
    dataset: datasetOption,
    to: choice({
      description: 'the format to write',
      words: writtenFormats,
      fallback: undefined,
      isRequired: true,
    }),
    out: outOption,
    limit: limitOption,
    'skip-bad': skipBadOption,
  },
  examples: [
    'mathpie convert --data MetaMathQA-395K.json --to alpaca --out alpaca.jsonl',
    'mathpie convert --data MATH/train --to mathpie --out math-train.jsonl',
  ],
  run: async ({ values: { data, dataset, to, out, limit, 'skip-bad': skipBad }, terminal, signal }) => {
    const { streamProblems } = await import('../../problems/stream-problems.js');
    const { writeRow } = await import('../../problems/formats/write-row.js');
    const bad = nameBadLines({ file: data, terminal });
    let format: DatasetFormat | undefined;
    const onFormat = (found: DatasetFormat): void => {
      format = found;
    };
    async function* rows() {
      for await (const problem of streamProblems({ file: data, dataset, skipBad, limit, onFormat, onBad: bad.add })) {
        signal.throwIfAborted();
        yield writeRow(problem, to ?? 'mathpie');
      }
    }
    await writeRows({ rows: rows(), out, terminal });
    bad.close();
    if (format !== undefined) terminal.note(describeFormat(data, format, { isNamed: dataset !== undefined }));
  },
});
