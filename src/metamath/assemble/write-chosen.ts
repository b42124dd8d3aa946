import { stat } from 'node:fs/promises';
import { StorageError } from '../../errors.js';
import type { StageProgress } from '../../runs/track-progress.js';
import { sampleLimit } from '../../selection/choose-sample.js';
import { type AtomicWriter, openAtomicWriter } from '../../storage/open-atomic-writer.js';
import { parseJsonObject } from '../../storage/read-jsonl.js';
import type { AssemblyCounts } from './assembly-report.js';
import { checkRow } from './check-row.js';
import type { RowSource } from './find-sources.js';
import type { JudgedRows } from './judge-rows.js';
import { readSourceTexts } from './read-rows.js';
import type { AssemblyRecipe } from './recipe.js';

/** What the draw says of a row, by ordinal. */
export type Choice = Uint8Array;

const [chosen, overQuota] = [1, 2];

/** Draws the wanted number of rows of each type; counts the others as left out by the quota. */
export function chooseRows(
  { ordinals, typeIndexes, places, rowCounts }: JudgedRows,
  { recipe, counts }: { recipe: AssemblyRecipe; counts: AssemblyCounts },
): Choice {
  const choice = new Uint8Array(rowCounts.reduce((sum, count) => sum + count, 0));
  Object.entries(recipe.types).forEach(([type, { rows }], typeIndex) => {
    const limit = sampleLimit(
      places.filter((_, index) => typeIndexes[index] === typeIndex),
      rows,
    );
    ordinals.forEach((ordinal, index) => {
      if (typeIndexes[index] !== typeIndex) return;
      const isChosen = (places[index] as number) <= limit;
      choice[ordinal] = isChosen ? chosen : overQuota;
      if (!isChosen) counts.drop(type, 'quota');
    });
  });
  return choice;
}

/** Reads the sources again and writes the chosen rows in their order. Returns how many. */
export async function writeChosen({
  out,
  recipe,
  sources,
  choice,
  droppedWriter,
  signal,
  onProgress,
}: {
  out: string;
  recipe: AssemblyRecipe;
  sources: readonly RowSource[];
  choice: Choice;
  droppedWriter: AtomicWriter | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: StageProgress) => void) | undefined;
}): Promise<number> {
  await refuseChanged(sources);
  const writer = await openAtomicWriter(out);
  try {
    let count = 0;
    for await (const { text, ordinal, source, place } of readSourceTexts(sources, {
      stage: 'write, MB',
      signal,
      onProgress,
    })) {
      if (choice[ordinal] === overQuota && droppedWriter !== undefined) {
        const { id = null, type, query, response } = JSON.parse(text);
        const line = { row: `${source.file}:${place}`, id, reason: 'quota', type, query, response };
        await droppedWriter.write(`${JSON.stringify(line)}\n`);
      }
      if (choice[ordinal] !== chosen) continue;
      const fields = parseJsonObject(text);
      const row = typeof fields === 'string' ? undefined : checkRow(fields, { recipe }).row;
      if (row === undefined) throw changed(source);
      count += 1;
      const written = writer.write(`${JSON.stringify(row)}\n`);
      if (written !== undefined) await written;
    }
    await writer.commit();
    return count;
  } finally {
    await writer.abort();
  }
}

/** A run that is still being written would give rows that were never judged. */
async function refuseChanged(sources: readonly RowSource[]): Promise<void> {
  for (const source of sources) if ((await stat(source.file)).size !== source.bytes) throw changed(source);
}

function changed({ file }: RowSource): StorageError {
  return new StorageError(
    `Cannot assemble: ${file} has changed in the meantime; let what writes it finish, then start again`,
  );
}
