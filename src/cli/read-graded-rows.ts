import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../errors.js';
import type { GradedRow } from '../evaluation/graded-row.js';
import { readJsonl, requireFields } from '../storage/read-jsonl.js';

/** The graded rows that `mathpie evaluate` left in a run directory. */
export async function readGradedRows(directory: string): Promise<GradedRow[]> {
  const file = join(directory, 'graded.jsonl');
  if (!existsSync(file)) {
    throw new InputError(
      `Cannot read ${directory}: it holds no finished evaluation (graded.jsonl); make one with mathpie evaluate --run ${directory}`,
      { file },
    );
  }
  const { rows } = await readJsonl({ file, check: requireFields<GradedRow>(['problem', 'correct']) });
  return rows;
}
