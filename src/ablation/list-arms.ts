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
  /** Undefined for the first one. */
  readonly against: string | undefined;
};

/**
 * The arms of a recipe in their order, those with several checks, shares of wrong answers or budgets crossed. An arm is compared with the
 * one before it; a crossed one with the one that differs from it in the last of these alone: another check, fewer wrong answers, another
 * budget. Throws `InputError` where two have one name.
 */
export function listArms({ name: recipe, arms }: Pick<AblationRecipe, 'name' | 'arms'>): Arm[] {
  const listed = arms.flatMap(({ name, of, check, planted, equal }, place): Arm[] => {
    const sum = Object.values(of).reduce((total, share) => total + share, 0);
    const shares = Object.fromEntries(Object.entries(of).map(([source, share]) => [source, share / sum]));
    const nameOf = (how: AnswerCheck, wrong: number, budget: Budget): string =>
      [
        name,
        ...(how === 'graded' ? [] : [how]),
        ...(wrong === 0 ? [] : [`${Math.round(100 * wrong)} percent wrong`]),
        ...(budget === 'rows' ? [] : ['equal tokens']),
      ].join(', ');
    const [firstCheck, firstWrong, firstBudget] = [check[0], planted[0], equal[0]] as [AnswerCheck, number, Budget];
    const before = arms[place - 1];
    const previous = before === undefined ? undefined : firstNameOf(before, nameOf, before.name, name);
    return equal.flatMap((budget) =>
      planted.flatMap((wrong) =>
        check.map((how): Arm => {
          const against =
            how !== firstCheck
              ? nameOf(firstCheck, wrong, budget)
              : wrong !== firstWrong
                ? nameOf(how, firstWrong, budget)
                : budget !== firstBudget
                  ? nameOf(how, wrong, firstBudget)
                  : previous;
          const full = nameOf(how, wrong, budget);
          return { name: full, folder: folderOf(full), shares, check: how, planted: wrong, equal: budget, against };
        }),
      ),
    );
  });
  const folders = listed.map(({ folder }) => folder);
  const twice = listed.find(({ folder }, place) => folders.indexOf(folder) !== place);
  if (twice !== undefined)
    throw new InputError(`Cannot use ablation ${recipe}: two arms are called "${twice.name}"; give one another name`);
  return listed;
}

function firstNameOf(
  { check, planted, equal }: AblationRecipe['arms'][number],
  nameOf: (check: AnswerCheck, wrong: number, budget: Budget) => string,
  before: string,
  name: string,
): string {
  return nameOf(check[0] as AnswerCheck, planted[0] as number, equal[0] as Budget).replace(name, () => before);
}

const folderOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\+/g, 'plus ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
