import { join } from 'node:path';
import { InputError } from '../errors.js';
import type { AblationRecipe, AnswerCheck, Budget, RowSource } from './recipe.js';

/** One set of rows to train on, and the arm that it is compared with. */
export type Arm = {
  readonly name: string;
  /** Its folder below that of a seed. */
  readonly folder: string;
  /** Shares of the rows, with the sum 1; empty where nothing is trained. */
  readonly shares: Readonly<Partial<Record<RowSource, number>>>;
  readonly check: AnswerCheck;
  /** Share of the answers that are made wrong before they are checked. */
  readonly planted: number;
  readonly equal: Budget;
  readonly rows: number;
  /** Undefined for the first one. */
  readonly against: string | undefined;
};

/**
 * The arms of a recipe in their order, those with several checks, shares of wrong answers, budgets or numbers of rows crossed. An arm is
 * compared with the one before it; a crossed one with the one that differs from it in the last of these alone: another check, fewer wrong
 * answers, another budget; one with another number of rows with the arm before it at that number, where there is such. Throws `InputError`
 * where two have one name.
 */
export function listArms({ name: recipe, arms, rows: usual }: Pick<AblationRecipe, 'name' | 'arms' | 'rows'>): Arm[] {
  const listed = arms.flatMap((arm, place): Arm[] => {
    const sum = Object.values(arm.of).reduce((total, share) => total + share, 0);
    const shares = Object.fromEntries(Object.entries(arm.of).map(([source, share]) => [source, share / sum]));
    const before = arms[place - 1];
    return crossingsOf(arm, usual).map((crossing): Arm => {
      const full = nameOf(arm.name, crossing, usual);
      const against = partnerOf(arm, { crossing, before, usual });
      return { name: full, folder: folderOf(full), shares, ...crossing, against };
    });
  });
  const folders = listed.map(({ folder }) => folder);
  const twice = listed.find(({ folder }, place) => folders.indexOf(folder) !== place);
  if (twice !== undefined)
    throw new InputError(`Cannot use ablation ${recipe}: two arms are called "${twice.name}"; give one another name`);
  return listed;
}

type GivenArm = AblationRecipe['arms'][number];
type Crossing = Pick<Arm, 'check' | 'planted' | 'equal' | 'rows'>;

function crossingsOf({ check, planted, equal, rows }: GivenArm, usual: number): Crossing[] {
  return (rows ?? [usual]).flatMap((many) =>
    equal.flatMap((budget) =>
      planted.flatMap((wrong) => check.map((how) => ({ check: how, planted: wrong, equal: budget, rows: many }))),
    ),
  );
}

function nameOf(name: string, { check, planted, equal, rows }: Crossing, usual: number): string {
  return [
    name,
    ...(check === 'graded' ? [] : [check]),
    ...(planted === 0 ? [] : [`${Number((100 * planted).toPrecision(6))} percent wrong`]),
    ...(equal === 'rows' ? [] : ['equal tokens']),
    ...(rows === usual ? [] : [`${rows} rows`]),
  ].join(', ');
}

function partnerOf(
  arm: GivenArm,
  { crossing, before, usual }: { crossing: Crossing; before: GivenArm | undefined; usual: number },
): string | undefined {
  const first = crossingsOf(arm, usual)[0] as Crossing;
  for (const key of ['check', 'planted', 'equal'] as const)
    if (crossing[key] !== first[key]) return nameOf(arm.name, { ...crossing, [key]: first[key] }, usual);
  const others = before === undefined ? [] : crossingsOf(before, usual);
  const partner = others.find(({ rows }) => rows === crossing.rows);
  if (before !== undefined && partner !== undefined) return nameOf(before.name, partner, usual);
  if (crossing.rows !== first.rows) return nameOf(arm.name, { ...crossing, rows: first.rows }, usual);
  return before && nameOf(before.name, others[0] as Crossing, usual);
}

const folderOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\+/g, 'plus ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** Its folder in the run directory. The untrained student is the same under every seed. */
export function armDirectory(
  { shares, folder }: Pick<Arm, 'shares' | 'folder'>,
  { directory, seed }: { readonly directory: string; readonly seed: number },
): string {
  return isTrained({ shares }) ? join(directory, `seed-${seed}`, folder) : join(directory, folder);
}

export const isTrained = ({ shares }: Pick<Arm, 'shares'>): boolean => Object.keys(shares).length > 0;
