import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inCache } from '../prepare/paths.mjs';
import { executeNotebook } from './execute-notebook.mjs';
import { beginAnew } from './list-notebooks.mjs';
import { recordingOf } from './recordings.mjs';

/** Any time does: what a notebook shows of it is then the same in every run. */
const clock = '2026-01-01T00:00:00.000Z';

/** On the model itself a cell may train several students, and the machine may have other work. */
const liveCellSeconds = 3600;

/** Executes a committed notebook on its recording, with a clock that stands still: the same bytes in every run. */
export function runOnRecording(name, { out, write }) {
  const environment = { MATHPIE_REPLAY: recordingOf(name), MATHPIE_RECORD: '', MATHPIE_CLOCK: clock };
  return executeNotebook({ notebook: beginAnew(name), out, write, environment });
}

/**
 * Executes it on the model itself and keeps what that answers in the file that comes back as `lines`. What `replay` knows is
 * not asked for again.
 */
export async function runAndRecord(name, { out, write, replay = '' }) {
  const notebook = beginAnew(name);
  const lines = inCache('notebooks', `${path.basename(name, '.ipynb')}.jsonl`);
  mkdirSync(path.dirname(lines), { recursive: true });
  rmSync(lines, { force: true });
  const environment = { MATHPIE_REPLAY: replay, MATHPIE_RECORD: lines, MATHPIE_CLOCK: '' };
  const timeoutSeconds = liveCellSeconds;
  return { ...(await executeNotebook({ notebook, out, write, environment, timeoutSeconds })), lines };
}
