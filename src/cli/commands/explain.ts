import { formatAccuracy } from '../../evaluation/format-accuracy.js';
import { formatCount } from '../../steps/format-count.js';
import { defineCommand } from '../declare/command.js';
import { decimals, flag } from '../declare/option.js';
import { outOption } from '../options/shared-options.js';
import { writeRows } from '../write-rows.js';

export const explain = defineCommand({
  name: 'explain',
  summary: 'Say why an accuracy is as low as it is: lost points by cause, and what to do first',
  usage: 'RUN [--at T,T,…] [--budgets] [--out FILE]',
  positionals: ['the run directory'],
  options: {
    at: decimals({
      valueName: 'T,T,…',
      description: 'limits of tokens to tell the accuracy at; powers of two when left out',
      minimum: 1,
      maximum: 10_000_000,
      fallback: undefined,
    }),
    budgets: flag({ description: 'rows of the accuracy by limit of tokens instead of rows of causes' }),
    out: outOption,
  },
  examples: ['mathpie explain runs/eval', 'mathpie explain runs/eval --at 256,512,1024'],
  isReading: true,
  run: async ({ values: { at, budgets, out }, positionals: [directory = ''], terminal }) => {
    const { explainRun } = await import('../../evaluation/explain/explain-run.js');
    const { readGradedRows, readGrader } = await import('../../runs/read-graded-rows.js');
    const { readRunConfig } = await import('../../runs/run-config.js');
    const rows = await readGradedRows(directory);
    const stages = Object.entries((await readRunConfig(directory))?.stages ?? {});
    const stageOf = (name: string) => stages.find(([stage]) => stage.startsWith(name))?.[1];
    const [config, imported] = [stageOf('evaluate'), stageOf('import')];
    const asked = { grader: await readGrader(directory), directory, config, imported, budgets: at };
    const { accuracy, causes, atBudget } = explainRun(rows, asked);
    terminal.note(`${formatAccuracy(accuracy)}, graded by ${asked.grader}`);
    // Nothing to change about mathematics that is wrong
    const first = causes.find(({ cause }) => cause !== 'wrong') ?? causes[0];
    if (first === undefined) terminal.note('No point was lost');
    else {
      const worth = first.cause === 'wrong' ? '' : `, worth about ${first.worth.toFixed(1)}`;
      terminal.note(`First: ${sayings[first.cause]}, ${first.points.toFixed(1)} points${worth}. ${first.next}`);
    }
    for (const { cause, rows: count, points, about, next } of causes) {
      const [most] = about;
      const what = most === undefined ? '' : ` (${most.what}: ${most.rows})`;
      const lost = points.toFixed(1);
      terminal.note(`  ${lost} points, ${formatCount(count)} answers: ${sayings[cause]}${what}`);
      if (cause !== first?.cause) terminal.note(`    ${next}`);
    }
    for (const { tokens, ended, ...found } of atBudget ?? []) {
      terminal.note(
        `  at ${formatCount(tokens)} tokens: ${formatAccuracy(found)}; ${(100 * ended).toFixed(0)} % end by then`,
      );
    }
    await writeRows({ rows: budgets ? (atBudget ?? []) : causes, out, terminal });
  },
});

const sayings = {
  cut: 'cut by the limit of tokens',
  'open-thought': 'thought that never closed',
  'stop-word': 'ended early by a stop word',
  template: 'the model did not know its template',
  'no-answer': 'no answer stated',
  'not-found': 'the right answer was stated and not found',
  'other-grader': 'right by another grader or policy',
  'suspect-gold': 'the gold answer may be wrong',
  refused: 'refused',
  failed: 'nobody answered',
  wrong: 'truly wrong',
} as const;
