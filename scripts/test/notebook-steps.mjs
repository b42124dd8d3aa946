import path from 'node:path';
import { findDifferences } from '../notebook/compare-notebooks.mjs';
import { listNotebooks } from '../notebook/list-notebooks.mjs';
import { compareWithRecording, recordingOf } from '../notebook/recordings.mjs';
import { runAndRecord, runOnRecording } from '../notebook/run-notebooks.mjs';
import { translationOf } from '../notebook/translate-notebook.mjs';
import { inCache, inRoot } from '../prepare/paths.mjs';
import { describeResult, keepLog } from './run-step.mjs';

/** Each committed notebook on its recording: that it runs, and that what is committed is what comes out. */
export const recordedNotebooks = () =>
  listNotebooks().map((name) =>
    notebookStep(`Notebook ${path.basename(name, '.ipynb')}`, async (write) => {
      const out = inCache('test', name);
      const { isDone, exitCode } = await runOnRecording(name, { out, write });
      if (!isDone) return { exitCode, passed: 0, failed: 1 };
      const cells = findDifferences(inRoot('notebooks', name), out);
      if (cells.length === 0) return { passed: 2, failed: 0 };
      const said = `Not what is committed: ${describeCells(cells)}; where that is meant, type "npm run record:notebooks"\n`;
      return { passed: 1, failed: 1, said };
    }),
  );

/** Each on the model itself. How far its answers are those of the recording is told; another processor may round otherwise. */
export const liveNotebooks = () =>
  originals().map((name) =>
    notebookStep(`Notebook ${path.basename(name, '.ipynb')} on the model`, async (write) => {
      const { isDone, exitCode, lines } = await runAndRecord(name, { out: inCache('test', `live-${name}`), write });
      if (!isDone) return { exitCode, passed: 0, failed: 1 };
      const { made, same } = compareWithRecording({ lines, recording: recordingOf(name) });
      return { passed: 1, failed: 0, note: `${same} of ${made} completions as recorded` };
    }),
  );

/** Translations ask what these ask. */
const originals = () => listNotebooks().filter((name) => translationOf(name) === undefined);

const describeCells = ([first, ...more]) =>
  first === 0 ? 'its cells' : `cell${more.length > 0 ? 's' : ''} ${[first, ...more].join(', ')}`;

function notebookStep(title, work) {
  const run = (step) =>
    step(title, async (start) => {
      start();
      const texts = [];
      const { exitCode, note, said, passed, failed } = await work((text) => texts.push(text));
      if (exitCode === 130) throw new Error('Stopped');
      const output = texts.join('');
      keepLog(title, output);
      const result = describeResult({ title, passed, failed, output: failed > 0 ? (said ?? output) : '' });
      return note === undefined ? result : { ...result, told: `${result.told} (${note})` };
    });
  return { title, run };
}
