import { InputError } from '../../errors.js';
import { named } from '../../name-setting.js';
import { formatColumns } from '../../steps/format-columns.js';
import { choice, flag, integer, type Setting, texts } from '../../steps/setting.js';
import { defineStep, sortReasons } from '../../steps/step.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { readRowFiles } from '../rows/read-files.js';
import { rowsFile } from '../rows/rows-file.js';
import { type LengthLimits, lengthRules } from './length-rules.js';

const length = (says: string): Setting<number | undefined> =>
  integer({ says: `${says}, in characters`, fallback: undefined });

/** Keeps the rows that meet every rule. */
export const filter = defineStep({
  name: 'filter',
  command: 'magpie filter',
  says: 'Keep the rows that meet every rule, and count what each rule drops',
  examples: [
    'magpie filter --run runs/magpie --keep "solved: exists response" --keep "not instruction endswith \':\'"',
    'magpie filter --data tagged.jsonl --preset upstream --longest 300000 --out kept.jsonl',
  ],
  takes: { rows: 'needed' },
  read: readRowFiles,
  gives: ['rows'],
  isNumbered: true,
  settings: {
    keep: texts({
      valueName: 'RULE',
      says: 'CONDITION or NAME: CONDITION, such as "quality: input_quality in [good, excellent]"; may be given again; docs/magpie.md',
    }),
    preset: choice({
      says: "the original's rules: quality, reward, trailing colon, repetition",
      words: ['upstream'],
      fallback: undefined,
    }),
    minInstruction: length('shortest instruction'),
    maxInstruction: length('longest instruction'),
    minResponse: length('shortest response'),
    maxResponse: length('longest response'),
    requireAnswer: flag({ says: 'the response must hold a final answer' }),
    longest: integer({ says: 'of the kept rows the N with the longest responses', fallback: undefined, minimum: 1 }),
  },
  check: async (values) => {
    const { readFilterRule } = await import('./filter-by-rules.js');
    const rules = await rulesOf(values);
    if (rules.length === 0 && values.longest === undefined) {
      throw new InputError(
        `Cannot filter without a rule: give ${named('keep')} RULE, ${named('preset')} upstream or another setting`,
      );
    }
    for (const rule of rules) readFilterRule(rule); // refuses what does not parse
  },
  resolve: async (values) => ({ rules: await rulesOf(values), longest: values.longest }),
  work: async ({ settings: { rules: texts, longest }, take, rowsAre, run }) => {
    const { filterByRules, keepLongest, readFilterRule } = await import('./filter-by-rules.js');
    const { absentFields } = await import('./absent-fields.js');
    const rows = take<JsonObject>('rows');
    const rules = texts.map(readFilterRule);
    const made = filterByRules(rows, { rules });
    const kept = longest === undefined ? made.rows : keepLongest(made.rows, longest);
    const conditions = rules.map(({ condition }) => condition);
    const dropped = Object.fromEntries(made.rules.map(({ rule, droppedFirst }) => [rule, droppedFirst]));
    const lost = sortReasons({ ...dropped, 'shorter than the longest': made.rows.length - kept.length });
    return {
      rows: { [rowsAre]: kept },
      files: { [rowsAre]: rowsFile(rows, { run, rowsAre, ending: 'filtered' }) },
      counts: { unit: 'problems', input: rows.length, output: kept.length, lost },
      summary: { stage: 'filter', rows: rows.length, kept: kept.length, rules: made.rules },
      notes: [
        ...absentFields(rows, conditions).map(
          ({ field, nearest }) =>
            `No row has the field "${field}"${guess(nearest)}: it counts as null; tags are given by magpie tag`,
        ),
        `${kept.length} of ${rows.length} rows kept`,
        ...formatColumns([
          ['rule', 'kept', 'dropped', 'first to drop'],
          ...made.rules.map((count) => [
            count.rule,
            ...[count.kept, count.dropped, count.droppedFirst].map((each) => String(each)),
          ]),
        ]).map((line) => `  ${line}`),
      ],
    };
  },
});

const guess = (nearest: string | undefined): string => (nearest === undefined ? '' : ` (nearest: ${nearest})`);

async function rulesOf({
  keep,
  preset,
  ...lengths
}: LengthLimits & { readonly keep: readonly string[]; readonly preset: 'upstream' | undefined }) {
  const { upstreamRules } = await import('./filter-by-rules.js');
  return [...(preset === 'upstream' ? upstreamRules : []), ...keep, ...lengthRules(lengths)];
}
