import './prepare/check-node.mjs';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { readSummary, showSummary } from './demo/show-summary.mjs';
import { executeNotebook } from './notebook/execute-notebook.mjs';
import { inRoot } from './prepare/paths.mjs';
import { runMain, SetupError } from './prepare/setup-error.mjs';
import { prepare } from './prepare.mjs';

const notebook = inRoot('notebooks', 'demo_production.ipynb');
const folder = inRoot('runs', 'demo');
const executed = path.join(folder, 'demo_production.ipynb');
const summaryFile = path.join(folder, 'summary.json');

const help = `npm run demo

Sets this clone up (JupyterLab and a TypeScript kernel into .venv, about two minutes the first time), executes
notebooks/demo_production.ipynb on the model pocket, and says on one screen what came out. It opens nothing and needs no
GPU and no key. It leaves all in runs/demo: the executed notebook, summary.json, both sets and report.html.

Options:
  --help    Show this help

The same, cell by cell: npm run lab. What works on this machine: npx mathpie doctor.
`;

/** `npm run demo`: prepares the clone, runs the notebook without a browser, and says on one screen what came out. */
runMain(async () => {
  const words = process.argv.slice(2);
  if (words.some((word) => word === '--help' || word === '-h')) {
    process.stdout.write(help);
    return 0;
  }
  if (words.length > 0) {
    throw new SetupError(
      `Cannot run the demo with ${JSON.stringify(words[0])}: it takes no words; see npm run demo -- --help`,
    );
  }
  const startedAt = Date.now();
  process.stderr.write('Preparing (about two minutes the first time)\n');
  await prepare();
  if (!existsSync(notebook))
    throw new SetupError(`Cannot run the demo: ${path.relative(process.cwd(), notebook)} is missing`);
  // What is printed below must be of this run.
  rmSync(summaryFile, { force: true });
  process.stderr.write('Running notebooks/demo_production.ipynb\n');
  const { isDone, exitCode } = await executeNotebook({ notebook, out: executed, byChapter: true });
  if (!isDone) return exitCode;
  showSummary(readSummary(summaryFile), { executed, folder, seconds: (Date.now() - startedAt) / 1000 });
  return 0;
});
