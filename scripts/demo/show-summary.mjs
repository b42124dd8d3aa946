import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from '../prepare/setup-error.mjs';

/** What the notebook left in runs/demo/summary.json: `lines`, one screen of text, and `files`, title to path. */
export function readSummary(file) {
  if (!existsSync(file)) {
    throw new SetupError(
      `Cannot show the summary: the notebook ended without writing ${path.relative(process.cwd(), file)}`,
    );
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** One screen on stdout: what grew, how much of it is right, and where everything lies. */
export function showSummary(
  { lines, files },
  { executed, folder, seconds },
  write = (text) => process.stdout.write(text),
) {
  const places = { 'Executed notebook': executed, ...resolveIn(folder, files) };
  const widest = Math.max(...Object.keys(places).map((title) => title.length));
  write(`\n${lines.join('\n')}\n\n`);
  for (const [title, place] of Object.entries(places)) {
    write(`${title.padEnd(widest)}  ${path.relative(process.cwd(), place)}\n`);
  }
  write(`\nAll of it took ${Math.round(seconds)} s. Open the notebook and run it cell by cell: npm run lab\n`);
}

const resolveIn = (folder, files = {}) =>
  Object.fromEntries(Object.entries(files).map(([title, place]) => [title, path.resolve(folder, place)]));
