import { defineCommand } from '../declare/command.js';
import { flag, integer, names, requiredText, text, texts } from '../declare/option.js';
import { cardOptions, skipBadOption } from '../options/shared-options.js';
import { formatAssembly } from '../show/format-assembly.js';

export const assemble = defineCommand({
  name: 'assemble',
  summary: 'Mix checked rows of runs into one set: no duplicates, nothing of a test set, so many of each type',
  usage: '--recipe FILE [--run DIR]… [--data FILE]… [--test FILE]… --out FILE [options]',
  options: {
    recipe: requiredText({ valueName: 'FILE', description: 'what to mix: a file, or a name in configs/recipes' }),
    run: texts({ valueName: 'DIR', description: 'run directory of augment; may be given again' }),
    data: texts({
      valueName: 'FILE',
      description: 'more rows: JSONL or a JSON array, {query, response, type, …}; may be given again',
    }),
    test: texts({ valueName: 'FILE', description: 'test set that no row may overlap with; may be given again' }),
    out: requiredText({ valueName: 'FILE', description: 'JSONL to write; FILE.report.json is put beside it' }),
    dropped: text({ valueName: 'FILE', description: 'also write every row that was left out, and why' }),
    seed: integer({
      valueName: 'S',
      description: 'draws the rows over quota; the recipe’s when left out',
      fallback: undefined,
      minimum: 0,
      maximum: 2 ** 31 - 1,
    }),
    only: names({ description: 'the types to mix: GSM_SV, or SV for that of every data set' }),
    without: names({ description: 'types to leave out' }),
    size: integer({ description: 'rows in all, in the shares of the recipe', fallback: undefined, minimum: 1 }),
    'allow-empty': flag({ description: 'go on when there is no row of a type' }),
    'skip-bad': skipBadOption,
    ...cardOptions,
  },
  examples: [
    'mathpie assemble --recipe pocket --run runs/grown --test test.jsonl --out data/train.jsonl',
    'mathpie assemble --recipe metamathqa-395k --run runs/gsm8k --run runs/math --test gsm8k-test.jsonl --test math-test.jsonl --out metamathqa.jsonl',
    'mathpie assemble --recipe metamathqa-40k --without SV --size 20000 --run runs/gsm8k --run runs/math --out without-sv.jsonl',
  ],
  run: async ({ values, terminal, signal }) => {
    const { assemble: assembleRows } = await import('../../metamath/assemble/assemble.js');
    const { writeAtomic } = await import('../../storage/write-atomic.js');
    const { recipe, run: runs, data: files, test: tests, out, dropped, seed, only, without, size } = values;
    const allowEmpty = values['allow-empty'];
    const skipBad = values['skip-bad'];
    const onProgress = terminal.progress;
    const report = await assembleRows({
      ...{ recipe, runs, files, tests, out, dropped, seed, allowEmpty, skipBad, signal, onProgress },
      ...{ only, without, size },
    });
    const reportFile = `${out}.report.json`;
    await writeAtomic(reportFile, `${JSON.stringify(report, null, 2)}\n`);
    for (const line of formatAssembly(report, { out, reportFile })) terminal.note(line);
    const { cardAssembly } = await import('../../export/card-assembly.js');
    const { licence, title } = values;
    const card = await cardAssembly({ file: out, report, runs, card: { licence, title, language: terminal.language } });
    terminal.note(`The card is ${card}`);
    for (const row of report.types) terminal.row(row);
  },
});
