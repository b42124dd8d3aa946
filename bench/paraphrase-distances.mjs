// How far a sentence-embedding model puts paraphrases, the same words with other numbers, and different problems apart.
//
//   npm run build && MATHPIE_PYTHON=.venv-engines/bin/python node bench/paraphrase-distances.mjs MODEL
//
// MODEL is the folder of a sentence-transformers model, or its name on the hub. Prints the table of docs/magpie.md.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deduplicateRows, embed } from '../dist/index.js';
import { readEmbeddings } from '../dist/storage/read-embeddings.js';

const [model] = process.argv.slice(2);
if (model === undefined) {
  console.error('Cannot measure without a model: give the folder of a sentence-transformers model');
  process.exit(2);
}
const groups = JSON.parse(readFileSync(new URL('./paraphrases.json', import.meta.url), 'utf8'));
const texts = groups.flatMap(({ problem, paraphrase, otherNumbers }) => [problem, paraphrase, otherNumbers]);
const folder = mkdtempSync(join(tmpdir(), 'mathpie-paraphrases-'));
const data = join(folder, 'rows.jsonl');
writeFileSync(data, texts.map((text, id) => `${JSON.stringify({ id, text })}\n`).join(''));
const { directory } = await embed({ model, data, run: join(folder, 'run'), onEvent: () => undefined });
const { data: vectors } = await readEmbeddings(directory);
rmSync(folder, { recursive: true });

const size = vectors.length / texts.length;
const distance = (left, right) => {
  let sum = 0;
  for (let at = 0; at < size; at++) sum += (vectors[left * size + at] - vectors[right * size + at]) ** 2;
  return sum;
};
const isNear = (left, right) => {
  const rows = [left, right].map((id) => ({ id, instruction: texts[id] }));
  return deduplicateRows(rows).rows.length === 1;
};
const kinds = { paraphrases: [], 'the same words, other numbers': [], 'different problems': [] };
for (let group = 0; group < groups.length; group++) {
  kinds.paraphrases.push([3 * group, 3 * group + 1]);
  kinds['the same words, other numbers'].push([3 * group, 3 * group + 2]);
  for (let other = group + 1; other < groups.length; other++) kinds['different problems'].push([3 * group, 3 * other]);
}
console.log('| pairs | | least | median | most | nearer than 0.05 | nearer than 0.5 | MinHash |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const [kind, pairs] of Object.entries(kinds)) {
  const distances = pairs.map(([left, right]) => distance(left, right)).sort((left, right) => left - right);
  const median = (distances[(distances.length - 1) >> 1] + distances[distances.length >> 1]) / 2;
  const cells = [distances[0], median, distances.at(-1)].map((value) => value.toFixed(3));
  const nearer = [0.05, 0.5].map((limit) => distances.filter((value) => value < limit).length);
  const minHash = pairs.filter(([left, right]) => isNear(left, right)).length;
  console.log(`| ${[kind, pairs.length, ...cells, ...nearer, minHash].join(' | ')} |`);
}
