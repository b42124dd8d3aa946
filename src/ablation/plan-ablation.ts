import { averagedDiscordance, smallestDifference } from '../evaluation/smallest-difference.js';
import { readRecipe } from '../gpu/read-recipe.js';
import { isTrained, listArms } from './list-arms.js';
import type { MachineRates } from './measure-rates.js';
import type { AblationRecipe } from './recipe.js';

/** What an ablation will do, how long it takes, and what it will be able to tell. */
export type AblationPlan = {
  readonly name: string;
  readonly seeds: number;
  /** Arms trained and asked at the same time. */
  readonly atOnce: number;
  readonly arms: readonly { readonly arm: string; readonly rows: number; readonly minutes: number }[];
  readonly questions: { readonly forward: number; readonly backward: number };
  /** Estimates from the rates of this machine; parts that are there are not taken off. */
  readonly minutes: { readonly grow: number; readonly train: number; readonly evaluate: number; readonly all: number };
  readonly rates: MachineRates;
  /** Forward and backward, from 0 to 1, found with a power of 80 %; undefined where nothing was measured yet. */
  readonly smallestDifference: { readonly forward: number; readonly backward: number | undefined } | undefined;
  /** Where the discordance is from that it is reckoned with. */
  readonly measured: AblationRecipe['measured'];
};

/** Reckons with the rates and with `recipe.measured`, as if no arm slowed another down; nothing is asked or written. */
export async function planAblation(
  recipe: AblationRecipe,
  { rates, atOnce }: { readonly rates: MachineRates; readonly atOnce: number },
): Promise<AblationPlan> {
  const arms = listArms(recipe);
  const epochs = recipe.epochs ?? (Number((await readRecipe(recipe.training, { script: 'train-sft' })).epochs) || 1);
  const { forward, backward } = { forward: recipe.test.problems, backward: recipe.test.backward };
  const evaluateSeconds = ((forward + backward) * rates.tokensPerAnswer) / rates.studentTokensPerSecond;
  const trainSecondsOf = ({ rows }: { readonly rows: number }): number =>
    rates.trainingStartSeconds + (rows * rates.tokensPerRow * epochs) / rates.trainingTokensPerSecond;
  const trained = arms.filter(isTrained);
  const untrained = arms.length - trained.length;
  // Rounds of so many at a time, of which the last may have fewer
  const shareOf = (parts: number): number => (parts === 0 ? 1 : Math.ceil(parts / atOnce) / parts);
  const growSeconds = (recipe.seeds * answersToAsk(recipe) * rates.tokensPerAnswer) / rates.teacherTokensPerSecond;
  const grow = growSeconds * shareOf(recipe.seeds);
  const parts = recipe.seeds * trained.length + untrained;
  const train = recipe.seeds * trained.reduce((sum, arm) => sum + trainSecondsOf(arm), 0) * shareOf(parts);
  const evaluate = parts * evaluateSeconds * shareOf(parts);
  return {
    name: recipe.name,
    seeds: recipe.seeds,
    atOnce,
    arms: arms.map((arm) => ({
      arm: arm.name,
      rows: isTrained(arm) ? arm.rows : 0,
      minutes: minutesOf(isTrained(arm) ? recipe.seeds * (trainSecondsOf(arm) + evaluateSeconds) : evaluateSeconds),
    })),
    questions: { forward, backward },
    minutes: {
      grow: minutesOf(grow),
      train: minutesOf(train),
      evaluate: minutesOf(evaluate),
      all: minutesOf(grow + train + evaluate),
    },
    rates,
    smallestDifference: smallestOf(recipe, { forward, backward }),
    measured: recipe.measured,
  };
}

function smallestOf(
  { measured, seeds }: Pick<AblationRecipe, 'measured' | 'seeds'>,
  { forward, backward }: { readonly forward: number; readonly backward: number },
): AblationPlan['smallestDifference'] {
  if (measured === undefined) return undefined;
  const discordance = averagedDiscordance({ ...measured, seeds });
  return {
    forward: smallestDifference({ n: forward, discordance }),
    backward: backward === 0 ? undefined : smallestDifference({ n: backward, discordance }),
  };
}

/** Answers, rephrasings and statements that the teacher writes for a seed. */
function answersToAsk({ problems, grow, arms }: AblationRecipe): number {
  const used = new Set(arms.flatMap(({ of }) => Object.keys(of)));
  const backward = problems * grow.maxBackward;
  return (
    (used.has('answers') ? problems * grow.answers : 0) +
    (used.has('rephrase') ? 2 * problems * grow.rephrase : 0) +
    (used.has('self-verification') ? backward * grow['self-verification'] : 0) +
    (used.has('fobar') ? backward * grow.fobar : 0)
  );
}

const minutesOf = (seconds: number): number => Math.round(seconds / 6) / 10;
