import { InputError } from '../errors.js';
import { findPrice, type TokenPrice } from '../models/prices/find-price.js';
import { loadPriceTable } from '../models/prices/price-table.js';
import { findManifest } from '../runs/artifacts.js';
import { readGradedRows } from '../runs/read-graded-rows.js';
import { readRunConfig } from '../runs/run-config.js';
import { alignByQuestion } from './align-by-question.js';
import type { GradedRow } from './graded-row.js';
import {
  type DetectionPlan,
  type Discordance,
  measureDiscordance,
  planDetection,
  publishedDiscordance,
} from './plan-detection.js';

/** A design of two runs, and what both cost together; null where nothing tells. */
export type PlannedRuns = DetectionPlan & {
  readonly tokens: number | null;
  readonly costUsd: number | null;
  readonly minutes: number | null;
};

/** Answers a question that are looked at where earlier runs tell what they are worth. */
const samplesToTry = [1, 2, 4, 8, 16];

/**
 * Designs of two runs that find a difference, the one to take first: the fewest answers whose questions the earlier runs have, else one answer
 * each. Throws `InputError` where the runs tell nothing.
 */
export async function planRuns({
  detect,
  from,
}: {
  readonly detect: number;
  readonly from: readonly string[];
}): Promise<{
  readonly discordance: Discordance;
  /** Questions of the earlier runs. */
  readonly available: number | undefined;
  readonly designs: readonly PlannedRuns[];
}> {
  const runs = await Promise.all(from.map((directory) => readGradedRows<GradedRow>(directory)));
  const [left, right] = runs;
  const aligned = left === undefined || right === undefined ? undefined : alignByQuestion(right, left);
  const measured = left === undefined ? undefined : measureDiscordance(left, aligned);
  if (measured === undefined && aligned !== undefined) {
    throw new InputError(
      `Cannot plan from ${from.join(' and ')}: they have no question in common; name two runs on the same questions, or one with several answers a question`,
    );
  }
  const discordance = measured ?? publishedDiscordance;
  const available = left === undefined ? undefined : new Set(left.map(({ problem }) => problem)).size;
  const answer = await costOfAnswer(from[0], left ?? []);
  const tried = discordance.within === undefined ? [1] : samplesToTry;
  const designs = tried.map((samples): PlannedRuns => {
    const design = planDetection({ detect, discordance, samples });
    const answers = 2 * design.questions * samples;
    const times = (each: number | undefined): number | null => (each === undefined ? null : each * answers);
    const tokens = times(answer.tokens);
    return {
      ...design,
      tokens: tokens === null ? null : Math.round(tokens),
      costUsd: times(answer.usd),
      minutes: times(answer.minutes),
    };
  });
  const fits = ({ questions }: DetectionPlan): boolean => available === undefined || questions <= available;
  const chosen = designs.find(fits) ?? designs[0];
  return {
    discordance,
    available,
    designs: chosen === undefined ? [] : [chosen, ...designs.filter((design) => design !== chosen)],
  };
}

/** What one answer took in an earlier run: the mean of its rows, the price of its model, the time of its stage. */
async function costOfAnswer(directory: string | undefined, rows: readonly GradedRow[]) {
  if (directory === undefined || rows.length === 0) return {};
  const sum = (read: (row: GradedRow) => number | undefined): number =>
    rows.reduce((total, row) => total + (read(row) ?? 0), 0);
  const [prompt, completion] = [
    sum((row) => row.promptTokens) / rows.length,
    sum((row) => row.completionTokens) / rows.length,
  ];
  const stage = Object.entries((await readRunConfig(directory))?.stages ?? {}).find(([name]) =>
    name.startsWith('evaluate'),
  );
  const model = stage?.[1].model;
  const price: TokenPrice | undefined =
    typeof model === 'string' ? findPrice(model, { table: loadPriceTable(undefined) }) : undefined;
  const elapsedMs = stage === undefined ? undefined : (await findManifest(directory))?.finished[stage[0]]?.elapsedMs;
  return {
    ...(prompt + completion > 0 && { tokens: prompt + completion }),
    ...(price !== undefined && { usd: (prompt * price.input + completion * price.output) / 1e6 }),
    ...(elapsedMs !== undefined && { minutes: elapsedMs / 60_000 / rows.length }),
  };
}
