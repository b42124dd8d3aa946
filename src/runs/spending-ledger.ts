import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openJsonlAppender } from '../storage/append-jsonl.js';
import { writeAtomic } from '../storage/write-atomic.js';
import { noSpending, readLedger, type Spending, spendingFile } from './spending.js';

/** `spending.jsonl` of a run directory, open for a session: what is asked stands there before it is asked, what was paid as soon as it comes. */
export type SpendingLedger = {
  /** What earlier sessions spent. A call that was under way when one of them was killed counts as much as it could cost. */
  readonly earlier: Spending;
  /** Writes what a call may cost; a kill from now on does not forget it. Returns its number. */
  reserve(most: Spending): number;
  /** Writes what was spent, in place of what was reserved. */
  add(spent: Spending, call?: number): void;
  close(): Promise<void>;
};

/** Opens the ledger of a directory whose lock the caller holds. Lines of earlier sessions become one. */
export async function openLedger(directory: string): Promise<SpendingLedger> {
  const file = join(directory, spendingFile);
  const { total, lines } = existsSync(file) ? await readLedger(file) : { total: noSpending, lines: 0 };
  if (lines > 1) await writeAtomic(file, `${JSON.stringify(total)}\n`);
  let appender: ReturnType<typeof openJsonlAppender> | undefined;
  let failure: unknown;
  let calls = 0;
  const append = (row: object): void => {
    // With the first call: a session that asks nothing leaves no file
    appender ??= openJsonlAppender({ file });
    appender
      .then((opened) => opened.append(row))
      .catch((error: unknown) => {
        failure ??= error;
      });
  };
  return {
    earlier: total,
    reserve: (most) => {
      calls += 1;
      append({ call: calls, most });
      return calls;
    },
    add: (spent, call) => append({ ...spent, ...(call === undefined ? {} : { call }) }),
    close: async () => {
      await (await appender)?.close();
      if (failure !== undefined) throw failure;
    },
  };
}
