import { wilsonInterval } from '../wilson-interval.js';

/** What became of one item of a technique; rows of `augment` have these fields. */
export type YieldItem = {
  readonly technique: string;
  readonly status: 'kept' | 'wrong' | 'duplicate' | 'failed';
  /** Null where nothing was graded: a duplicate that was not asked again. */
  readonly equivalent?: boolean | null | undefined;
};

export type YieldTableRow = {
  readonly technique: string;
  /** kept + wrong + duplicate + leftOut. */
  readonly asked: number;
  readonly kept: number;
  readonly wrong: number;
  readonly duplicate: number;
  /** Without an answer: what a filter of ours refused, and calls that failed; the row's reason says which. */
  readonly leftOut: number;
  /** kept / asked. */
  readonly yield: number;
  /** Right answers, duplicates that were graded included, over graded ones; with its 95 % Wilson interval. */
  readonly accuracy: number;
  readonly low: number;
  readonly high: number;
};

/** Yield and checked accuracy of each technique, in the order of first appearance. */
export function yieldTable(items: readonly YieldItem[]): YieldTableRow[] {
  return [...new Set(items.map((item) => item.technique))].map((technique) => {
    const own = items.filter((item) => item.technique === technique);
    const count = (status: YieldItem['status']) => own.filter((item) => item.status === status).length;
    const [kept, wrong, duplicate, leftOut] = [count('kept'), count('wrong'), count('duplicate'), count('failed')];
    const graded = own.filter(isGraded).length;
    const right = graded - wrong;
    const [low, high] = wilsonInterval(right, graded);
    return {
      technique,
      asked: own.length,
      kept,
      wrong,
      duplicate,
      leftOut,
      yield: own.length === 0 ? 0 : kept / own.length,
      accuracy: graded === 0 ? 0 : right / graded,
      low,
      high,
    };
  });
}

/** Whether an answer was there to be graded: neither left out nor left unasked. */
export function isGraded({ status, equivalent }: YieldItem): boolean {
  return status !== 'failed' && equivalent !== null;
}
