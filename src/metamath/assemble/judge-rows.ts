import type { StageProgress } from '../../runs/track-progress.js';
import type { OverlapIndex } from '../../selection/overlap-index.js';
import type { AtomicWriter } from '../../storage/open-atomic-writer.js';
import type { JsonText } from '../../storage/read-json-texts.js';
import { type JsonObject, parseJsonObject } from '../../storage/read-jsonl.js';
import type { AssemblyCounts, ContaminatedRow, DropReason, RepeatedRow } from './assembly-report.js';
import { checkRow } from './check-row.js';
import type { RowSource } from './find-sources.js';
import { badRow, readSources } from './read-rows.js';
import type { AssemblyRecipe } from './recipe.js';
import { createRowSelector, type Selected } from './select-rows.js';

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
  readonly overlaps: OverlapIndex | undefined;
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

/** Reads every row once and decides all but the draw. */
export async function judgeRows(options: JudgeOptions): Promise<JudgedRows> {
  const { recipe, sources, overlaps, counts, skipBad, rowWriter, droppedWriter, signal, onProgress } = options;
  const selector = createRowSelector({ recipe, overlaps });
  const typeNames = Object.keys(recipe.types);
  const [typeIndexes, places]: [number[], number[]] = [[], []];
  const rowCounts = new Map<RowSource, number>(sources.map((source) => [source, 0]));
  const rowNames = trackPlaces(sources);
  const contaminated: ContaminatedRow[] = [];
  const nearDuplicates: RepeatedRow[] = [];
  let badLines = 0;

  /** Decides one row; returns a promise only where something has to be waited for. */
  const judge = (fields: JsonObject, ordinal: number): Promise<void> | undefined => {
    const checked = checkRow(fields, { recipe });
    const { type, fault, rule, answer } = checked;
    counts.read(type);
    if (rule !== undefined && fault !== 'wrong') counts.rule(rule);
    const drop = (reason: DropReason, detail: object): Promise<void> | undefined => {
      counts.drop(type, reason);
      if (droppedWriter === undefined) return undefined;
      return droppedWriter.write(describeDropped(fields, { row: rowNames.of(ordinal), type, reason, detail }));
    };
    if (checked.row === undefined) return drop(fault ?? 'failed', rule === undefined ? {} : { rule });
    const selected = selector.select(checked.row, { answer, label: ordinal });
    if (selected.reason === undefined) {
      typeIndexes.push(typeNames.indexOf(type));
      places.push(selected.place);
      return rowWriter.write(`${JSON.stringify(checked.row)}\n`);
    }
    const { reason } = selected;
    const [detail, row] = [describeSelected(selected, rowNames.of), rowNames.of(ordinal)];
    if (reason === 'contaminated' && contaminated.length < mostShown.contaminated) {
      contaminated.push({ row, type, ...detail } as ContaminatedRow);
    } else if (reason === 'near-duplicate' && nearDuplicates.length < mostShown.nearDuplicates) {
      nearDuplicates.push({ row, ...detail } as RepeatedRow);
    }
    return drop(reason, detail);
  };

  for await (const { source, first, texts } of readSources(sources, { stage: 'check, MB', signal, onProgress })) {
    rowCounts.set(source, (rowCounts.get(source) ?? 0) + texts.length);
    rowNames.add(source, first, texts);
    for (const [index, { place, text }] of texts.entries()) {
      const fields = parseJsonObject(text);
      if (typeof fields === 'string' && !skipBad) throw badRow(source, place, fields);
      if (typeof fields === 'string') badLines += 1;
      else {
        const waiting = judge(fields, first + index);
        if (waiting !== undefined) await waiting;
      }
    }
  }
  const cutCount = selector.cutCount;
  return { typeIndexes, places, rowCounts: [...rowCounts.values()], badLines, contaminated, nearDuplicates, cutCount };
}

/** Remembers where each row stands and names it as `FILE:LINE`. */
function trackPlaces(sources: readonly RowSource[]) {
  const places: number[] = [];
  const starts = new Map<RowSource, number>();
  return {
    add: (source: RowSource, first: number, texts: readonly JsonText[]): void => {
      if (!starts.has(source)) starts.set(source, first);
      for (const { place } of texts) places.push(place);
    },
    of: (ordinal: number): string => {
      const source = sources.filter((one) => (starts.get(one) ?? Number.POSITIVE_INFINITY) <= ordinal).at(-1);
      return `${source?.file}:${places[ordinal]}`;
    },
  };
}

function describeSelected(
  selected: Exclude<Selected, { reason: undefined }>,
  nameOf: (ordinal: number) => string,
): object {
  if (selected.reason !== 'contaminated') {
    return { of: nameOf(selected.of), similarity: Math.round(selected.similarity * 1000) / 1000 };
  }
  const { item, kind, wordCount, text } = selected.overlap;
  return { field: selected.field, testFile: item.file ?? '', testItem: item.id, kind, wordCount, text };
}

function describeDropped(
  fields: JsonObject,
  { row, type, reason, detail }: { row: string; type: string; reason: DropReason; detail: object },
): string {
  const { id = null, query = null, response = null } = fields;
  return `${JSON.stringify({ row, id, reason, type, ...detail, query, response })}\n`;
}
