import { dirname, join } from 'node:path';
import { formatCount } from '../../steps/format-count.js';
import { defineCommand } from '../declare/command.js';
import { text } from '../declare/option.js';

export const report = defineCommand({
  name: 'report',
  summary: 'Write one page that opens offline and shows every answer of one or several evaluations',
  usage:
    'RUN… [--out FILE.html] [--title TEXT]; for RUN also a file that mathpie grade wrote, or a run of mathpie augment',
  positionals: ['RUN…'],
  options: {
    out: text({
      valueName: 'FILE.html',
      description: 'the page to write; report.html in the first run, or beside its file, when left out',
    }),
    title: text({ description: 'title of the page; the names of the runs when left out' }),
  },
  examples: [
    'mathpie report runs/eval',
    'mathpie report runs/eval --out report.html',
    'mathpie report graded.jsonl --out report.html',
    'mathpie report runs/before runs/after --out report.html',
  ],
  run: async ({ values: { out: named, title }, positionals: runs, terminal }) => {
    const { writeExplorer } = await import('../../display/explorer/write-explorer.js');
    const { refuseRunFile } = await import('../../runs/refuse-run-file.js');
    const [first = '.'] = runs;
    const out = named ?? join((await isDirectory(first)) ? first : dirname(first), 'report.html');
    await refuseRunFile(out);
    const { language } = terminal;
    const { bytes, answers } = await writeExplorer(runs, {
      path: out,
      language,
      ...(title !== undefined && { title }),
    });
    const size = (bytes / 1e6).toFixed(1);
    terminal.note(`Wrote ${out}: ${formatCount(answers)} answers, ${size} MB; open it in a browser`);
    terminal.row({ file: out, answers, bytes });
  },
});

const isDirectory = async (path: string): Promise<boolean> => {
  const { stat } = await import('node:fs/promises');
  return stat(path).then(
    (found) => found.isDirectory(),
    () => true,
  );
};
