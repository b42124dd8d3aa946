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
  throw new InputError(
    `Cannot use ${file}:${first.line}: ${first.reason}; it is damaged: repeat the mathpie evaluate or import of ${directory}, which asks nothing again`,
    { file, line: first.line },
  );
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
