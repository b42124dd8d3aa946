import { goldAnswer } from './grade-response.js';
import { isEquivalent } from './is-equivalent.js';
import { parseAnswer } from './parse-answer.js';
import type { AnswerPolicy } from './policies.js';

export type GoldRow = { readonly id?: string; readonly gold: string };

export type GoldProblem = {
  readonly id: string;
  readonly gold: string;
  /** `empty`: there is no answer in it. `unequal`: it does not equal itself. `text`: it can only be compared as words. */
  readonly problem: 'empty' | 'unequal' | 'text';
};

export type GoldReport = {
  readonly count: number;
  /** Golds that no answer could match; an evaluation on them loses points whatever the model says. */
  readonly broken: readonly GoldProblem[];
  /** Golds that are words (`even`, `Monday`) or that do not parse: only the same words match. */
  readonly textual: readonly GoldProblem[];
};

/**
 * The self-check before an evaluation: every gold must have an answer in it, parse and equal itself. Costs no token.
 * A row without id is named by its place, from 1.
 */
export function checkGolds(rows: Iterable<GoldRow>, { policy }: { policy?: Partial<AnswerPolicy> } = {}): GoldReport {
  const broken: GoldProblem[] = [];
  const textual: GoldProblem[] = [];
  let count = 0;
  for (const { id, gold } of rows) {
    count++;
    const name = id ?? String(count);
    const answer = goldAnswer(gold);
    const parsed = parseAnswer(answer);
    if (parsed.text === '') broken.push({ id: name, gold, problem: 'empty' });
    else if (!isEquivalent(answer, answer, policy ? { policy } : {}).equivalent)
      broken.push({ id: name, gold, problem: 'unequal' });
    else if (!parsed.isMathematics) textual.push({ id: name, gold, problem: 'text' });
  }
  return { count, broken, textual };
}
