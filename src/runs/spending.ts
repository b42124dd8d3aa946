import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TokenPrice } from '../models/prices/find-price.js';
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

/** What was spent in a run directory, by all sessions. A call that a kill left unanswered counts as much as it could cost. */
export async function readSpending(directory: string): Promise<Spending> {
  const file = join(directory, spendingFile);
  return existsSync(file) ? (await readLedger(file)).total : noSpending;
}

/** Adds up `spending.jsonl`: what was spent, and what was reserved by a call that has no line of its own (`spending-ledger.ts`). */
export async function readLedger(file: string): Promise<{ readonly total: Spending; readonly lines: number }> {
  let [total, lines] = [noSpending, 0];
  // The same number comes again in the next session, which begins with one line for all before it
  const open = new Map<unknown, Spending>();
  const check = (row: JsonObject): JsonObject | string => {
    lines += 1;
    const { call, most } = row;
    const amount = toSpending((most ?? row) as JsonObject);
    if (typeof amount === 'string') return amount;
    if (most !== undefined) open.set(call, amount);
    else {
      if (call !== undefined) open.delete(call);
      total = addSpending(total, amount);
    }
    return row;
  };
  await readJsonl({ file, check, skipBad: true });
  for (const most of open.values()) total = addSpending(total, most);
  return { total, lines };
}

function toSpending(row: JsonObject): Spending | string {
  const entries = Object.keys(noSpending).map((name) => [name, Number(row[name])] as const);
  const bad = entries.find(([, value]) => !(value >= 0));
  return bad === undefined ? (Object.fromEntries(entries) as Spending) : `has no number in "${bad[0]}"`;
}
