import type { Agreement } from '../../answers/grade/compare-graders.js';
import type { GradeSummary } from '../../answers/grade/grade-rows.js';
import type { AnswerRow } from '../../answers/grade/read-answer-row.js';
import { InputError } from '../../errors.js';
import { defineCommand } from '../declare/command.js';
import { choice, flag, integer, names } from '../declare/option.js';
import { outOption, policyOption, skipBadOption } from '../options/shared-options.js';
import { serveGrades } from '../serve-grades.js';
import { formatAgreement } from '../show/format-agreement.js';
import { formatGrades } from '../show/format-grades.js';
import { nameBadLines } from '../show/name-bad-lines.js';
import { nameGraders } from '../show/name-graders.js';
import { tellReading } from '../show/tell-reading.js';
import { untilStopped } from '../until-stopped.js';
import { writeRows } from '../write-rows.js';

const presets = ['mathpie', 'metamath-gsm8k', 'metamath-math', 'hendrycks', 'strict'] as const;

export const grade = defineCommand({
  name: 'grade',
  summary: 'Judge answers against their gold answers, and name the rule that decided',
  usage:
    'FILE.jsonl [--by FIELD,…] [--preset WORD] [--policy NAME=VALUE]… [--compare WORD] [--out FILE], or --serve [--port N]',
  positionals: ['[FILE.jsonl]'],
  options: {
    by: names({ valueName: 'FIELD,…', description: 'columns to break the accuracy down by, such as level,topic' }),
    preset: choice({
      description: 'the grader; those beside mathpie reproduce published ones',
      words: presets,
      fallback: 'mathpie',
    }),
    policy: policyOption,
    compare: choice({
      description: 'a second grader, of default policy: counts agreement and writes the rows on which the two differ',
      words: presets,
      fallback: undefined,
    }),
    serve: flag({ description: 'grade the lines of stdin as they come, a verdict a line on stdout, until stdin ends' }),
    port: integer({
      description:
        'with --serve: HTTP on this machine alone instead, 0 for any free port; the first line on stdout is {url, token}',
      fallback: undefined,
      minimum: 0,
      maximum: 65_535,
    }),
    out: outOption,
    'skip-bad': skipBadOption,
  },
  examples: [
    'mathpie grade answers.jsonl --by level,topic --out graded.jsonl',
    'mathpie grade answers.jsonl --policy percent=number --policy listOrder=kept --out graded.jsonl',
    'mathpie grade answers.jsonl --compare metamath-math --out disagreements.jsonl',
    'mathpie grade --serve',
    'mathpie grade --serve --port 0',
  ],
  more: [
    'FILE.jsonl has a line for each answer, gold beside response (a whole text) or answer (bare); every other column stays:',
    '  {"id": "q1", "question": "What is 6 · 7?", "gold": "42", "response": "6 · 7 = 42. The answer is 42.", "level": 1}',
    'Columns of other names, CSV, Parquet, or the results of another harness: mathpie import.',
  ],
  run: async ({ values, positionals: [file = ''], terminal, signal }) => {
    const { by = [], preset, policy, compare, serve, port, out, 'skip-bad': skipBad } = values;
    if (by.length > 0 && compare !== undefined) {
      throw new InputError(
        'Cannot run mathpie grade: --by breaks down one accuracy, --compare counts two; leave one out',
      );
    }
    if (serve !== (file === '')) {
      const way = serve ? 'leave out the file; lines come on stdin' : 'name a file of rows, or pass --serve';
      throw new InputError(`Cannot run mathpie grade: ${way}; see mathpie grade --help`);
    }
    if (port !== undefined && !serve) throw new InputError('Cannot run mathpie grade: --port goes with --serve');
    if (policy !== undefined && preset !== 'mathpie') {
      throw new InputError(`Cannot grade ${file}: preset ${preset} has no policies; leave out --policy or --preset`);
    }
    if (serve) {
      const { gradeLine } = await import('../../answers/grade/grade-line.js');
      await serveGrades({ port, terminal, signal }, (text, line) =>
        gradeLine(text, line, { preset, ...(policy && { policy }) }),
      );
      return 0;
    }
    const { createGrader } = await import('../../evaluation/create-grader.js');
    const { readTexts } = await import('../../storage/read-lines.js');
    const grader = { preset, ...(policy && { policy }) };
    const { name } = createGrader(grader);
    const bad = nameBadLines({ file, terminal });
    const note = (texts: readonly string[]): void => {
      bad.close();
      for (const text of texts) terminal.note(text);
    };
    const lines = untilStopped(tellReading(readTexts(file), { file, stage: 'grade', terminal }), signal);
    const { createKnownQuestions } = await import('../../evaluation/upstream/known-questions.js');
    const known = createKnownQuestions();
    // Rows of one id are samples of one question, or the interval is of nothing
    const refuse = ({ id, gold, columns: { id: own, question } }: AnswerRow): string | undefined =>
      own !== undefined && known.isAnother({ ...(typeof question === 'string' && { question }), golds: [gold] }, id)
        ? `its id ${JSON.stringify(id).slice(0, 60)} is that of another question or gold answer above`
        : undefined;
    const reading = { file, skipBad, refuse, onBad: bad.add };
    if (compare === undefined) {
      const { gradeRows } = await import('../../answers/grade/grade-rows.js');
      const { createGradedTally } = await import('../../evaluation/tally-graded.js');
      const tally = createGradedTally(by);
      const onSummary = (summary: GradeSummary): void =>
        note(formatGrades(summary, { grader: name, measured: tally.measure() }));
      let count = 0;
      const rows = async function* () {
        for await (const row of gradeRows(lines, { ...grader, ...reading, onSummary })) {
          count += 1;
          tally.add({ ...row, problem: row.id, correct: row.equivalent });
          yield { ...row, grader: name };
        }
      };
      const isFlood = out === undefined && terminal.isRead === true;
      await writeRows({ rows: isFlood ? firstRows(rows()) : rows(), out, terminal });
      if (isFlood && count > mostRead)
        terminal.note(`The first ${mostRead} of ${count} rows are shown; name a file by --out to keep all of them`);
      if (count > 0) return 0;
      terminal.fail(`Nothing was graded: ${file} has no row with a gold answer and an answer`);
      return 1;
    }
    const { compareGraderRows } = await import('../../answers/grade/compare-graders.js');
    const { readAnswerRows } = await import('../../answers/grade/read-answer-row.js');
    const names = { a: name, b: compare };
    const onAgreement = (agreement: Agreement): void => note(formatAgreement(agreement, names));
    const graders = { a: grader, b: { preset: compare }, onAgreement };
    const disagreements = compareGraderRows(readAnswerRows(lines, reading), graders);
    await writeRows({ rows: nameGraders(disagreements, names), out, terminal });
    return 0;
  },
});

/** Rows that a person is shown of many; the others are graded and counted all the same. */
const mostRead = 3;

async function* firstRows<Row>(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  let place = 0;
  for await (const row of rows) if (++place <= mostRead) yield row;
}
