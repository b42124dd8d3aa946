/** The recordings that notebooks are executed on, and whether they still stand for the model. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { fingerprint } from '../prepare/fingerprint.mjs';
import { inRoot } from '../prepare/paths.mjs';

/** The completions that a notebook, and each of its translations, was made from; src/models/recording reads them. */
export const recordingOf = (name) =>
  inRoot('notebooks', 'recordings', `${path.basename(name, '.ipynb').replace(/\.[a-z]{2}$/, '')}.jsonl.gz`);

/** What the recordings are of: other weights write other texts. */
const weights = () => fingerprint({ files: [inRoot('data', 'pocket', 'pocket.gguf')] }).slice(0, 16);

/** Why a recording cannot stand for the model, ready to follow "because"; undefined when it can. */
export function findStale(file) {
  if (!existsSync(file)) return 'it is missing';
  try {
    const [head] = gunzipSync(readFileSync(file)).toString('utf8').split('\n', 1);
    return JSON.parse(head).weights === weights() ? undefined : 'data/pocket/pocket.gguf is another one now';
  } catch {
    return 'it is no recording';
  }
}

/**
 * Packs JSON lines of completions: each once, sorted by key, so that the same answers give the same bytes in whatever order
 * they came.
 */
export function packRecording({ from, to }) {
  const completions = readLines(readFileSync(from, 'utf8'));
  const lines = [...completions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
  const packed = gzipSync(`${[JSON.stringify({ weights: weights() }), ...lines].join('\n')}\n`, { level: 9 });
  mkdirSync(path.dirname(to), { recursive: true });
  writeFileSync(to, packed);
  return { completions: lines.length, bytes: packed.length };
}

/** How many completions of JSON lines a recording has too, and how many of those say the same. */
export function compareWithRecording({ lines, recording }) {
  const recorded = readLines(gunzipSync(readFileSync(recording)).toString('utf8'));
  const made = readLines(readFileSync(lines, 'utf8'));
  const known = [...made].filter(([key]) => recorded.has(key));
  return {
    made: made.size,
    known: known.length,
    same: known.filter(([key, line]) => recorded.get(key) === line).length,
  };
}

/** The lines by key; the last of a key counts, and lines without one are passed over. */
function readLines(text) {
  const entries = text.split('\n').flatMap((line) => {
    const key = line === '' ? undefined : JSON.parse(line).key;
    return key === undefined ? [] : [[key, line]];
  });
  return new Map(entries);
}
