/** What somebody does who cloned the repository, in the order of README.md. */

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../prepare/paths.mjs';
import { megabytes, sizeOf } from './folder-size.mjs';
import { isIdle, notebookOf, runFirst, shootLab, startLab } from './lab.mjs';

const ownFigure = [
  "import { showFigure } from 'mathpie';",
  'const days = [1, 2, 3, 4, 5, 6, 7];',
  "showFigure({ data: [{ type: 'scatter', mode: 'lines+markers', x: days, y: days.map((day) => day ** 2), name: 'rows' }],",
  "  layout: { title: 'Rows a day', xaxis: { title: 'day' }, yaxis: { title: 'rows' } } });",
].join('\n');
const stopped = [
  "import { instruct, openModel, runAndShow } from 'mathpie';\nconst model = await openModel('pocket');\nconsole.log('open');",
  [
    'const drawn = await runAndShow(',
    "  { title: 'Drawn', directory: 'first-hour-stop', stage: 'instruct', model: model, config: { seed: 1 } },",
    '  (tools) => instruct({ ...tools, count: 3000 }));',
  ].join('\n'),
];

export function cloneSteps(walk) {
  const { clone, type, shootTerminal, shootFile } = walk;
  const here = { cwd: clone };
  const demoJob = () =>
    readdirSync(path.join(clone, 'runs', 'demo')).find((name) => /^Math-Reasoning-pocket-[0-9a-f]+$/.test(name));
  let lab;
  const openLab = async () => {
    lab ??= await startLab(walk, 'npm run lab', here);
    return lab;
  };
  const typed = (name, line, sees, measure = () => undefined) => ({
    name,
    typed: line,
    sees,
    run: async ({ picture }) => {
      const output = await type(line, here);
      await picture(() => shootTerminal(name, line, output));
      await picture(measure);
    },
  });
  return [
    {
      name: 'clone',
      typed: 'git clone …',
      sees: 'a folder',
      run: async () => {
        rmSync(clone, { recursive: true, force: true });
        await type(`git clone --quiet --depth 1 ${JSON.stringify(`file://${root}`)} ${JSON.stringify(clone)}`, {
          cwd: walk.out,
        });
      },
    },
    typed(
      'build',
      'npm run build',
      'packages and the built library; the other commands do this too where it was not done',
      () => walk.fact('node_modules', megabytes(sizeOf(path.join(clone, 'node_modules')))),
    ),
    typed(
      'demo',
      'npm run demo',
      'its stages by name, one example row of each technique, one screen of what came out and where it lies',
    ),
    {
      name: 'report',
      typed: 'the report in a browser',
      sees: 'every answer behind bars that filter, made rows and pairs with their checks',
      run: ({ picture }) =>
        picture(() => shootFile('report', path.join(clone, 'runs', 'demo', demoJob(), 'report.html'))),
    },
    typed('doctor', 'npx mathpie doctor', 'what works on this machine, and the command for what does not'),
    {
      name: 'own-answers',
      typed: 'npx mathpie grade my.jsonl --by level',
      sees: 'accuracy of answers of one’s own with its interval, by level, and a file with a verdict beside each',
      run: async ({ picture }) => {
        const graded = path.join(clone, 'runs', 'demo', demoJob(), 'evaluate', 'graded.jsonl');
        writeFileSync(path.join(clone, 'my.jsonl'), ownAnswers(readFileSync(graded, 'utf8')));
        const line = 'npx mathpie grade my.jsonl --by level';
        const output = await type(line, here);
        await picture(() => shootTerminal('own-answers', line, output));
      },
    },
    {
      name: 'everyday',
      typed: 'npx mathpie evaluate --model replay:everyday --data everyday --run runs/everyday',
      sees: 'what a real model of 1.5 billion parameters said to thirty everyday problems, graded, without a download',
      run: async ({ picture }) => {
        const line = 'npx mathpie evaluate --model replay:everyday --data everyday --run runs/everyday';
        const output = await type(line, here);
        await type('npx mathpie report runs/everyday --out everyday.html', here);
        await picture(async () => {
          await shootTerminal('everyday', line, output);
          await shootFile('everyday', path.join(clone, 'everyday.html'));
        });
      },
    },
    {
      name: 'lab',
      typed: 'npm run lab',
      sees: 'JupyterLab with the notebook of the demo, whose first cells run',
      run: async ({ picture }) => {
        const { page, open } = await openLab();
        await open('runs/notebooks/demo_production.ipynb');
        await picture(() => shootLab(walk, page, 'lab-opened'));
        await runFirst(page, 8);
        await picture(() => shootLab(walk, page, 'lab-ran'));
      },
    },
    {
      name: 'stop',
      typed: 'the stop button beside a cell that asks a model',
      sees: '"Stopped; the same cell goes on from here", and the same cell does',
      run: async ({ picture }) => {
        const { page, open } = await openLab();
        rmSync(path.join(clone, 'first-hour-stop'), { recursive: true, force: true });
        writeFileSync(path.join(clone, 'stop.ipynb'), notebookOf(stopped));
        await open('stop.ipynb');
        await runFirst(page, 1);
        await page.keyboard.press('Shift+Enter');
        await page
          .getByText(/\d+ of [\d,]+/)
          // The notebook of the step before, and its buttons, lie in a tab behind this one
          .filter({ visible: true })
          .first()
          .waitFor({ timeout: 240_000 });
        const pressedAt = performance.now();
        await page
          .locator('[data-command="notebook:interrupt-kernel"], [title^="Interrupt the kernel"]')
          .filter({ visible: true })
          .first()
          .click();
        await page.getByText('Stopped; the same cell goes on from here', { exact: true }).waitFor({ timeout: 20_000 });
        walk.fact('from the button to the line', `${((performance.now() - pressedAt) / 1000).toFixed(1)} s`);
        await picture(() => shootLab(walk, page, 'stop'));
      },
    },
    {
      name: 'own-figure',
      typed: 'showFigure({ data, layout }) in a cell',
      sees: 'a chart of one’s own in the house style, readable in both themes',
      run: async ({ picture }) => {
        const { page, open } = await openLab();
        writeFileSync(path.join(clone, 'figure.ipynb'), notebookOf([ownFigure]));
        await open('figure.ipynb');
        await runFirst(page, 1);
        await page.locator('.js-plotly-plot').filter({ visible: true }).first().waitFor({ timeout: 30_000 });
        await picture(() => shootLab(walk, page, 'own-figure'));
      },
    },
    {
      name: 'own-notebook',
      typed: 'my.jsonl in the first cell of accuracy_breakdown.ipynb, and all cells run',
      sees: 'the same file taken apart: breakdowns, pairs, graders, failures, claims',
      run: async ({ picture }) => {
        const notebook = path.join(clone, 'runs', 'notebooks', 'accuracy_breakdown.ipynb');
        const text = readFileSync(notebook, 'utf8');
        const own = text.replace('const myFiles: string[] = [];', "const myFiles: string[] = ['../../my.jsonl'];");
        mkdirSync(path.join(clone, 'runs', 'mine'), { recursive: true });
        writeFileSync(path.join(clone, 'runs', 'mine', 'mine.ipynb'), own);
        await type('npx mathpie run runs/mine/mine.ipynb --out runs/mine/mine.ipynb', here);
        const { page, open } = await openLab();
        await open('runs/mine/mine.ipynb');
        await isIdle(page);
        await picture(() => shootLab(walk, page, 'own-notebook'));
        lab.stop();
        lab = undefined;
      },
    },
  ];
}

/** What somebody has who asked a model elsewhere: a question, the right answer, what was said. */
export const ownAnswers = (graded) =>
  graded
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .map(({ question, gold, response, level }) => `${JSON.stringify({ question, gold, response, level })}\n`)
    .join('');
