import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { buildPage, listPageSources, pageOutputs } from './build-page.mjs';
import { fingerprint, readStamp, removeStamp, writeStamp } from './fingerprint.mjs';
import { inCache, inRoot, isClone, isThere, isWindows } from './paths.mjs';
import { runCommand } from './run-command.mjs';

const stampFile = inCache('build.json');

/** src/ to dist/, when a source changed or an output is missing. Notebooks and the CLI run what lies in dist/. */
export async function buildLibrary(start) {
  if (!isClone) return;
  const sources = listSources();
  const texts = [readFileSync(inRoot('tsconfig.json'), 'utf8'), typescriptVersion()];
  const files = [...sources, ...listPageSources()];
  const print = fingerprint({ texts: [...texts, ...files], files: files.map((file) => inRoot('src', file)) });
  const outputs = [...sources.map((file) => path.join('dist', file.replace(/\.ts$/, '.js'))), ...pageOutputs];
  const stamp = readStamp(stampFile);
  if (stamp !== undefined && stamp.print === print && outputs.every((file) => isThere(file))) return;
  start();
  removeStamp(stampFile);
  // A module whose source is gone must not live on in dist/.
  rmSync(inRoot('dist'), { recursive: true, force: true });
  await runCommand({
    name: 'build',
    command: process.execPath,
    args: [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json'],
    advice: 'mend the lines above; ',
  });
  await buildPage();
  makeCommand();
  writeStamp(stampFile, { print });
}

/** What tsc compiles, relative to src/. A file that has no output would make every start build anew. */
export function listSources() {
  const { exclude } = JSON.parse(readFileSync(inRoot('tsconfig.json'), 'utf8'));
  const isLeftOut = (file) => exclude.some((left) => `src/${file.replaceAll('\\', '/')}/`.startsWith(`${left}/`));
  return readdirSync(inRoot('src'), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('__fixtures__'))
    .filter((file) => !isLeftOut(file))
    .sort();
}

const typescriptVersion = () =>
  JSON.parse(readFileSync(inRoot('node_modules', 'typescript', 'package.json'), 'utf8')).version;

/** `npx mathpie`: npm links a command only when its file is there at install time, and ours is built afterwards. */
function makeCommand() {
  const main = inRoot('dist', 'cli', 'main.js');
  if (isWindows || !existsSync(main)) return;
  chmodSync(main, 0o755);
  const link = inRoot('node_modules', '.bin', 'mathpie');
  if (!existsSync(link)) {
    rmSync(link, { force: true });
    symlinkSync(path.join('..', 'mathpie', 'dist', 'cli', 'main.js'), link);
  }
}
