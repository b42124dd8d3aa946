import type { Strength } from '../../answers/parse/verdict.js';
import { InputError } from '../../errors.js';
import { named } from '../../name-setting.js';
import type { AssemblyRecipe } from './recipe.js';

export type Narrowing = {
  /** Types that stay, by name (`GSM_SV`) or by technique (`SV`: of every data set). @default all */
  readonly only?: readonly string[] | undefined;
  /** Types that go. */
  readonly without?: readonly string[] | undefined;
  /** Rows in all; the shares of the types stay. @default the sum of the types */
  readonly size?: number | undefined;
  /** The least strength of a verdict. @default the recipe's */
  readonly leastStrength?: Strength | undefined;
  /** Every line of work has to hold. @default what the recipe says */
  readonly dropBrokenSteps?: boolean | undefined;
};

/**
 * A recipe with fewer types or another number of rows, for ablations: mixes that differ in one technique and not in their
 * size. Rows are drawn by a place of their own, so that a smaller quota of a type takes a part of what a larger one takes.
 *
 * @throws InputError for a type that the recipe does not have, and where nothing is left
 */
export function narrowRecipe(
  given: AssemblyRecipe,
  { leastStrength, dropBrokenSteps, only, without, size }: Narrowing,
): AssemblyRecipe {
  const verified = {
    ...given.verified,
    ...(leastStrength === undefined ? {} : { strength: leastStrength }),
    ...(dropBrokenSteps === true ? { steps: 'hold' as const } : {}),
  };
  const recipe: AssemblyRecipe = { ...given, verified };
  if (only === undefined && without === undefined && size === undefined) return recipe;
  const names = Object.keys(recipe.types);
  const kept = only === undefined ? new Set(names) : matchTypes(only, { names, recipe, flag: `${named('only')}` });
  for (const name of matchTypes(without ?? [], { names, recipe, flag: `${named('without')}` })) kept.delete(name);
  if (kept.size === 0)
    throw new InputError(
      `Cannot assemble ${recipe.name}: ${named('only')} and ${named('without')} leave no type; name fewer of them`,
    );
  const types = Object.entries(recipe.types).filter(([name]) => kept.has(name));
  const rows = size === undefined ? types.map(([, type]) => type.rows) : shareOut(size, { types, recipe });
  const name = [
    recipe.name,
    ...(only === undefined ? [] : [`only ${only.join(', ')}`]),
    ...(without === undefined ? [] : [`without ${without.join(', ')}`]),
    ...(size === undefined ? [] : [`${size} rows`]),
  ].join(', ');
  return {
    ...recipe,
    name,
    types: Object.fromEntries(types.map(([type, wanted], index) => [type, { ...wanted, rows: rows[index] as number }])),
  };
}

function matchTypes(
  words: readonly string[],
  { names, recipe, flag }: { names: readonly string[]; recipe: AssemblyRecipe; flag: string },
): Set<string> {
  const matched = words.map((word) => {
    const found = names.filter((name) => name === word || name.endsWith(`_${word}`));
    if (found.length === 0)
      throw new InputError(
        `Cannot assemble ${recipe.name}: ${flag} ${word} is none of its types; choose among ${names.join(', ')}`,
      );
    return found;
  });
  return new Set(matched.flat());
}

/** Whole rows by shares, the largest remainders rounded up (Hamilton's method), so that the sum is `size`. */
function shareOut(
  size: number,
  { types, recipe }: { types: readonly (readonly [string, { readonly rows: number }])[]; recipe: AssemblyRecipe },
): number[] {
  const total = types.reduce((sum, [, { rows }]) => sum + rows, 0);
  const exact = types.map(([, { rows }]) => (rows * size) / total);
  const counts = exact.map(Math.floor);
  const missing = size - counts.reduce((sum, count) => sum + count, 0);
  const byRemainder = exact.map((_, index) => index).sort((a, b) => rest(exact, b) - rest(exact, a) || a - b);
  for (const index of byRemainder.slice(0, missing)) counts[index] = (counts[index] as number) + 1;
  if (counts.includes(0))
    throw new InputError(
      `Cannot assemble ${recipe.name}: ${size} rows leave none for a type; raise ${named('size')} or name fewer types`,
    );
  return counts;
}

const rest = (exact: readonly number[], index: number): number => (exact[index] as number) % 1;
