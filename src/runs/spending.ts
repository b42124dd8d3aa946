import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TokenPrice } from '../models/prices/find-price.js';
import { openJsonlAppender } from '../storage/append-jsonl.js';
import { type JsonObject, readJsonl } from '../storage/read-jsonl.js';

/** What was asked of a model and paid for. */
export type Spending = {
  readonly completions: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** US dollars; 0 where no price is known. */
  readonly usd: number;
  readonly minutes: number;
};

export const noSpending: Spending = { completions: 0, promptTokens: 0, completionTokens: 0, usd: 0, minutes: 0 };

export const spendingFile = 'spending.jsonl';

export function addSpending(left: Spending, right: Spending): Spending {
  return {
    completions: left.completions + right.completions,
    promptTokens: left.promptTokens + right.promptTokens,
    completionTokens: left.completionTokens + right.completionTokens,
    usd: left.usd + right.usd,
    minutes: left.minutes + right.minutes,
  };
}

/** Input is paid once for samples that share a prompt. */
export function priceTokens(
  { promptTokens, completionTokens }: Pick<Spending, 'promptTokens' | 'completionTokens'>,
  price: Pick<TokenPrice, 'input' | 'output'> | undefined,
): number {
  return price === undefined ? 0 : (promptTokens * price.input + completionTokens * price.output) / 1e6;
}

/** What earlier sessions spent in a run directory. */
export async function readSpending(directory: string): Promise<Spending> {
  const file = join(directory, spendingFile);
  if (!existsSync(file)) return noSpending;
  const { rows } = await readJsonl({ file, check: toSpending, skipBad: true });
  return rows.reduce(addSpending, noSpending);
}

/** Adds a line to `spending.jsonl` of a run directory. The directory's lock is the caller's. */
export async function appendSpending(directory: string, spending: Spending): Promise<void> {
  const appender = await openJsonlAppender({ file: join(directory, spendingFile) });
  try {
    await appender.append(spending);
  } finally {
    await appender.close();
  }
}

function toSpending(row: JsonObject): Spending | string {
  const entries = Object.keys(noSpending).map((name) => [name, Number(row[name])] as const);
  const bad = entries.find(([, value]) => !(value >= 0));
  return bad === undefined ? (Object.fromEntries(entries) as Spending) : `has no number in "${bad[0]}"`;
}
