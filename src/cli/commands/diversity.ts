import { join } from 'node:path';
import type { MeasuredDiversity } from '../../analysis/measure-diversity.js';
import { InputError } from '../../errors.js';
import { lexicalEmbeddingName } from '../../selection/lexical-vectors.js';
import { formatColumns } from '../../steps/format-columns.js';
import { formatCount } from '../../steps/format-count.js';
import { defineCommand } from '../declare/command.js';
import { choice, integer, text } from '../declare/option.js';
import { embedTexts } from '../embed-texts.js';
import { gpuOptions } from '../options/gpu-options.js';
import { outOption, seedOption } from '../options/shared-options.js';
import { describeEmbedding, shortenModel } from '../show/describe-embedding.js';
import { writeRows } from '../write-rows.js';

export const diversity = defineCommand({
  name: 'diversity',
  summary: 'Measure how far new rows are from a base: the diversity gain of MetaMath (section 4.1), by type',
  usage:
    '--base FILE --new FILE [--model MODEL --run DIR] | --base-embeddings DIR --new-embeddings DIR [--new FILE] [options]',
  options: {
    base: text({
      valueName: 'FILE',
      description: 'the rows that are there already, in any format of docs/datasets.md',
    }),
    new: text({ valueName: 'FILE', description: 'the new rows; their types make the groups' }),
    text: choice({
      description:
        'what of a row is compared: question and solution, or the question alone; embeddings have decided it',
      words: ['both', 'question'],
      fallback: 'both',
    }),
    model: text({
      valueName: 'MODEL',
      description: 'embed the texts with this: folder of a sentence-transformers model, or OWNER/NAME on the hub',
    }),
    run: text({
      valueName: 'DIR',
      description: 'with --model: keeps texts and vectors; the same command goes on there',
    }),
    'base-embeddings': text({ valueName: 'DIR', description: 'what mathpie embed made of the base' }),
    'new-embeddings': text({ valueName: 'DIR', description: 'what mathpie embed made of the new rows' }),
    sample: integer({ description: 'new rows drawn by the seed, 20,000 in the paper', fallback: 20_000, minimum: 1 }),
    seed: seedOption,
    set: gpuOptions.set,
    grace: gpuOptions.grace,
    figure: text({ valueName: 'FILE', description: 'bars with intervals: FILE.svg, or FILE.json for Plotly' }),
    out: outOption,
  },
  examples: [
    'mathpie diversity --base answers.jsonl --new mixed.jsonl --figure diversity.svg',
    'mathpie diversity --base answers.jsonl --new mixed.jsonl --model sentence-transformers/all-mpnet-base-v2 --run runs/diversity',
    'mathpie diversity --base-embeddings runs/base --new-embeddings runs/new --new mixed.jsonl --out gains.jsonl',
  ],
  isReading: true,
  run: async (context) => {
    const { values, terminal, signal } = context;
    const { base, new: added, model, run, sample, seed, figure, out } = values;
    const directories = [values['base-embeddings'], values['new-embeddings']] as const;
    const isByModel = directories.some((directory) => directory !== undefined);
    const state = findFault({ base, added, model, run, directories, figure });
    if (state !== undefined) throw new InputError(`Cannot measure the diversity gain: ${state}`);
    const { diversityByEmbeddings, diversityByWords, drawRows } = await import('../../analysis/measure-diversity.js');
    const { streamTypedRows } = await import('../../evaluation/stream-typed-rows.js');
    async function* rows(file: string) {
      for await (const { id, question, solution, type } of streamTypedRows(file, { signal }))
        yield { id, text: values.text === 'both' ? `${question}\n${solution}` : question, type };
    }
    async function* texts(file: string) {
      for await (const { text } of rows(file)) yield text;
    }
    let measured: MeasuredDiversity;
    let embedding: string;
    if (isByModel) {
      const { readEmbeddings } = await import('../../storage/read-embeddings.js');
      const types = new Map<string, string | undefined>();
      if (added !== undefined) for await (const { id, type } of rows(added)) types.set(id, type);
      const [left, right] = [await readEmbeddings(directories[0] ?? ''), await readEmbeddings(directories[1] ?? '')];
      const nameless = added === undefined ? undefined : right.ids.find((id) => !types.has(id));
      if (nameless !== undefined)
        throw new InputError(`Cannot use ${added}: it has no row "${nameless}", which ${directories[1]} embeds`);
      measured = await diversityByEmbeddings({ base: left, added: right, types, sample, seed, signal });
      embedding = await describeEmbedding(directories[1]);
    } else if (model !== undefined) {
      const { chosen, count } = await drawRows(rows(added ?? ''), { sample, seed });
      const embed = (name: string, some: Iterable<object> | AsyncIterable<object>) =>
        embedTexts(some, { directory: join(run ?? '', name), model, context });
      const left = await embed('base', rows(base ?? ''));
      const right = await embed('new', chosen);
      const types = new Map(chosen.map(({ id, type }) => [id, type]));
      measured = await diversityByEmbeddings({ base: left, added: right, types, sample, seed, signal });
      measured = { ...measured, addedCount: count };
      embedding = `${shortenModel(model)}, ${describeText(values.text)}`;
    } else {
      measured = await diversityByWords({ base: texts(base ?? ''), added: rows(added ?? ''), sample, seed, signal });
      embedding = `${lexicalEmbeddingName}, ${describeText(values.text)}`;
    }
    const { gains, baseCount, addedCount } = measured;
    terminal.note(
      `${formatCount(gains[0]?.n ?? 0)} of ${formatCount(addedCount)} new rows against ${formatCount(baseCount)}, by ${embedding}`,
    );
    const table = gains.map(({ type, n, gain, interval, repeated }) => [
      type,
      formatCount(n),
      gain.toFixed(4),
      `${interval[0].toFixed(4)} to ${interval[1].toFixed(4)}`,
      `${(100 * repeated).toFixed(1)} %`,
    ]);
    for (const line of formatColumns([['type', 'rows', 'gain', '95 % interval', 'in the base'], ...table]))
      terminal.note(`  ${line}`);
    if (figure !== undefined) {
      const { diversityBars } = await import('../../display/figures/diversity-bars.js');
      const { figureToSvg } = await import('../../display/svg/figure-to-svg.js');
      const { writeAtomic } = await import('../../storage/write-atomic.js');
      const drawn = diversityBars(gains, { embedding });
      await writeAtomic(figure, figure.endsWith('.svg') ? figureToSvg(drawn) : `${JSON.stringify(drawn)}\n`);
      terminal.note(`Wrote ${figure}`);
    }
    const described = gains.map((gain) => ({ ...gain, embedding, base: baseCount, seed }));
    await writeRows({ rows: described, out, terminal });
  },
});

const describeText = (text: 'both' | 'question'): string =>
  text === 'both' ? 'question and solution' : 'question alone';

/** What does not go together, ready to follow `Cannot measure the diversity gain: `. */
function findFault({
  base,
  added,
  model,
  run,
  directories,
  figure,
}: {
  base: string | undefined;
  added: string | undefined;
  model: string | undefined;
  run: string | undefined;
  directories: readonly (string | undefined)[];
  figure: string | undefined;
}): string | undefined {
  const given = directories.filter((directory) => directory !== undefined).length;
  if (figure !== undefined && !/\.(?:svg|json)$/.test(figure)) return `--figure ${figure} is neither .svg nor .json`;
  if ((model === undefined) !== (run === undefined)) return '--model and --run belong together; give both';
  if (given > 0 && model !== undefined) return 'the embeddings are there already; leave out --model and --run';
  if (given === 1) return '--base-embeddings and --new-embeddings belong together; give both';
  if (given === 2) return base === undefined ? undefined : '--base is not read beside embeddings; leave it out';
  return base === undefined || added === undefined
    ? 'it needs --base FILE and --new FILE, or the embeddings of both'
    : undefined;
}
