import type { GradeSummary } from '../../answers/grade-rows.js';
import { defineCommand } from '../command.js';
import { formatGrades } from '../format-grades.js';
import { choice, flag } from '../option.js';
import { outOption } from '../shared-options.js';
import { writeRows } from '../write-rows.js';

export const grade = defineCommand({
  name: 'grade',
  summary: 'Judge answers against their gold answers, and name the rule that decided',
  usage: 'FILE.jsonl [--preset WORD] [--out FILE]',
  positionals: ['FILE.jsonl'],
  options: {
    preset: choice({
      description: 'the grader; those beside mathpie reproduce published ones',
      words: ['mathpie', 'metamath-gsm8k', 'metamath-math', 'hendrycks', 'strict'],
      fallback: 'mathpie',
    }),
    out: outOption,
    'skip-bad': flag({ description: 'count lines that cannot be used and go on' }),
  },
  examples: ['mathpie grade answers.jsonl', 'mathpie grade answers.jsonl --preset metamath-math --out graded.jsonl'],
  run: async ({ values: { preset, out, 'skip-bad': skipBad }, positionals: [file = ''], terminal }) => {
    const { gradeRows } = await import('../../answers/grade-rows.js');
    const { readTexts } = await import('../../storage/read-lines.js');
    let summary: GradeSummary | undefined;
    const onSummary = (counted: GradeSummary): void => {
      summary = counted;
    };
    await writeRows({ rows: gradeRows(readTexts(file), { preset, file, skipBad, onSummary }), out, terminal });
    if (summary !== undefined) terminal.note(formatGrades(summary, { preset }));
  },
});
