import { FailedCallsError } from '../errors.js';
import { named } from '../name-setting.js';
import type { RunRecord } from './run-record.js';

/** What came of the calls of a step: records of earlier sessions included, where they were not asked for again. */
export type CallCounts = {
  readonly asked: number;
  /** Nobody answered: neither the model nor anybody in its place. A text that is no good, or a refusal, is an answer. */
  readonly failed: number;
  /** Those of the failed ones that the same command asks for again. */
  readonly passing: number;
  /** Those that were passed over, as others took their place. @default 0 */
  readonly replaced?: number;
  /** Failed ones by reason, the most frequent first. */
  readonly reasons: Readonly<Record<string, number>>;
};

/** Share of the calls of a step that may fail, from 0 to 1, wherever nothing else is said: with more the command fails. */
export const maxFailedShare = 0.2;

export type CallCounter = {
  /** `isKept`: what failed in passing is not asked for again either, because something else has taken its place. */
  add(records: Iterable<RunRecord>, options?: { readonly isKept?: boolean }): void;
  /** Whether a call of this session, or of an earlier one in its stages, was answered. */
  hasAnswer(): boolean;
  counts(): CallCounts;
};

/** Counts calls record by record; a record that is counted twice counts once. */
export function countCalls(): CallCounter {
  const records = new Map<string, { readonly record: RunRecord; readonly isKept: boolean }>();
  return {
    add: (added, { isKept = false } = {}) => {
      for (const record of added) records.set(record.id, { record, isKept });
    },
    hasAnswer: () => [...records.values()].some(({ record }) => !isUnanswered(record)),
    counts: () => {
      const failed = [...records.values()].filter(({ record }) => isUnanswered(record));
      const reasons = new Map<string, number>();
      for (const { record } of failed) {
        const reason = record.reason ?? 'no reason given';
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
      return {
        asked: records.size,
        failed: failed.length,
        passing: failed.filter(({ record, isKept }) => isPassing(record) && !isKept).length,
        replaced: failed.filter(({ record, isKept }) => isPassing(record) && isKept).length,
        reasons: Object.fromEntries([...reasons].sort(([, left], [, right]) => right - left)),
      };
    },
  };
}

type Outcome = { readonly status?: unknown; readonly failure?: unknown; readonly finishReason?: unknown };

/** Whether nobody answered: the call failed. Records of versions before 0.2 have no `failure`. */
export function isUnanswered({ status, failure, finishReason }: Outcome): boolean {
  return status === 'failed' && (failure === undefined ? (finishReason ?? 'error') === 'error' : failure !== 'refusal');
}

/** Whether the same request may be answered at the next try: the network, an endpoint that was down or overloaded. */
export function isPassing({ status, failure }: Outcome): boolean {
  return status === 'failed' && failure === 'passing';
}

/** Such as `3 of 200 calls failed: no answer in time (3); the same command asks again for all of them`; empty where none did. */
export function describeCalls(
  { asked, failed, passing, replaced = 0, reasons }: CallCounts,
  { beside = '' } = {},
): string {
  if (failed === 0) return '';
  const shown = Object.entries(reasons).map(([reason, count]) => `${reason} (${count})`);
  const more = shown.length > mostReasons ? `; ${shown.length - mostReasons} more reasons` : '';
  const again = passing === failed ? 'all' : String(passing);
  const next =
    passing === 0
      ? replaced === failed
        ? 'others were drawn in their place'
        : 'they failed for good'
      : `the same command asks again for ${again} of them${passing < failed ? `, ${failed - passing} failed for good` : ''}`;
  return `${failed} of ${asked} calls failed${beside}: ${shown.slice(0, mostReasons).join('; ')}${more}; ${next}`;
}

const mostReasons = 3;

/** Throws `FailedCallsError` where a larger share than `maxFailed` failed. */
export function checkCalls(counts: CallCounts, { maxFailed = maxFailedShare }: { readonly maxFailed?: number }): void {
  const share = counts.asked === 0 ? 0 : counts.failed / counts.asked;
  if (share <= maxFailed) return;
  const beside = ` (${percent(share)}, more than ${named('maxFailed')} ${percent(maxFailed)})`;
  throw new FailedCallsError(describeCalls(counts, { beside }));
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
