import { FailedCallsError } from '../errors.js';
import type { CallCounter } from './count-calls.js';
import { isPassing, isUnanswered } from './count-calls.js';
import type { RunRecord } from './run-record.js';

/** Different items that fail one after the other, before one is answered, for the same lasting reason. */
const mostItems = 16;

/**
 * Keeps back the failures with which a session begins, until a call is answered or fails for another reason: where all fail alike, it is the
 * endpoint's fault or the settings', and no item is to be marked with it. Throws `FailedCallsError` after 16 items, or at the end where nobody ever
 * answered; what was kept back is then dropped, so that the same command asks for it again.
 */
export function holdFirstFailures({ calls, hasAnswer }: { readonly calls: CallCounter; readonly hasAnswer: boolean }): {
  /** The records that may be kept now. */
  pass(record: RunRecord): readonly RunRecord[];
  end(): readonly RunRecord[];
} {
  let held: RunRecord[] = [];
  let isOver = calls.hasAnswer();
  const release = (more: readonly RunRecord[]): readonly RunRecord[] => {
    isOver = true;
    const released = [...held, ...more];
    held = [];
    return released;
  };
  const stop = (): FailedCallsError => {
    const count = held.length;
    const which = count === 1 ? 'the first call failed' : `the first ${count} calls all failed for the same reason`;
    return new FailedCallsError(`Cannot go on: ${which}: ${held[0]?.reason}; mend that, and repeat the same command`);
  };
  return {
    pass: (record) => {
      if (isOver) return [record];
      const isAlike = held.length === 0 || likeness(held[0]) === likeness(record);
      if (!isUnanswered(record) || isPassing(record) || !isAlike) return release([record]);
      held.push(record);
      if (new Set(held.map(({ input }) => input)).size >= mostItems) throw stop();
      return [];
    },
    end: () => {
      if (held.length > 0 && !hasAnswer) throw stop();
      return release([]);
    },
  };
}

/** A reason may name the item's own numbers: its tokens, say. */
const likeness = (record: RunRecord | undefined): string => String(record?.reason).replace(/\d+/g, '0');
