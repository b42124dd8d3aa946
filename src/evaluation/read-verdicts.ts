import { stat } from 'node:fs/promises';
import { InputError } from '../errors.js';
import { readGradedRows, readGrader } from '../runs/read-graded-rows.js';
import { readJsonl } from '../storage/read-jsonl.js';
import type { GradedRow } from './graded-row.js';

/** The rows of an evaluation and the name of who graded them. */
export type Verdicts = { readonly rows: readonly GradedRow[]; readonly grader: string };

/**
 * Reads what is to be compared: a run directory, or a file of graded rows, be it what `mathpie grade` wrote (`id`, `equivalent`) or an
 * evaluation (`problem`, `correct`). An id that comes again is another sample of the same question.
 *
 * @throws InputError with file and line where a row has no verdict
 */
export async function readVerdicts(path: string): Promise<Verdicts> {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) return { rows: await readGradedRows<GradedRow>(path), grader: await readGrader(path) };
  const { rows: read } = await readJsonl({ file: path });
  const samples = new Map<string, number>();
  const graders = new Set<string>();
  const rows = read.map((row, index): GradedRow => {
    const { problem = row.id, correct = row.equivalent, grader } = row;
    const isNamed = typeof problem === 'string' || typeof problem === 'number';
    if (typeof correct !== 'boolean' || !isNamed) {
      const lacks = isNamed ? 'no verdict ("equivalent" or "correct")' : 'no "id"';
      throw new InputError(
        `Cannot use ${path}: row ${index + 1} has ${lacks}; grade the file first: mathpie grade ${path} --out graded.jsonl`,
        { file: path, line: index + 1 },
      );
    }
    if (typeof grader === 'string') graders.add(grader);
    const sample = samples.get(String(problem)) ?? 0;
    samples.set(String(problem), sample + 1);
    return { sample, ...row, problem: String(problem), correct } as GradedRow;
  });
  return { rows, grader: graders.size === 0 ? 'unknown' : [...graders].join(' and ') };
}

/**
 * Rows without ids are known by their lines, and two files may hold different questions on the same line.
 *
 * @throws InputError where a question of the same id has another text
 */
export function requireSameTexts(left: readonly GradedRow[], right: readonly GradedRow[]): void {
  const asked = new Map(left.map(({ problem, question }) => [problem, question]));
  for (const { problem, question } of right) {
    const other = asked.get(problem);
    if (other === undefined || question === undefined || plain(other) === plain(question)) continue;
    throw new InputError(
      `Cannot compare: question ${problem} is not the same in both ("${short(other)}", "${short(question)}"); give the rows an id each, the same in both`,
    );
  }
}

const plain = (text: unknown): string => String(text).replace(/\s+/g, ' ').trim();
const short = (text: unknown): string => (plain(text).length > 40 ? `${plain(text).slice(0, 40)}…` : plain(text));
