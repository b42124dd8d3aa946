import { basename } from 'node:path';
import { findBoxes } from '../answers/find-boxes.js';
import { InputError } from '../errors.js';
import { type BadLine, type JsonObject, readJsonl } from '../storage/read-jsonl.js';
import type { Problem } from './problem.js';

/** A problem as read; `type` is an augmentation type, where the row has one beside its subject. */
export type ReadProblem = Problem & { readonly type?: string };

/**
 * Reads problems from a JSONL file in any of three shapes: rows of our own `{id?, question, answer?, …}`, GSM8K as
 * published (`answer` is a worked solution that ends in `#### N`; Cobbe et al., 2021), and MATH as published
 * (`{problem, solution, level: "Level 3", type}` with the answer in the solution's last `\boxed{}`; Hendrycks et al.,
 * 2021). A row without an id gets `FILE:line`. Throws `InputError` naming file, line and field.
 */
export async function readProblems({
  file,
  needsAnswer = false,
  skipBad = false,
  limit,
}: {
  file: string;
  /** Refuse rows whose answer is not known. @default false */
  needsAnswer?: boolean;
  /** Count bad lines and go on. @default false */
  skipBad?: boolean;
  /** Read no more than this many problems. */
  limit?: number | undefined;
}): Promise<{ problems: ReadProblem[]; bad: BadLine[] }> {
  const lines = new Map<string, number>();
  const check = (row: JsonObject, line: number): ReadProblem | string => {
    const problem = toProblem(row, `${basename(file)}:${line}`);
    if (typeof problem === 'string') return problem;
    if (needsAnswer && problem.answer === undefined) return 'lacks the field "answer"';
    const earlier = lines.get(problem.id);
    if (earlier !== undefined) return `has the id "${problem.id}" of line ${earlier}`;
    lines.set(problem.id, line);
    return problem;
  };
  const { rows, bad } = await readJsonl<ReadProblem>({
    file,
    check,
    skipBad,
    ...(limit === undefined ? {} : { limit }),
  });
  if (rows.length === 0) {
    const state =
      bad[0] === undefined
        ? 'it holds no row'
        : `none of its rows is a problem (line ${bad[0].line}: ${bad[0].reason})`;
    throw new InputError(`Cannot use ${file}: ${state}; name a JSONL file with a question per line`, { file });
  }
  return { problems: rows, bad };
}

function toProblem(row: JsonObject, defaultId: string): ReadProblem | string {
  const question = row.question ?? row.problem;
  if (question === undefined || question === null) return 'lacks the field "question"';
  if (typeof question !== 'string' || question.trim() === '') return 'has a field "question" that is no text';
  const id = row.id ?? defaultId;
  if (typeof id !== 'string' && typeof id !== 'number') return 'has a field "id" that is no text';
  const answered = readAnswer(row);
  if (typeof answered === 'string') return answered;
  // MATH calls the subject `type`.
  const subject = row.subject ?? row.type;
  const type = row.subject === undefined ? undefined : row.type;
  const level = readLevel(row.level);
  return {
    id: String(id),
    question,
    ...answered,
    ...(typeof subject === 'string' ? { subject } : {}),
    ...(level === undefined ? {} : { level }),
    ...(typeof type === 'string' ? { type } : {}),
    ...(typeof row.steps === 'number' ? { steps: row.steps } : {}),
  };
}

function readAnswer({ answer, solution, problem }: JsonObject): Pick<Problem, 'answer' | 'solution'> | string {
  const worked = typeof solution === 'string' ? { solution } : {};
  if (typeof answer === 'number') return { answer: String(answer), ...worked };
  if (typeof answer === 'string') {
    const marker = answer.lastIndexOf('#### ');
    if (marker === -1) return answer.trim() === '' ? worked : { answer: answer.trim(), ...worked };
    return { answer: withoutThousands(answer.slice(marker + 5).trim()), solution: answer };
  }
  if (answer !== undefined && answer !== null) return 'has a field "answer" that is neither text nor a number';
  if (typeof solution !== 'string' || typeof problem !== 'string') return worked;
  const boxed = findBoxes(solution, 'last');
  return typeof boxed === 'object' ? { answer: boxed.answer, solution } : 'has a "solution" without \\boxed{}';
}

function readLevel(level: unknown): number | undefined {
  // MATH writes "Level 3", and "Level ?" where nobody rated the problem.
  const found = typeof level === 'number' ? level : Number(/^Level (\d)$/.exec(String(level))?.[1]);
  return Number.isInteger(found) ? found : undefined;
}

/** GSM8K writes 1,450,000 now and then; a gold answer is bare. */
function withoutThousands(answer: string): string {
  return /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(answer) ? answer.replaceAll(',', '') : answer;
}
