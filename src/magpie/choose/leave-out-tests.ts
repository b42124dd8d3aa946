import { InputError } from '../../errors.js';
import { named } from '../../name-setting.js';
import { overlapWords } from '../../selection/overlap-words.js';
import { flag } from '../../steps/setting.js';
import { defineStep, sortReasons } from '../../steps/step.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { readRowFiles } from '../rows/read-files.js';
import { rowsFile } from '../rows/rows-file.js';
import type { TestOverlap } from './drop-test-items.js';
import { testsSetting } from './tests-setting.js';

/** Leaves out problems that a test set holds. */
export const leaveOutTests = defineStep({
  name: 'leave-out-tests',
  command: 'magpie leave-out-tests',
  says: `Leave out problems of test sets, and those that share ${overlapWords} words in a row with one`,
  examples: ['magpie leave-out-tests --run runs/magpie --test datasets/gsm8k/test.jsonl'],
  takes: { rows: 'needed' },
  read: readRowFiles,
  gives: ['rows'],
  isNumbered: true,
  settings: { tests: testsSetting, mark: flag({ says: 'keep every row and only add the field' }) },
  check: ({ tests }) => {
    if (tests.length === 0) throw new InputError(`Cannot leave out tests: give at least one ${named('tests')} FILE`);
  },
  work: async ({ settings: { tests, mark: isMarking }, take, rowsAre, run }) => {
    const { dropTestItems } = await import('./drop-test-items.js');
    const found = take<JsonObject>('rows');
    const { rows, overlaps } = await dropTestItems(found, { tests, isMarking });
    const lost = sortReasons({ 'in a test set': isMarking ? 0 : overlaps.length });
    return {
      rows: { [rowsAre]: rows },
      files: { [rowsAre]: rowsFile(found, { run, rowsAre, ending: '_untested' }) },
      counts: { unit: 'problems', input: found.length, output: rows.length, lost },
      summary: { stage: 'leave-out-tests', rows: found.length, kept: rows.length, contaminated: overlaps.length },
      notes: tellOverlaps(overlaps, { isMarking }),
    };
  },
});

/** How many rows a test set holds, and the first of them. */
export function tellOverlaps(
  overlaps: readonly TestOverlap[],
  { isMarking }: { isMarking: boolean },
): readonly string[] {
  const count = overlaps.length;
  return [
    isMarking ? `${count} rows are in a test set` : `${count} rows were left out: a test set holds the same`,
    ...overlaps
      .slice(0, mostShown)
      .map(
        ({ row, test, kind, text }) =>
          `  row ${row ?? '?'}, test ${test}: ${kind === 'same' ? 'the same' : `shares "${text.slice(0, 100)}"`}`,
      ),
  ];
}

const mostShown = 5;
