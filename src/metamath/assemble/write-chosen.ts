import { sampleLimit } from '../../selection/choose-sample.js';
import { type AtomicWriter, openAtomicWriter } from '../../storage/open-atomic-writer.js';
import { readJsonBatches } from '../../storage/read-json-texts.js';
import type { AssemblyCounts } from './assembly-report.js';
import type { JudgedRows } from './judge-rows.js';
import type { AssemblyRecipe } from './recipe.js';

/** Draws the wanted number of rows of each type; counts the others as left out by the quota. 1 for a row that is chosen. */
export function chooseRows(
  { typeIndexes, places }: JudgedRows,
  { recipe, counts }: { recipe: AssemblyRecipe; counts: AssemblyCounts },
): Uint8Array {
  const types = Object.entries(recipe.types);
  const limits = types.map(([, { rows }], type) => {
    const own = places.filter((_, index) => typeIndexes[index] === type);
    return sampleLimit(own, rows);
  });
  return Uint8Array.from(places, (place, index) => {
    const type = typeIndexes[index] as number;
    const isChosen = place <= (limits[type] as number);
    if (!isChosen) counts.drop(types[type]?.[0] ?? '', 'quota');
    return isChosen ? 1 : 0;
  });
}

/**
 * Puts the chosen rows in place as `out`, in the order in which they were judged. `rowWriter` holds the rows; where all of them
 * are chosen, its file becomes `out` as it is.
 */
export async function writeChosen({
  out,
  choice,
  rowWriter,
  droppedWriter,
}: {
  out: string;
  choice: Uint8Array;
  rowWriter: AtomicWriter;
  droppedWriter: AtomicWriter | undefined;
}): Promise<number> {
  if (!choice.includes(0)) {
    await rowWriter.commit();
    return choice.length;
  }
  await rowWriter.flush();
  const writer = await openAtomicWriter(out);
  try {
    let [index, count] = [0, 0];
    for await (const texts of readJsonBatches(rowWriter.temporary)) {
      for (const { text } of texts) {
        const isChosen = choice[index] === 1;
        index += 1;
        if (isChosen) count += 1;
        const waiting = isChosen ? writer.write(`${text}\n`) : droppedWriter?.write(describeOverQuota(text));
        if (waiting !== undefined) await waiting;
      }
    }
    await writer.commit();
    return count;
  } finally {
    await writer.abort();
  }
}

function describeOverQuota(text: string): string {
  const { type, query, response } = JSON.parse(text);
  return `${JSON.stringify({ row: null, id: null, reason: 'quota', type, query, response })}\n`;
}
