import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { inRoot } from './paths.mjs';

/** The first command of a clone installs the packages, and so can import none before. */
const firstCommands = ['demo', 'lab', 'test', 'check', 'test-engines', 'test-nightly'];

test.each(firstCommands)('%s starts without packages', (name) => {
  expect(importedPackages(inRoot('scripts', `${name}.mjs`))).toEqual([]);
});

test('an imported package is found wherever it is imported', () => {
  expect(importedPackages(inRoot('scripts', 'models', 'measure-answers.mjs'))).toEqual(['execa']);
});

function importedPackages(file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  const statements = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b(?:[^;'"()=]*\bfrom)?\s*'([^']+)';/gm);
  return [...statements].flatMap(([, wanted]) => {
    if (wanted.startsWith('node:')) return [];
    return wanted.startsWith('.') ? importedPackages(resolve(join(dirname(file), wanted)), seen) : [wanted];
  });
}
