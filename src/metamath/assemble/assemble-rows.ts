import { InputError } from '../../errors.js';
import { named } from '../../name-setting.js';
import { hashData } from '../../problems/load-problems.js';
import type { StageProgress } from '../../runs/track-progress.js';
import type { TestItem } from '../../selection/overlap-index.js';
import { readTestItems } from '../../selection/read-test-items.js';
import { hashFile } from '../../storage/hash-file.js';
import { type AtomicWriter, openAtomicWriter } from '../../storage/open-atomic-writer.js';
import { type AssemblyCounts, type AssemblyReport, createAssemblyCounts } from './assembly-report.js';
import { findSources } from './find-sources.js';
import { judgeRows } from './judge-rows.js';
import { type Narrowing, narrowRecipe } from './narrow-recipe.js';
import { type AssemblyRecipe, loadRecipe } from './recipe.js';
import { chooseRows, writeChosen } from './write-chosen.js';

export type AssembleOptions = Narrowing & {
  /** A recipe, or the name or file of one. */
  readonly recipe: string | AssemblyRecipe;
  /** Run directories of `augment`. */
  readonly runs?: readonly string[];
  /** Files of rows: JSON lines, or one array. */
  readonly files?: readonly string[];
  /** Test sets that no row may overlap with. */
  readonly tests?: readonly string[];
  /** JSONL to write. */
  readonly out: string;
  /** Also write every row that was left out, with the reason, to this JSONL. */
  readonly dropped?: string | undefined;
  /** @default the recipe's */
  readonly seed?: number | undefined;
  /** Leave out lines that cannot be read, and count them. @default false: the first one throws */
  readonly skipBad?: boolean;
  /** Go on when there is no row at all of a type. @default false */
  readonly allowEmpty?: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StageProgress) => void) | undefined;
};

/**
 * Makes the set that a recipe asks for out of graded rows: checked answers, no exact or near-duplicates, nothing of a test set, so many
 * rows of each type, drawn by seed (the step that MetaMath's repository does not have). Rows that may be chosen wait in a file beside
 * `out`, so that memory holds hashes and no texts. The same inputs, recipe and seed give the same bytes. Throws `InputError` and
 * `StorageError`; then `out` is as it was before.
 *
 * @example await assemble({ recipe: 'pocket', runs: ['runs/grown'], tests: ['test.jsonl'], out: 'mixed.jsonl' });
 */
export async function assemble(options: AssembleOptions): Promise<AssemblyReport> {
  const { out, runs = [], files = [], tests = [], dropped, skipBad = false, allowEmpty = false } = options;
  const { signal, onProgress } = options;
  const recipe = resolveRecipe(options);
  const sources = await findSources({ runs, files });
  const testSets = await readTestSets(tests);
  const counts = createAssemblyCounts();
  const droppedWriter = dropped === undefined ? undefined : await openAtomicWriter(dropped);
  let rowWriter: AtomicWriter | undefined;
  try {
    rowWriter = await openAtomicWriter(out);
    const writers = { rowWriter, droppedWriter };
    const judged = await judgeRows({
      recipe,
      sources,
      tests: testSets.flatMap(({ items }) => items),
      counts,
      skipBad,
      signal,
      onProgress,
      ...writers,
    });
    if (!allowEmpty) refuseEmptyTypes(recipe, counts);
    const choice = chooseRows(judged, { recipe, counts });
    const written = await writeChosen({ out, choice, ...writers });
    await droppedWriter?.commit();
    const hashes = await Promise.all(sources.map(({ file }) => hashFile(file)));
    return {
      recipe,
      inputs: sources.map(({ name, bytes }, index) => ({
        name,
        rows: judged.rowCounts[index] ?? 0,
        bytes,
        sha256: hashes[index] ?? '',
      })),
      tests: testSets.map(({ file, items, sha256 }) => ({ file, items: items.length, sha256 })),
      read: judged.rowCounts.reduce((sum, count) => sum + count, 0),
      written,
      stages: counts.stages(),
      types: counts.types(recipe),
      otherTypes: counts.otherTypes(recipe),
      rules: counts.rules(),
      contaminated: judged.contaminated,
      nearDuplicates: judged.nearDuplicates,
      cutComparisons: judged.cutCount,
      badLines: judged.badLines,
      output: { rows: written, sha256: await hashFile(out) },
    };
  } finally {
    await rowWriter?.abort();
    await droppedWriter?.abort();
  }
}

function resolveRecipe({ recipe, seed, ...narrowing }: AssembleOptions): AssemblyRecipe {
  const loaded = narrowRecipe(typeof recipe === 'string' ? loadRecipe(recipe) : recipe, narrowing);
  return seed === undefined ? loaded : { ...loaded, seed };
}

type TestSet = { readonly file: string; readonly items: readonly TestItem[]; readonly sha256: string };

async function readTestSets(files: readonly string[]): Promise<TestSet[]> {
  const sets: TestSet[] = [];
  for (const file of files) sets.push({ file, items: await readTestItems(file), sha256: await hashData(file) });
  return sets;
}

function refuseEmptyTypes(recipe: AssemblyRecipe, counts: AssemblyCounts): void {
  const empty = counts.types(recipe).filter(({ read }) => read === 0);
  if (empty.length === 0) return;
  const others = Object.keys(counts.otherTypes(recipe)).map((type) => JSON.stringify(type));
  const there = [
    ...counts
      .types(recipe)
      .filter(({ read }) => read > 0)
      .map(({ type }) => type),
    ...others,
  ];
  const names = empty.map(({ type }) => type).join(', ');
  throw new InputError(
    `Cannot assemble ${recipe.name}: no row is of type ${names} (there are ${there.join(', ') || 'no rows'}); name the runs that grew it, or use ${named('allowEmpty')}`,
  );
}
