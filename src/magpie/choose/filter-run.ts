import { InputError } from '../../errors.js';
import { nearestOf } from '../../nearest.js';
import type { Run } from '../../runs/open-run.js';
import { outputName } from '../rows/output-name.js';
import { filterByRules, readFilterRule } from './filter-by-rules.js';
import { type LengthLimits, lengthRules } from './length-rules.js';

/** What rows must be like: limits of lengths, and rules such as `solved: exists response` (docs/magpie.md). */
export type FilterSettings = LengthLimits & { readonly keep?: readonly string[] | undefined };

export type FilterResult<Row> = {
  readonly rows: readonly Row[];
  /** Dropped rows by the first rule that they break: the numbers add up to all that was dropped. */
  readonly dropped: Readonly<Record<string, number>>;
};

/** The step `filter` on rows in hand: keeps those that meet every rule, in order, and leaves `Magpie_…_filtered.json` in the run directory. */
export async function filterRun<Row extends object>({
  rows,
  run,
  model,
  ...settings
}: FilterSettings & {
  readonly rows: readonly Row[];
  readonly run: Run;
  /** Names the file where the run holds no instructions. */
  readonly model: string;
}): Promise<FilterResult<Row> & { readonly fileName: string }> {
  const { rows: kept, rules } = filterByRules(rows, { rules: listRules(settings) });
  const dropped = Object.fromEntries(
    rules.flatMap(({ rule, droppedFirst }) => (droppedFirst > 0 ? [[rule, droppedFirst]] : [])),
  );
  const file = outputName({ run, model, count: rows.length, type: 'filtered' });
  return { rows: kept, dropped, fileName: await run.leave({ name: 'solutions', file }, kept) };
}

/** The rules of settings, those of `keep` first. Throws `InputError` for a key that is none, which would drop nothing in silence. */
export function listRules({ keep = [], ...limits }: FilterSettings) {
  const known = ['minInstruction', 'maxInstruction', 'minResponse', 'maxResponse', 'requireAnswer'];
  const unknown = Object.keys(limits).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    const nearest = nearestOf(unknown, known);
    const guess = nearest === undefined ? `known are keep, ${known.join(', ')}` : `nearest: ${nearest}`;
    throw new InputError(`Cannot filter by "${unknown}": there is no such setting (${guess}); correct or leave it out`);
  }
  return [...keep, ...lengthRules(limits)].map(readFilterRule);
}
