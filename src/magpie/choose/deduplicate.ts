import { join } from 'node:path';
import { duplicateSimilarity } from '../../selection/duplicate-similarity.js';
import { flag, number, text, texts } from '../../steps/setting.js';
import { defineStep, type StepGiven, sortReasons } from '../../steps/step.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { readRowFiles } from '../rows/read-files.js';
import { rowsFile } from '../rows/rows-file.js';
import { tellOverlaps } from './leave-out-tests.js';
import { testsSetting } from './tests-setting.js';

/** Leaves out problems that are there already. */
export const deduplicate = defineStep({
  name: 'deduplicate',
  command: 'magpie deduplicate',
  says: 'Leave out problems that are there already: by words, nearly (MinHash), by embeddings',
  examples: [
    'magpie deduplicate --run runs/magpie',
    'magpie deduplicate --data Magpie_x_1000_1_ins_res.json --embeddings runs/embeddings --out distinct.jsonl',
  ],
  takes: { rows: 'needed' },
  read: readRowFiles,
  gives: ['rows'],
  models: {
    embeddingModel: {
      role: 'embeddings',
      says: 'also by meaning: OWNER/NAME or a folder for embed.py',
      isScript: true,
    },
  },
  settings: {
    exactOnly: flag({ says: 'compare word for word alone, without MinHash' }),
    threshold: number({
      says: 'Jaccard similarity of near-duplicates',
      fallback: duplicateSimilarity,
      minimum: 0.01,
      maximum: 1,
    }),
    embeddings: text({
      valueName: 'DIR',
      isRead: true,
      says: 'of mathpie embed on the same rows, with field=instruction and neighbors=true',
    }),
    embeddingSettings: texts({
      flag: 'embedding-set',
      valueName: 'KEY=VALUE',
      says: 'a setting of embed.py; may be given again; docs/gpu.md',
    }),
    distance: number({
      says: "rows nearer than this are one, in squared Euclidean distance; embed's own marks when left out",
      fallback: undefined,
      minimum: 0,
      maximum: 4,
    }),
    tests: testsSetting,
    mark: flag({ says: 'keep every row and only add the fields' }),
  },
  work: async (given) => {
    const { deduplicateRowsInTurns, readNeighbors } = await import('./deduplicate-rows.js');
    const { dropTestItems } = await import('./drop-test-items.js');
    const { exactOnly, threshold, embeddings, distance, tests, mark: isMarking } = given.settings;
    const found = given.take<JsonObject>('rows');
    const { rows, overlaps } = await dropTestItems(found, { tests, isMarking });
    const directory = embeddings ?? (await embedRows(rows, given));
    const neighbors = directory === undefined ? undefined : await readNeighbors(directory);
    const near = exactOnly ? (false as const) : { threshold };
    const made = await deduplicateRowsInTurns(rows, { near, neighbors, distance, isMarking, signal: given.signal });
    const { exact, near: nearly, embedding } = made.repeated;
    const lost = {
      'in a test set': isMarking ? 0 : overlaps.length,
      ...(isMarking ? {} : { 'same words': exact, 'nearly the same': nearly, 'same meaning': embedding }),
    };
    const contaminated = tests.length === 0 ? {} : { contaminated: overlaps.length };
    return {
      rows: { [given.rowsAre]: made.rows },
      files: { [given.rowsAre]: rowsFile(found, { run: given.run, rowsAre: given.rowsAre, ending: '_distinct' }) },
      counts: { unit: 'problems', input: found.length, output: made.rows.length, lost: sortReasons(lost) },
      summary: {
        stage: 'deduplicate',
        rows: found.length,
        kept: made.rows.length,
        repeated: made.repeated,
        ...contaminated,
      },
      notes: [
        `${made.rows.length} of ${found.length} rows ${isMarking ? 'marked' : 'kept'} (repeated: exact ${exact}, near ${nearly}, embedding ${embedding})`,
        ...(tests.length === 0 ? [] : tellOverlaps(overlaps, { isMarking })),
      ],
    };
  },
});

/** Where embed.py found the neighbours of these very rows; undefined where no embedding model is named. */
async function embedRows(
  rows: readonly JsonObject[],
  { run, models, settings, signal, onProgress }: StepGiven<{ readonly embeddingSettings: readonly string[] }>,
): Promise<string | undefined> {
  const { embeddingModel: model } = models;
  if (model === undefined) return undefined;
  const { embed } = await import('../../gpu/gpu-scripts.js');
  const data = await run.writeRows('embedding-input.jsonl', rows);
  const directory = join(run.directory, 'embeddings');
  const set = ['field=instruction', 'neighbors=true', ...settings.embeddingSettings];
  await embed({ model, data, run: directory, set, onProgress, ...(signal === undefined ? {} : { signal }) });
  return directory;
}
