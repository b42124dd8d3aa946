import { formatCount } from '../../steps/format-count.js';
import { defineCommand } from '../declare/command.js';
import { requiredText, text } from '../declare/option.js';

export const report = defineCommand({
  name: 'report',
  summary: 'Write one page that opens offline and shows every answer of one or several evaluations',
  usage: 'RUN… --out FILE.html [--title TEXT]',
  positionals: ['RUN…'],
  options: {
    out: requiredText({ valueName: 'FILE.html', description: 'the page to write' }),
    title: text({ description: 'title of the page; the names of the runs when left out' }),
  },
  examples: ['mathpie report runs/eval --out report.html', 'mathpie report runs/before runs/after --out report.html'],
  run: async ({ values: { out, title }, positionals: runs, terminal }) => {
    const { writeExplorer } = await import('../../display/explorer/write-explorer.js');
    const { refuseRunFile } = await import('../../runs/refuse-run-file.js');
    await refuseRunFile(out);
    const { language } = terminal;
    const { bytes, answers } = await writeExplorer(runs, {
      path: out,
      language,
      ...(title !== undefined && { title }),
    });
    const size = (bytes / 1e6).toFixed(1);
    if (answers === 1) terminal.note(`Wrote ${out}: 1 answer, ${size} MB; open it in a browser`);
    else terminal.note(`Wrote ${out}: ${formatCount(answers)} answers, ${size} MB; open it in a browser`);
    terminal.row({ file: out, answers, bytes });
  },
});
