import './prepare/check-node.mjs';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeDocuments } from './docs/documents.mjs';
import { oneRowPage } from './docs/one-row.mjs';

/** `npm run docs`: writes docs/steps.md, docs/map.md, docs/api/ and schemas/ anew, from what the code says of itself, and docs/one-row.md from
 * what its commands do. */
const root = join(import.meta.dirname, '..');
const documents = {
  ...(await makeDocuments(root, await import('../dist/reference/index.js'))),
  'docs/one-row.md': await oneRowPage(root, await import('../dist/index.js')),
};
for (const [file, text] of Object.entries(documents)) {
  const path = join(root, file);
  if (text === read(path)) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`${file}: written`);
}
console.log(`${Object.keys(documents).length} files are as the code says`);

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
