import { InputError } from '../../errors.js';
import { defineCommand } from '../declare/command.js';
import { choice, flag, integer, texts } from '../declare/option.js';
import { magpieRowsOptions } from '../options/magpie-rows-options.js';
import { formatColumns } from '../show/format-columns.js';
import { writeMagpieRows } from '../write-magpie-rows.js';

const length = (what: string, fallback: number | undefined) =>
  integer({ description: `${what}, in characters`, fallback, minimum: 0 });

export const magpieFilter = defineCommand({
  name: 'magpie filter',
  summary: 'Keep the rows that meet every rule, and count what each rule drops',
  usage: '--data FILE --out FILE | --run DIR [--keep RULE] [options]',
  options: {
    ...magpieRowsOptions,
    keep: texts({
      valueName: 'RULE',
      description:
        'CONDITION or NAME: CONDITION, such as "quality: input_quality in [good, excellent]"; may be given again; docs/magpie.md',
    }),
    preset: choice({
      description: "the original's rules: quality, reward, trailing colon, repetition",
      words: ['upstream'],
      fallback: undefined,
    }),
    'min-instruction': length('shortest instruction', undefined),
    'max-instruction': length('longest instruction', undefined),
    'min-response': length('shortest response', undefined),
    'max-response': length('longest response', undefined),
    'require-answer': flag({ description: 'the response must hold a final answer' }),
    longest: integer({
      description: 'of the kept rows the N with the longest responses',
      fallback: undefined,
      minimum: 1,
    }),
  },
  examples: [
    'mathpie magpie filter --run runs/magpie --keep "solved: exists response" --keep "not instruction endswith \':\'"',
    'mathpie magpie filter --data tagged.jsonl --preset upstream --longest 300000 --out kept.jsonl',
  ],
  run: async ({ values, terminal }) => {
    const { filterByRules, keepLongest, readFilterRule, upstreamRules } = await import(
      '../../magpie/choose/filter-by-rules.js'
    );
    const { absentFields } = await import('../../magpie/choose/absent-fields.js');
    const { readLengthRules } = await import('../../magpie/choose/length-rules.js');
    const { findRows } = await import('../../magpie/rows/find-rows.js');
    const { rowTypes } = await import('../../magpie/rows/row-types.js');
    const texts = [...(values.preset === 'upstream' ? upstreamRules : []), ...values.keep, ...readLengthRules(values)];
    const rules = texts.map(readFilterRule);
    if (rules.length === 0 && values.longest === undefined) {
      throw new InputError('Cannot filter without a rule: give --keep RULE, --preset upstream or another flag');
    }
    const { rows, type = '' } = await findRows({
      files: values.data,
      directory: values.run,
      types: values.type === undefined ? rowTypes(['ins_res', 'ins'], { isDistinctFirst: true }) : [values.type],
    });
    const result = filterByRules(rows, { rules });
    const kept = values.longest === undefined ? result.rows : keepLongest(result.rows, values.longest);
    for (const { field, nearest } of absentFields(
      rows,
      rules.map(({ condition }) => condition),
    )) {
      const guess = nearest === undefined ? '' : ` (nearest: ${nearest})`;
      terminal.note(`No row has the field "${field}"${guess}: it counts as null; tags are given by magpie tag`);
    }
    terminal.note(`${kept.length} of ${result.total} rows kept`);
    const counts = result.rules.map((count) => [
      count.rule,
      ...[count.kept, count.dropped, count.droppedFirst].map(String),
    ]);
    for (const line of formatColumns([['rule', 'kept', 'dropped', 'first to drop'], ...counts]))
      terminal.note(`  ${line}`);
    await writeMagpieRows({
      rows: kept,
      values,
      stage: 'filter',
      type: 'filtered',
      settings: { rules: texts, longest: values.longest, type },
      summary: { stage: 'filter', rows: result.total, kept: kept.length, rules: result.rules },
      terminal,
    });
  },
});
