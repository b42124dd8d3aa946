import { InputError } from '../errors.js';
import type { GradedRow } from './graded-row.js';
import { groupByProblem } from './majority-accuracy.js';

/** What is known of two runs before they are made: how often they differ on a question. */
export type Discordance = {
  /** Share of the questions on which one answer of each run is right in one and wrong in the other. */
  readonly share: number;
  /** The part of it that is luck of drawing: p(1 - p) of the left run plus that of the right one, mean over the questions; undefined where it was not measured. */
  readonly within?: number | undefined;
  /** Where it is from. */
  readonly from: string;
};

export type DetectionPlan = {
  readonly questions: number;
  /** Answers a question in each of the two runs. */
  readonly samples: number;
  /** Runs of each: samples of one run are draws of their own. */
  readonly seeds: number;
  /** Chance to find the difference at p < 0.05: exact for one sample (McNemar), by the normal distribution for more. */
  readonly power: number;
};

/** The wished-for power, wherever nothing else is said. */
export const usualPower = 0.8;
const [z975, z80] = [1.959964, 0.8416212];

/**
 * Four published models' answers to GSM8K's 1,319 test questions with their labels (openai/grade-school-math, example_model_solutions): the six
 * pairs differ on 26.4, 27.1, 27.4, 29.2, 33.1 and 41.1 % of the questions; the median.
 */
export const publishedDiscordance: Discordance = {
  share: 0.283,
  from: 'six pairs of four published models on GSM8K (median; 26 to 41 %)',
};

/**
 * How many questions two runs need so that a difference of `detect` (0 to 1) between them is found with 80 % power at p < 0.05. One sample: McNemar's
 * exact test on the discordant pairs (sample size of Connor, 1987, Biometrics 43:207-211, then raised until the exact power holds). Several: the paired test
 * on the mean of the samples of each question, whose variance is what is left of the discordance when the luck of drawing is divided by the samples.
 *
 * @throws InputError where the difference is larger than the discordance allows, or more samples are asked for than what was measured can tell
 */
export function planDetection({
  detect,
  discordance,
  samples = 1,
}: {
  readonly detect: number;
  readonly discordance: Discordance;
  readonly samples?: number;
}): DetectionPlan {
  const { share, within } = discordance;
  if (detect >= share) {
    throw new InputError(
      `Cannot plan for a difference of ${(100 * detect).toFixed(1)} points: runs that differ on ${(100 * share).toFixed(1)} % of the questions cannot be that far apart; name a smaller one, or other runs`,
    );
  }
  if (samples === 1) return planOneSample(detect, share);
  if (within === undefined)
    throw new InputError(
      'Cannot plan several samples: nothing tells how much of the difference is luck; name a run with several answers a question',
    );
  // Never less than what the difference itself leaves
  const variance = Math.max(share - detect ** 2 - within + within / samples, detect * (1 - detect));
  const questions = Math.ceil(((z975 + z80) ** 2 * variance) / detect ** 2);
  return { questions, samples, seeds: 1, power: usualPower };
}

function planOneSample(detect: number, share: number): DetectionPlan {
  let questions = Math.ceil((z975 * Math.sqrt(share) + z80 * Math.sqrt(share - detect ** 2)) ** 2 / detect ** 2);
  let power = mcNemarPower({ questions, share, detect });
  while (power < usualPower) {
    questions = Math.ceil(questions * 1.005);
    power = mcNemarPower({ questions, share, detect });
  }
  return { questions, samples: 1, seeds: 1, power };
}

/**
 * The exact power of McNemar's exact test at p < 0.05: over all numbers of discordant pairs (binomial, `share` of the questions) and all their
 * splits (binomial, by the difference); beyond some 25,000 questions, over evenly spaced numbers of pairs.
 */
export function mcNemarPower({
  questions,
  share,
  detect,
}: {
  readonly questions: number;
  readonly share: number;
  readonly detect: number;
}): number {
  const logs = logFactorials(questions);
  const right = (share + detect) / (2 * share);
  const [mean, reach] = [questions * share, 7 * Math.sqrt(questions * share * (1 - share)) + 3];
  // Among millions of questions every hundredth number of pairs tells the same: the power hardly moves from one to the next
  const step = Math.max(1, Math.floor(reach / 250));
  let [power, chances] = [0, 0];
  for (let pairs = Math.max(0, Math.floor(mean - reach)); pairs <= Math.min(questions, mean + reach); pairs += step) {
    const chance = Math.exp(logBinomial(logs, questions, pairs, share));
    power += chance * rejects(logs, pairs, right);
    chances += chance;
  }
  return step === 1 ? power : power / chances;
}

/** How often so many pairs, split with this chance, are refused as the tosses of a fair coin. */
function rejects(logs: Float64Array, pairs: number, chance: number): number {
  // Ten standard deviations from the mean nothing is left that a double could add
  const spread = 5 * Math.sqrt(pairs) + 3;
  const from = Math.max(0, Math.floor(pairs / 2 - spread));
  let tail = 0;
  let most = -1;
  for (let count = from; count <= pairs / 2; count += 1) {
    tail += Math.exp(logBinomial(logs, pairs, count, 0.5));
    if (Math.min(1, 2 * tail) >= 0.05) break;
    most = count;
  }
  let found = 0;
  const rarest = Math.max(0, Math.floor(pairs * Math.min(chance, 1 - chance) - spread));
  for (let count = rarest; count <= most; count += 1) {
    found +=
      Math.exp(logBinomial(logs, pairs, count, chance)) + Math.exp(logBinomial(logs, pairs, pairs - count, chance));
  }
  return found;
}

function logFactorials(most: number): Float64Array {
  const logs = new Float64Array(most + 1);
  for (let value = 1; value <= most; value += 1) logs[value] = (logs[value - 1] ?? 0) + Math.log(value);
  return logs;
}

function logBinomial(logs: Float64Array, n: number, k: number, chance: number): number {
  const ways = (logs[n] ?? 0) - (logs[k] ?? 0) - (logs[n - k] ?? 0);
  const hits = k === 0 ? 0 : k * Math.log(chance);
  return ways + hits + (n === k ? 0 : (n - k) * Math.log(1 - chance));
}

/**
 * The discordance of two runs on the same questions, or of two draws of one run with several answers a question. Undefined where one run has one
 * answer a question only.
 */
export function measureDiscordance(left: readonly GradedRow[], right?: readonly GradedRow[]): Discordance | undefined {
  const [first, second] = [shares(left), right === undefined ? undefined : shares(right)];
  const own = mean([...first.values()].flatMap(({ within }) => within ?? []));
  if (second === undefined)
    return own === undefined ? undefined : { share: 2 * own, within: 2 * own, from: 'two draws of this run' };
  const pairs = [...first].flatMap(([problem, one]) => {
    const other = second.get(problem);
    return other === undefined ? [] : [one.share * (1 - other.share) + other.share * (1 - one.share)];
  });
  const share = mean(pairs);
  if (share === undefined) return undefined;
  const others = mean([...second.values()].flatMap(({ within }) => within ?? []));
  const within = own === undefined || others === undefined ? undefined : own + others;
  return { share, within, from: `these runs on ${pairs.length} questions` };
}

/** Of each question the share of right answers, and p(1 - p) without bias where there are at least two. */
function shares(
  rows: readonly GradedRow[],
): Map<string, { readonly share: number; readonly within: number | undefined }> {
  return new Map(
    [...groupByProblem(rows)].map(([problem, group]) => {
      const share = group.filter(({ correct }) => correct).length / group.length;
      const within = group.length < 2 ? undefined : (share * (1 - share) * group.length) / (group.length - 1);
      return [problem, { share, within }];
    }),
  );
}

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
