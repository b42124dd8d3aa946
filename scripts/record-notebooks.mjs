import './prepare/check-node.mjs';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { listNotebooks } from './notebook/list-notebooks.mjs';
import { findStale, packRecording, recordingOf } from './notebook/recordings.mjs';
import { runAndRecord, runOnRecording } from './notebook/run-notebooks.mjs';
import { translationOf, translationsOf, writeTranslation } from './notebook/translate-notebook.mjs';
import { inCache, inRoot } from './prepare/paths.mjs';
import { runMain } from './prepare/setup-error.mjs';
import { prepare } from './prepare.mjs';

const usage = 'Usage: npm run record:notebooks -- [--all] [NAME …]';

/**
 * `npm run record:notebooks [-- NAME …]`: executes notebooks, keeps what the model answers in notebooks/recordings, and saves
 * them as executed on that, and their translations. Only calls that the recording does not know are asked; all of them with `--all`, and where the
 * model's weights are others. Trainings are recorded too, for which PyTorch is set up; vLLM's answers where it is installed (`npm run test:engines`).
 */
runMain(async () => {
  const words = process.argv.slice(2);
  const names = chooseNotebooks(words.filter((word) => word !== '--all'));
  if (typeof names === 'string') {
    process.stderr.write(`${names}\n`);
    return 2;
  }
  await prepare({ wanted: ['library', 'notebooks', 'training'] });
  const originals = names.filter((name) => translationOf(name) === undefined);
  for (const name of originals) {
    const isWhole = await recordNotebook(name, { isNew: words.includes('--all') });
    if (!isWhole) return 1;
  }
  // A translation asks what its original asks
  const translations = [
    ...names.filter((name) => translationOf(name) !== undefined),
    ...originals.flatMap(translationsOf),
  ];
  for (const name of new Set(translations)) {
    process.stdout.write(`\n${name}\n`);
    writeTranslation(name);
    const { isDone } = await runOnRecording(name, { out: inRoot('notebooks', name) });
    if (!isDone) return 1;
  }
  return 0;
});

async function recordNotebook(name, { isNew }) {
  const recording = recordingOf(name);
  const stale = isNew ? 'it was asked for' : findStale(recording);
  process.stdout.write(`\n${name}${stale === undefined ? '' : `: everything anew, because ${stale}`}\n`);
  const asked = await runAndRecord(name, {
    out: inCache('notebooks', name),
    replay: stale === undefined ? recording : undefined,
  });
  if (!asked.isDone) return false;
  const { completions, bytes } = packRecording({ from: asked.lines, to: recording });
  const saved = inRoot('notebooks', name);
  const before = readFileSync(saved);
  const { isDone, seconds } = await runOnRecording(name, { out: saved });
  if (!isDone) return false;
  const change = readFileSync(saved).equals(before) ? 'as it was' : 'changed';
  process.stdout.write(
    `${completions} completions in ${(bytes / 1000).toFixed(0)} kB; on them it takes ${seconds.toFixed(0)} s; the notebook is ${change}\n`,
  );
  return true;
}

/** The file names, or what is wrong with the words. */
function chooseNotebooks(words) {
  const known = listNotebooks();
  const names = words.map((word) => `${path.basename(word, '.ipynb')}.ipynb`);
  const unknown = names.findIndex((name) => !known.includes(name));
  if (unknown === -1) return names.length === 0 ? known : names;
  return `Cannot record "${words[unknown]}": there is no such notebook, choose of ${known.join(', ')}; ${usage}`;
}
