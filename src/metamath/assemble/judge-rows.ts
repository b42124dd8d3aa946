import type { StageProgress } from '../../runs/track-progress.js';
import type { OverlapIndex } from '../../selection/overlap-index.js';
import type { AtomicWriter } from '../../storage/open-atomic-writer.js';
import { type JsonObject, parseJsonObject } from '../../storage/read-jsonl.js';
import type { AssemblyCounts, ContaminatedRow, DropReason, RepeatedRow } from './assembly-report.js';
import { type CheckedRow, checkRow } from './check-row.js';
import type { RowSource } from './find-sources.js';
import { badRow, readSourceTexts, type SourceText } from './read-rows.js';
import type { AssemblyRecipe } from './recipe.js';
import { createRowSelector, type Selected } from './select-rows.js';

/** What the first reading leaves of the rows: numbers, no texts. */
export type JudgedRows = {
  /** Of each row that may be chosen: its ordinal, its type as an index of the recipe's types, its place in the draw. */
  readonly ordinals: readonly number[];
  readonly typeIndexes: readonly number[];
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
  /** Takes a line for each row that is left out. */
  readonly droppedWriter: AtomicWriter | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StageProgress) => void) | undefined;
};

/** Contaminated rows and near-duplicates that the report shows. */
const mostShown = { contaminated: 1000, nearDuplicates: 20 };

/** Reads every row once and decides all but the draw. */
export async function judgeRows(options: JudgeOptions): Promise<JudgedRows> {
  const { recipe, sources, overlaps, counts, skipBad, droppedWriter, signal, onProgress } = options;
  const selector = createRowSelector({ recipe, overlaps });
  const typeNames = Object.keys(recipe.types);
  const [ordinals, typeIndexes, places]: [number[], number[], number[]] = [[], [], []];
  const rowCounts = new Map<RowSource, number>(sources.map((source) => [source, 0]));
  const nameRow = trackPlaces(sources);
  const contaminated: ContaminatedRow[] = [];
  const nearDuplicates: RepeatedRow[] = [];
  let badLines = 0;

  for await (const text of readSourceTexts(sources, { stage: 'check, MB', signal, onProgress })) {
    rowCounts.set(text.source, (rowCounts.get(text.source) ?? 0) + 1);
    nameRow.add(text);
    const fields = parseJsonObject(text.text);
    if (typeof fields === 'string') {
      if (!skipBad) throw badRow(text, fields);
      badLines += 1;
      continue;
    }
    const checked = checkRow(fields, { recipe });
    counts.read(checked.type);
    if (checked.rule !== undefined && checked.fault !== 'wrong') counts.rule(checked.rule);
    const drop = (reason: DropReason, detail: object = {}): Promise<void> | undefined => {
      counts.drop(checked.type, reason);
      const row = nameRow.of(text.ordinal);
      return droppedWriter?.write(describeDropped(fields, { row, checked, reason, detail }));
    };
    if (checked.row === undefined) {
      await drop(checked.fault ?? 'failed', checked.rule === undefined ? {} : { rule: checked.rule });
      continue;
    }
    const selected = selector.select(checked.row, { answer: checked.answer, label: text.ordinal });
    if (selected.reason === undefined) {
      ordinals.push(text.ordinal);
      typeIndexes.push(typeNames.indexOf(checked.type));
      places.push(selected.place);
      continue;
    }
    const detail = describeSelected(selected, nameRow.of);
    await drop(selected.reason, detail);
    const row = nameRow.of(text.ordinal);
    if (selected.reason === 'contaminated' && contaminated.length < mostShown.contaminated) {
      contaminated.push({ row, type: checked.type, ...detail } as ContaminatedRow);
    } else if (selected.reason === 'near-duplicate' && nearDuplicates.length < mostShown.nearDuplicates) {
      nearDuplicates.push({ row, ...detail } as RepeatedRow);
    }
  }
  return {
    ordinals,
    typeIndexes,
    places,
    rowCounts: [...rowCounts.values()],
    badLines,
    contaminated,
    nearDuplicates,
    cutCount: selector.cutCount,
  };
}

/** Remembers where each row stands, in 4 bytes a row, and names it as `FILE:LINE`. */
function trackPlaces(sources: readonly RowSource[]) {
  const places: number[] = [];
  const starts = new Map<RowSource, number>();
  return {
    add: ({ source, place, ordinal }: SourceText): void => {
      if (!starts.has(source)) starts.set(source, ordinal);
      places.push(place);
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
  { row, checked, reason, detail }: { row: string; checked: CheckedRow; reason: DropReason; detail: object },
): string {
  const { id = null, query = null, response = null } = fields;
  return `${JSON.stringify({ row, id, reason, type: checked.type, ...detail, query, response })}\n`;
}
