import { defineCommand } from '../command.js';
import { magpieRowsOptions } from '../magpie-rows-options.js';
import { decimal, flag, text } from '../option.js';
import { writeMagpieRows } from '../write-magpie-rows.js';

export const magpieDeduplicate = defineCommand({
  name: 'magpie deduplicate',
  summary: 'Leave out problems that are there already: by words, nearly (MinHash), by embeddings',
  usage: '--data FILE --out FILE | --run DIR [options]',
  options: {
    ...magpieRowsOptions,
    'exact-only': flag({ description: 'compare word for word alone, without MinHash' }),
    threshold: decimal({
      description: 'Jaccard similarity of near-duplicates',
      fallback: 0.8,
      minimum: 0.01,
      maximum: 1,
    }),
    embeddings: text({
      valueName: 'DIR',
      description: 'of mathpie embed --set field=instruction --set neighbors=true on the same rows',
    }),
    distance: decimal({
      description: "rows nearer than this are one, in squared Euclidean distance; embed's own marks when left out",
      fallback: undefined,
      minimum: 0,
      maximum: 4,
    }),
    mark: flag({ description: 'keep every row and only add the fields' }),
  },
  examples: [
    'mathpie magpie deduplicate --run runs/magpie',
    'mathpie magpie deduplicate --data Magpie_x_1000_1_ins_res.json --embeddings runs/embeddings --out distinct.jsonl',
  ],
  run: async ({ values, terminal }) => {
    const { deduplicateRows, readNeighbors } = await import('../../magpie/deduplicate-rows.js');
    const { findRows } = await import('../../magpie/find-rows.js');
    const { rowTypes } = await import('../../magpie/row-types.js');
    const { rows, type = 'ins' } = await findRows({
      files: values.data,
      directory: values.run,
      types: values.type === undefined ? rowTypes(['ins_res', 'ins'], { isDistinctFirst: false }) : [values.type],
    });
    const { embeddings, distance, threshold, mark: isMarking } = values;
    const neighbors = embeddings === undefined ? undefined : await readNeighbors(embeddings);
    const near = values['exact-only'] ? (false as const) : { threshold };
    const result = deduplicateRows(rows, { near, neighbors, distance, isMarking });
    const { exact, near: nearly, embedding } = result.repeated;
    terminal.note(
      `${result.rows.length} of ${result.total} rows ${isMarking ? 'marked' : 'kept'} (repeated: exact ${exact}, near ${nearly}, embedding ${embedding})`,
    );
    await writeMagpieRows({
      rows: result.rows,
      values,
      stage: 'deduplicate',
      type: `${type}_distinct`,
      settings: { near, embeddings, distance, isMarking, type },
      summary: { stage: 'deduplicate', rows: result.total, kept: result.rows.length, repeated: result.repeated },
      terminal,
    });
  },
});
