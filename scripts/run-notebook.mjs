import './prepare/check-node.mjs';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { executeNotebook } from './notebook/execute-notebook.mjs';
import { home } from './prepare/paths.mjs';
import { runMain } from './prepare/setup-error.mjs';
import { prepare } from './prepare.mjs';

const usage = 'Usage: node scripts/run-notebook.mjs NOTEBOOK.ipynb [--out FILE.ipynb] [--timeout SECONDS_PER_CELL]';

/** `mathpie run`: exit code 0, 1 when a cell failed, 2 for bad input, 130 after Ctrl-C. */
async function main(args) {
  const options = readArguments(args);
  const problem = typeof options === 'string' ? options : findProblem(options.notebook);
  if (problem !== undefined) {
    process.stderr.write(`${problem}\n`);
    return 2;
  }
  await prepare();
  const { isDone, exitCode, out, seconds } = await executeNotebook(options);
  if (isDone) process.stderr.write(`Executed in ${seconds.toFixed(1)} s: ${path.relative(process.cwd(), out)}\n`);
  return exitCode;
}

function readArguments(args) {
  const options = { notebook: undefined, out: undefined, timeoutSeconds: undefined };
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index];
    if (word === '--out' || word === '--timeout') {
      index += 1;
      const value = args[index];
      if (value === undefined) return `Cannot run the notebook: ${word} needs a value; ${usage}`;
      if (word === '--out') options.out = path.resolve(value);
      else if (/^[1-9]\d{0,5}$/.test(value)) options.timeoutSeconds = Number(value);
      else return `Cannot run the notebook: --timeout is "${value}" and a whole number of seconds is needed`;
    } else if (word.startsWith('-')) {
      return `Cannot run the notebook: unknown flag "${word}"; ${usage}`;
    } else if (options.notebook === undefined) {
      options.notebook = path.resolve(word);
    } else {
      return `Cannot run the notebook: one at a time, and "${word}" is a second one; ${usage}`;
    }
  }
  if (options.notebook === undefined) return `Cannot run the notebook: none was named; ${usage}`;
  if (options.out === undefined) options.out = path.join(home, 'runs', 'notebooks', path.basename(options.notebook));
  return options;
}

function findProblem(notebook) {
  const shown = path.relative(process.cwd(), notebook);
  if (!existsSync(notebook)) return `Cannot run the notebook: there is no file ${shown}; check the path`;
  try {
    if (Array.isArray(JSON.parse(readFileSync(notebook, 'utf8')).cells)) return undefined;
  } catch {
    // said below
  }
  return `Cannot run the notebook: ${shown} is not a Jupyter notebook; name a file that ends in .ipynb`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  runMain(() => main(process.argv.slice(2)));
}
