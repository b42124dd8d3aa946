import { join } from 'node:path';
import { gradeResponse } from '../answers/grade/grade-response.js';
import { InputError } from '../errors.js';
import { assemble } from '../metamath/assemble/assemble-rows.js';
import { type AssemblyRecipe, parseRecipe } from '../metamath/assemble/recipe.js';
import { createRandom } from '../problems/pocket/random.js';
import { hashFile } from '../storage/hash-file.js';
import { readJsonl, requireFields } from '../storage/read-jsonl.js';
import { writeJsonl } from '../storage/write-jsonl.js';
import { type CheckedRow, checkAnswers, type PoolRow } from './check-answers.js';
import type { Arm } from './list-arms.js';
import { typeOf } from './problem-source.js';
import type { AblationRecipe, RowSource } from './recipe.js';

/** What an arm learns from. */
export type MixedSet = {
  readonly rows: number;
  /** Different rows among them: a source that gives too few is gone through again, as epochs would. */
  readonly distinct: number;
  /** Of questions and responses, in the student's tokens. */
  readonly tokens: number;
  /** Share of the rows whose answer is not the gold one, whatever the check knew. */
  readonly wrong: number;
  readonly byType: { readonly [type: string]: { readonly rows: number; readonly distinct: number } };
  readonly sha256: string;
};

type SetRow = { readonly query: string; readonly response: string; readonly type: string; readonly problem: string };

/**
 * Writes the set of an arm as `set.jsonl` of its folder: planted and checked answers, mixed by `assemble` (its decontamination and its
 * exact duplicates; near ones stay, since stories of one grammar are alike), and filled up to the budget by shares. For a budget of tokens
 * it is as many as `rows` rows of `reference` have.
 */
export async function mixSet(
  arm: Arm,
  {
    directory,
    pools,
    dataset,
    reference,
    testFile,
    seed,
    lastLine,
    countTokens,
  }: {
    readonly directory: string;
    readonly lastLine: AblationRecipe['lastLine'];
    readonly pools: ReadonlyMap<RowSource, readonly PoolRow[]>;
    readonly dataset: string;
    /** Mean tokens of a row that make up a budget of tokens. */
    readonly reference: number;
    readonly testFile: string;
    readonly seed: number;
    readonly countTokens: (text: string) => Promise<number>;
  },
): Promise<MixedSet> {
  const sources = Object.entries(arm.shares) as [RowSource, number][];
  const golds = new Map<string, string>();
  const pooled: CheckedRow[] = [];
  const tokensOf = new Map<RowSource, number>();
  for (const [source] of sources) {
    const rows = pools.get(source) ?? [];
    for (const { query, gold } of rows) golds.set(query, gold);
    const checked = checkAnswers(rows, { ...arm, seed });
    for (const row of checked) pooled.push(row);
    if (arm.equal === 'tokens') tokensOf.set(source, await meanTokens(checked, countTokens));
  }
  const mean = sources.reduce((sum, [source, share]) => sum + share * (tokensOf.get(source) ?? reference), 0);
  const quotas = shareOut(Math.max(1, Math.round((arm.rows * reference) / mean)), sources);
  const poolFile = join(directory, 'pool.jsonl');
  // Its place in the pool stands where assemble keeps the problem's id, so that a chosen row is found again
  await writeJsonl({ file: poolFile, rows: pooled.map((row, place) => ({ ...row, problem: String(place) })) });
  const mixFile = join(directory, 'mixed.jsonl');
  const mix = { files: [poolFile], tests: [testFile], out: mixFile, seed, allowEmpty: true };
  await assemble({ ...mix, recipe: assemblyOf(arm, quotas, dataset) });
  const { rows: assembled } = await readJsonl({
    file: mixFile,
    check: requireFields<SetRow>(['query', 'response', 'type', 'problem']),
  });
  const mixed = assembled.map(({ query, response, type, problem }): SetRow => {
    const { response: written = response, problem: id = problem } = pooled[Number(problem)] ?? {};
    return { query, response: lastLine === 'kept' ? written : response, type, problem: id };
  });
  const set = quotas.flatMap(([source, quota]) =>
    fill(mixed, { source, type: typeOf(source, dataset), quota, arm, seed }),
  );
  const order = createRandom(`order ${seed}`);
  const shuffled = set
    .map((row) => ({ row, place: order.next() }))
    .sort((left, right) => left.place - right.place)
    .map(({ row }) => row);
  const file = join(directory, 'set.jsonl');
  await writeJsonl({ file, rows: shuffled });
  const isWrong = ({ query, response }: SetRow): boolean =>
    !gradeResponse({ gold: golds.get(query) ?? '', response }).equivalent;
  let tokens = 0;
  for (const { query, response } of shuffled) tokens += await countTokens(`${query}\n${response}`);
  const byType = quotas.map(([source]) => {
    const type = typeOf(source, dataset);
    const own = shuffled.filter((row) => row.type === type);
    return [type, { rows: own.length, distinct: distinctOf(own) }] as const;
  });
  return {
    rows: shuffled.length,
    distinct: distinctOf(shuffled),
    tokens,
    wrong: shuffled.filter(isWrong).length / Math.max(1, shuffled.length),
    byType: Object.fromEntries(byType),
    sha256: await hashFile(file),
  };
}

function assemblyOf(arm: Arm, quotas: readonly (readonly [RowSource, number])[], dataset: string): AssemblyRecipe {
  const types = Object.fromEntries(quotas.map(([source, rows]) => [typeOf(source, dataset), { rows }]));
  const value = {
    name: 'ablation',
    version: 1,
    description: `the rows of ${arm.name}`,
    types,
    verified: { ungraded: 'keep' },
    duplicates: { compare: 'none' },
    decontamination: { words: 13 },
  };
  return parseRecipe(value, { file: 'of an ablation' });
}

/** A source's rows, gone through again and again until there are so many. */
function fill(
  mixed: readonly SetRow[],
  { source, type, quota, arm, seed }: { source: RowSource; type: string; quota: number; arm: Arm; seed: number },
): SetRow[] {
  const own = mixed.filter((row) => row.type === type);
  if (own.length === 0)
    throw new InputError(
      `Cannot make the rows of ${arm.name} (seed ${seed}): no row of ${source} is left after checks; give more problems or answers`,
    );
  return Array.from({ length: quota }, (_, place) => own[place % own.length] as SetRow);
}

const distinctOf = (rows: readonly SetRow[]): number =>
  new Set(rows.map(({ query, response }) => `${query}\n${response}`)).size;

/** Whole rows by shares, largest remainders first. */
function shareOut(total: number, shares: readonly (readonly [RowSource, number])[]): [RowSource, number][] {
  const floors = shares.map(([source, share]) => ({
    source,
    count: Math.floor(share * total),
    rest: (share * total) % 1,
  }));
  let missing = total - floors.reduce((sum, { count }) => sum + count, 0);
  for (const each of [...floors].sort((left, right) => right.rest - left.rest)) {
    if (missing <= 0) break;
    each.count += 1;
    missing -= 1;
  }
  return floors.filter(({ count }) => count > 0).map(({ source, count }) => [source, count]);
}

/** Of 200 rows at even distances: the first ones are many answers to few problems. */
export async function meanTokens(
  rows: readonly Pick<CheckedRow, 'query' | 'response'>[],
  countTokens: (text: string) => Promise<number>,
): Promise<number> {
  const count = Math.min(200, rows.length);
  const some = rows.filter(
    (_, place) => Math.floor((place * count) / rows.length) !== Math.floor(((place - 1) * count) / rows.length),
  );
  let sum = 0;
  for (const { query, response } of some) sum += await countTokens(`${query}\n${response}`);
  return sum / Math.max(1, some.length);
}
