import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inMade, inRoot } from './paths.mjs';
import { runCommand } from './run-command.mjs';

/** What notebooks need and an installed package does not bring: 120 MB that only they use. */
const parts = ['tslab', 'danfojs-node', '@tensorflow/tfjs-node'];

/**
 * The TypeScript kernel and data frames for an installed package, in the versions that a clone has, into a folder of their own (`.mathpie`): nothing of
 * the user's own project is touched.
 */
export async function installKernel(start, { npm }) {
  const read = (...place) => JSON.parse(readFileSync(inRoot(...place), 'utf8'));
  const workbench = read('scripts', 'packages', 'workbench', 'package.json');
  const wanted = kernelPackage(read('package.json'), workbench, inRoot());
  const file = inMade('package.json');
  const text = `${JSON.stringify(wanted, null, 2)}\n`;
  const isMade = existsSync(inMade('node_modules', '.package-lock.json')) && existsSync(file);
  if (isMade && readFileSync(file, 'utf8') === text) return;
  start();
  mkdirSync(inMade(), { recursive: true });
  writeFileSync(file, text);
  await runCommand({
    name: 'npm-install-kernel',
    ...npm(['install', '--prefix', inMade(), '--install-links', '--no-audit', '--no-fund', '--loglevel=error']),
    advice: 'check the connection to the npm registry and try again; ',
  });
  // tslab looks for the types of Node below itself, and npm put them beside it: without them no cell could log a line
  const types = inMade('node_modules', 'tslab', 'node_modules', '@types');
  if (existsSync(types)) return;
  mkdirSync(path.dirname(types), { recursive: true });
  symlinkSync(inMade('node_modules', '@types'), types, 'junction');
}

/** The package.json of that folder. Overrides count in a root alone, so that ours are said anew. */
export function kernelPackage({ optionalDependencies, overrides, allowScripts }, workbench, packageFolder) {
  const versions = { ...workbench.dependencies, ...optionalDependencies };
  const place = (version) => version.replace(/^file:(?!\/)/, `file:${packageFolder.replaceAll(path.sep, '/')}/`);
  const dependencies = Object.fromEntries(parts.map((name) => [name, place(versions[name])]));
  return { private: true, description: 'What mathpie lab uses', dependencies, overrides, allowScripts };
}
