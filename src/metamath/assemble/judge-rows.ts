import type { StageProgress } from '../../runs/track-progress.js';
import { createKeyIndex } from '../../selection/key-index.js';
import { createNearDuplicateIndex } from '../../selection/near-duplicates.js';
import type { TestItem } from '../../selection/overlap-index.js';
import type { AtomicWriter } from '../../storage/open-atomic-writer.js';
import type { AssemblyCounts, ContaminatedRow, DropReason, RepeatedRow } from './assembly-report.js';
import type { RowSource } from './find-sources.js';
import { openPreparers } from './open-preparers.js';
import type { PreparedBatch, PreparedRow } from './prepare-batch.js';
import { badRow, type RowBatch, readSources } from './read-rows.js';
import type { AssemblyRecipe } from './recipe.js';
import { trackPlaces } from './track-places.js';

/** What is known of the rows that may be chosen, in their order; their texts are in the file of `rowWriter`. */
export type JudgedRows = {
  /** The type as an index of the recipe's types. */
  readonly typeIndexes: readonly number[];
  /** The place in the draw for the quota. */
  readonly places: readonly number[];
  /** Rows of each source, bad lines included. */
  readonly rowCounts: readonly number[];
  readonly badLines: number;
  readonly contaminated: readonly ContaminatedRow[];
  readonly nearDuplicates: readonly RepeatedRow[];
  readonly cutCount: number;
};

export type JudgeOptions = {
  readonly recipe: AssemblyRecipe;
  readonly sources: readonly RowSource[];
  readonly tests: readonly TestItem[];
  readonly counts: AssemblyCounts;
  readonly skipBad: boolean;
  /** Takes a line for each row that may be chosen, as it is to be written. */
  readonly rowWriter: AtomicWriter;
  /** Takes a line for each row that is left out. */
  readonly droppedWriter: AtomicWriter | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StageProgress) => void) | undefined;
};

/** Contaminated rows and near-duplicates that the report shows. */
const mostShown = { contaminated: 1000, nearDuplicates: 20 };

/**
 * Reads every row once and decides all but the draw. Judging a row by itself is done by threads, comparing rows by this one, in
 * the order of the rows: the result does not depend on the threads.
 */
export async function judgeRows(options: JudgeOptions): Promise<JudgedRows> {
  const { recipe, sources, tests, droppedWriter, signal, onProgress } = options;
  const bytes = sources.reduce((sum, source) => sum + source.bytes, 0);
  const preparers = openPreparers({ recipe, tests, needsTexts: droppedWriter !== undefined }, { bytes });
  const judge = createJudge(options);
  /** Batches in work, in their order. */
  const inWork: { batch: RowBatch; prepared: Promise<PreparedBatch> }[] = [];
  const finishFirst = async (): Promise<void> => {
    const first = inWork.shift();
    if (first !== undefined) await judge.take(first.batch, await first.prepared);
  };
  try {
    for await (const batch of readSources(sources, { stage: 'check, MB', signal, onProgress })) {
      const prepared = preparers.prepare(batch.texts.map(({ text }) => text));
      // Whoever waits for it hears of its failure; until then it is nobody's.
      prepared.catch(() => undefined);
      inWork.push({ batch, prepared });
      while (inWork.length >= preparers.width) await finishFirst();
    }
    while (inWork.length > 0) await finishFirst();
  } finally {
    await preparers.close();
  }
  return judge.finish();
}

/** Compares rows in their order. */
function createJudge({ recipe, sources, counts, skipBad, rowWriter, droppedWriter }: JudgeOptions) {
  const seen = createKeyIndex({ capacity: 65_536 });
  const near = recipe.duplicates.compare === 'none' ? undefined : createNearDuplicateIndex(recipe.duplicates);
  /** The ordinal of the row of each call of `near.addSigned`. */
  const nearOrdinals: number[] = [];
  const typeNames = new Map(Object.keys(recipe.types).map((type, index) => [type, index]));
  const [typeIndexes, places]: [number[], number[]] = [[], []];
  const rowCounts = new Map<RowSource, number>(sources.map((source) => [source, 0]));
  const rowNames = trackPlaces(sources);
  const contaminated: ContaminatedRow[] = [];
  const nearDuplicates: RepeatedRow[] = [];
  let badLines = 0;

  const drop = ({ type, texts }: PreparedRow, ordinal: number, reason: DropReason, detail: object) => {
    counts.drop(type, reason);
    if (droppedWriter === undefined) return undefined;
    const { id, ...rest } = texts ?? {};
    return droppedWriter.write(
      `${JSON.stringify({ row: rowNames.of(ordinal), id, reason, type, ...detail, ...rest })}\n`,
    );
  };
  const dropFaulty = (row: PreparedRow, ordinal: number): Promise<void> | undefined => {
    const { type, rule, fault = 'left-out', leak } = row;
    if (fault === 'bad') return undefined;
    if (leak === undefined) return drop(row, ordinal, fault, rule === undefined ? {} : { rule });
    const { item, kind, wordCount, text } = leak.overlap;
    const detail = { field: leak.field, testFile: item.file ?? '', testItem: item.id, kind, wordCount, text };
    if (contaminated.length < mostShown.contaminated) {
      contaminated.push({ row: rowNames.of(ordinal), type, ...detail });
    }
    return drop(row, ordinal, 'contaminated', detail);
  };
  const compare = (row: PreparedRow, ordinal: number, batch: PreparedBatch, sound: number) => {
    const twin = seen.insert(batch.keys[2 * sound] as number, batch.keys[2 * sound + 1] as number, ordinal);
    if (twin >= 0) return drop(row, ordinal, 'exact-duplicate', { of: rowNames.of(twin), similarity: 1 });
    if (near !== undefined) {
      nearOrdinals.push(ordinal);
      const found = near.addSigned(signatureOf(batch, sound));
      if (found !== undefined) {
        const of = rowNames.of(nearOrdinals[found.of] as number);
        const detail = { of, similarity: Math.round(found.similarity * 1000) / 1000 };
        if (nearDuplicates.length < mostShown.nearDuplicates) {
          nearDuplicates.push({ row: rowNames.of(ordinal), ...detail });
        }
        return drop(row, ordinal, 'near-duplicate', detail);
      }
    }
    typeIndexes.push(typeNames.get(row.type) as number);
    places.push(batch.places[sound] as number);
    return rowWriter.write(batch.lines[sound] as string);
  };

  return {
    take: async ({ source, first, texts }: RowBatch, batch: PreparedBatch): Promise<void> => {
      rowCounts.set(source, (rowCounts.get(source) ?? 0) + texts.length);
      rowNames.add(source, first, texts);
      let sound = 0;
      for (const [index, row] of batch.rows.entries()) {
        if (row.bad !== undefined) {
          if (!skipBad) throw badRow(source, texts[index]?.place ?? 0, row.bad);
          badLines += 1;
          continue;
        }
        counts.read(row.type);
        if (row.rule !== undefined && row.fault !== 'wrong') counts.rule(row.rule);
        const ordinal = first + index;
        const waiting = row.fault === undefined ? compare(row, ordinal, batch, sound++) : dropFaulty(row, ordinal);
        if (waiting !== undefined) await waiting;
      }
    },
    finish: (): JudgedRows => ({
      typeIndexes,
      places,
      rowCounts: [...rowCounts.values()],
      badLines,
      contaminated,
      nearDuplicates,
      cutCount: near?.cutCount ?? 0,
    }),
  };
}

function signatureOf({ gates, bandKeys, shingles, shingleEnds }: PreparedBatch, sound: number) {
  const bandCount = bandKeys.length / shingleEnds.length;
  return {
    gate: gates.subarray(2 * sound, 2 * sound + 2),
    bandKeys: bandKeys.subarray(bandCount * sound, bandCount * (sound + 1)),
    shingles: shingles.subarray(sound === 0 ? 0 : shingleEnds[sound - 1], shingleEnds[sound]),
  };
}
