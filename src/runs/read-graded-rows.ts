import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors.js';
import { readJsonl, requireFields } from '../storage/read-jsonl.js';
import { latestArtifact, listArtifacts } from './artifacts.js';

/** A verdict on an answer, with whatever else its row holds. */
export type Verdict = { readonly problem: string; readonly correct: boolean; readonly question?: string | undefined };

/** The graded rows that `mathpie evaluate` left in a run directory. */
export async function readGradedRows<Row extends Verdict = Verdict>(directory: string): Promise<Row[]> {
  const file = await findGradedRows(directory);
  const { rows, bad } = await readJsonl({ file, check: requireFields<Row>(['problem', 'correct']), skipBad: true });
  const [first] = bad;
  if (first === undefined) return rows;
  if (rows.length === 0 && (await holdsGrownRows(file))) {
    throw new InputError(
      `Cannot use ${directory}: it holds rows that mathpie augment made, and no evaluation; look at them with mathpie report ${directory}, or name a run of mathpie evaluate or import`,
      { file },
    );
  }
  throw new InputError(
    `Cannot use ${file}:${first.line}: ${first.reason}; it is damaged: repeat the mathpie evaluate or import of ${directory}, which asks nothing again`,
    { file, line: first.line },
  );
}

/** Whether a file of graded rows is of `mathpie augment`, whose rows say by which technique they were made. */
export async function holdsGrownRows(file: string): Promise<boolean> {
  const { rows } = await readJsonl<{ technique?: unknown; correct?: unknown }>({ file, limit: 1, skipBad: true });
  return rows[0] !== undefined && rows[0].correct === undefined && typeof rows[0].technique === 'string';
}

/** The file that holds them. Throws `InputError` where no evaluation has finished. */
export async function findGradedRows(directory: string): Promise<string> {
  const graded = latestArtifact(await listArtifacts(directory), ['graded']);
  const file = join(directory, graded?.file ?? 'graded.jsonl');
  if (!existsSync(file)) {
    throw new InputError(
      `Cannot read ${directory}: it holds no finished evaluation (graded.jsonl); make one there with mathpie evaluate, or with mathpie import of what another harness wrote`,
      { file },
    );
  }
  return file;
}

/** The name of the grader that gave the verdicts, from summary.json; `unknown` where it does not say. */
export async function readGrader(directory: string): Promise<string> {
  try {
    const { grader }: { grader?: unknown } = JSON.parse(await readFile(join(directory, 'summary.json'), 'utf8'));
    return typeof grader === 'string' ? grader : 'unknown';
  } catch {
    return 'unknown';
  }
}
