import { defineCommand } from '../declare/command.js';
import { decimal, flag, text, texts } from '../declare/option.js';
import { magpieRowsOptions } from '../options/magpie-rows-options.js';
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
    test: texts({
      valueName: 'FILE',
      description:
        'also leave out problems that are in this test set, or share ten words with one of it; may be given again',
    }),
    mark: flag({ description: 'keep every row and only add the fields' }),
  },
  examples: [
    'mathpie magpie deduplicate --run runs/magpie',
    'mathpie magpie deduplicate --data Magpie_x_1000_1_ins_res.json --embeddings runs/embeddings --out distinct.jsonl',
  ],
  run: async ({ values, terminal }) => {
    const { deduplicateRows, readNeighbors } = await import('../../magpie/choose/deduplicate-rows.js');
    const { findRows } = await import('../../magpie/rows/find-rows.js');
    const { rowTypes } = await import('../../magpie/rows/row-types.js');
    const { leaveOutTests } = await import('../../magpie/choose/leave-out-tests.js');
    const { readTestItems } = await import('../../selection/read-test-items.js');
    const { rows: found, type = 'ins' } = await findRows({
      files: values.data,
      directory: values.run,
      types: values.type === undefined ? rowTypes(['ins_res', 'ins'], { isDistinctFirst: false }) : [values.type],
    });
    const { embeddings, distance, threshold, mark: isMarking } = values;
    const neighbors = embeddings === undefined ? undefined : await readNeighbors(embeddings);
    const near = values['exact-only'] ? (false as const) : { threshold };
    const items = (await Promise.all(values.test.map(readTestItems))).flat();
    const { rows, overlaps } =
      items.length === 0 ? { rows: found, overlaps: [] } : leaveOutTests(found, { items, isMarking });
    const result = deduplicateRows(rows, { near, neighbors, distance, isMarking });
    const { exact, near: nearly, embedding } = result.repeated;
    terminal.note(
      `${result.rows.length} of ${found.length} rows ${isMarking ? 'marked' : 'kept'} (repeated: exact ${exact}, near ${nearly}, embedding ${embedding})`,
    );
    if (items.length > 0 && isMarking) terminal.note(`${overlaps.length} rows are in a test set`);
    else if (items.length > 0) terminal.note(`${overlaps.length} rows were left out that are in a test set`);
    for (const { row, test, kind, text } of overlaps.slice(0, mostShown)) {
      terminal.note(
        `  row ${row ?? '?'}, test ${test}: ${kind === 'same' ? 'the same' : `shares "${text.slice(0, 100)}"`}`,
      );
    }
    await writeMagpieRows({
      rows: result.rows,
      values,
      stage: 'deduplicate',
      // The tags stay in the rows; later steps look for the step's own name
      type: `${type.replace(/_tagged$/, '')}_distinct`,
      settings: { near, embeddings, distance, isMarking, type, ...(items.length === 0 ? {} : { tests: values.test }) },
      summary: {
        stage: 'deduplicate',
        rows: found.length,
        kept: result.rows.length,
        repeated: result.repeated,
        ...(items.length === 0 ? {} : { contaminated: overlaps.length }),
      },
      terminal,
    });
  },
});

/** Of the overlaps with test sets. */
const mostShown = 5;
