import { drawPlace } from '../../selection/choose-sample.js';
import { hashKey } from '../../selection/hash-key.js';
import { rowContent } from '../../selection/row-content.js';
import { choice, integer, text } from '../../steps/setting.js';
import { defineStep, sortReasons } from '../../steps/step.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { readRowFiles } from '../rows/read-files.js';
import { rowsFile } from '../rows/rows-file.js';

/** Draws rows without replacement, the same ones whatever their order: by what they hold and the seed alone. */
export const sample = defineStep({
  name: 'sample',
  command: 'magpie sample',
  says: 'Draw N rows at random, equally many of each kind where a field names kinds',
  examples: [
    'magpie sample --run runs/magpie --count 20',
    'magpie sample --run runs/magpie --count 60 --by measured_difficulty.right',
  ],
  takes: { rows: 'needed' },
  read: readRowFiles,
  gives: ['rows'],
  isNumbered: true,
  settings: {
    count: { ...integer({ says: 'rows to draw', fallback: undefined, minimum: 1 }), isRequired: true },
    by: text({ valueName: 'FIELD', says: 'field that names the kinds, with dots where it is nested' }),
    shares: choice({
      says: 'equal: as many of each kind, as far as they reach; proportional: as the rows have them',
      words: ['equal', 'proportional'],
      fallback: 'equal',
    }),
    drawSeed: integer({ flag: 'seed', valueName: 'S', says: 'another seed draws other rows', fallback: 0 }),
  },
  work: async ({ settings: { count = 1, by, shares, drawSeed }, take, rowsAre, run }) => {
    const rows = take<JsonObject>('rows');
    const kinds = groupRows(rows, { by: shares === 'equal' ? by : undefined, seed: drawSeed });
    const drawn = new Set(drawEqually(kinds, count));
    const kept = rows.filter((row) => drawn.has(row));
    const counts = Object.fromEntries(
      [...kinds].map(([kind, all]) => [kind, all.filter((row) => drawn.has(row)).length]),
    );
    return {
      rows: { [rowsAre]: kept },
      files: { [rowsAre]: rowsFile(rows, { run, rowsAre, ending: '_sample' }) },
      counts: {
        unit: 'problems',
        input: rows.length,
        output: kept.length,
        lost: sortReasons({ 'not drawn': rows.length - kept.length }),
      },
      summary: {
        stage: 'sample',
        rows: rows.length,
        kept: kept.length,
        ...(by === undefined ? {} : { kinds: counts }),
      },
      notes: [`${kept.length} of ${rows.length} rows drawn`],
    };
  },
});

/** The rows of each kind, those that are drawn first in front. */
function groupRows(
  rows: readonly JsonObject[],
  { by, seed }: { readonly by: string | undefined; readonly seed: number },
): ReadonlyMap<string, readonly JsonObject[]> {
  const placed = rows.map((row) => ({ row, place: drawPlace(hashKey(rowContent(row)), seed) }));
  const groups = new Map<string, JsonObject[]>();
  for (const { row } of placed.sort((left, right) => left.place - right.place)) {
    const kind = by === undefined ? '' : String(valueAt(row, by.split('.')) ?? 'none');
    const group = groups.get(kind);
    if (group === undefined) groups.set(kind, [row]);
    else group.push(row);
  }
  return groups;
}

/** One of each kind in turn, until there are enough: kinds that are used up leave their share to the others. */
function drawEqually(kinds: ReadonlyMap<string, readonly JsonObject[]>, count: number): readonly JsonObject[] {
  const groups = [...kinds].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, rows]) => rows);
  const drawn: JsonObject[] = [];
  for (let turn = 0; drawn.length < count && groups.some((rows) => rows.length > turn); turn++) {
    for (const rows of groups) if (turn < rows.length && drawn.length < count) drawn.push(rows[turn] as JsonObject);
  }
  return drawn;
}

function valueAt(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  return typeof value === 'object' && value !== null ? valueAt((value as JsonObject)[key], rest) : undefined;
}
