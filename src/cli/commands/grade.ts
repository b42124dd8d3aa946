import { defineCommand } from '../command.js';
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
      description: 'the grader; the others reproduce published numbers',
      words: ['mathpie', 'metamath-gsm8k', 'metamath-math', 'hendrycks', 'strict'],
      fallback: 'mathpie',
    }),
    out: outOption,
    'skip-bad': flag({ description: 'count lines that cannot be used and go on' }),
  },
  examples: ['mathpie grade answers.jsonl', 'mathpie grade answers.jsonl --preset metamath-math --out graded.jsonl'],
  run: async ({ values, positionals: [file = ''], terminal }) => {
    const { readAnswers } = await import('../read-answers.js');
    const { gradeAnswers, describeGrades } = await import('../grade-answers.js');
    const { rows, bad } = await readAnswers({ file, skipBad: values['skip-bad'] });
    const graded = gradeAnswers(rows, { preset: values.preset });
    await writeRows({ rows: graded, out: values.out, terminal });
    terminal.note(describeGrades(graded, { preset: values.preset, badCount: bad.length }));
  },
});
