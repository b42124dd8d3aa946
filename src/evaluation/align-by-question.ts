import type { GradedRow } from './graded-row.js';

/**
 * The rows with the ids that the same questions have in another run: two harnesses number a test set in two ways. Only where no id is in both runs, each run
 * has every question under one id, and all questions are the same but for white space; otherwise the rows as they are.
 */
export function alignByQuestion(rows: readonly GradedRow[], reference: readonly GradedRow[]): readonly GradedRow[] {
  const known = idsByQuestion(reference);
  const own = idsByQuestion(rows);
  if (known === undefined || own === undefined || known.size !== own.size) return rows;
  const ids = new Set(known.values());
  if ([...own].some(([question, id]) => !known.has(question) || ids.has(id))) return rows;
  return rows.map((row) => ({ ...row, problem: known.get(plain(row.question ?? '')) ?? row.problem }));
}

/** Undefined where a question has no text, two ids, or an id two questions. */
function idsByQuestion(rows: readonly GradedRow[]): ReadonlyMap<string, string> | undefined {
  const ids = new Map<string, string>();
  for (const { question = '', problem } of rows) {
    const text = plain(question);
    if (text === '' || (ids.get(text) ?? problem) !== problem) return undefined;
    ids.set(text, problem);
  }
  return new Set(ids.values()).size === ids.size ? ids : undefined;
}

const plain = (question: string): string => question.replace(/\s+/g, ' ').trim();
