import { isEquivalent } from '../compare/is-equivalent.js';
import { parseAnswer } from '../parse/parse-answer.js';
import type { AnswerPolicy } from '../parse/policies.js';
import { goldAnswer } from './grade-response.js';

/** A gold answer with the id of its row. */
export type GoldRow = { readonly id?: string; readonly gold: string };

/** A gold answer that nothing can match, and why. */
export type GoldProblem = {
  readonly id: string;
  readonly gold: string;
  /**
   * `empty`: there is no answer in it. `unequal`: it does not equal itself. `unparsed`: it looks like mathematics that the
   * parser cannot read. `text`: it is words, and can only be compared as such.
   */
  readonly problem: 'empty' | 'unequal' | 'unparsed' | 'text';
};

/** What the self-check of gold answers found. */
export type GoldReport = {
  readonly count: number;
  /** Golds that no answer could match; an evaluation on them loses points whatever the model says. */
  readonly broken: readonly GoldProblem[];
  /** Golds that look like mathematics and do not parse: only the same characters match. */
  readonly unparsed: readonly GoldProblem[];
  /** Golds that are words (`even`, `Monday`): only the same words match. */
  readonly textual: readonly GoldProblem[];
};

/**
 * The self-check before an evaluation: every gold must have an answer in it, parse and equal itself. Costs no token.
 * A row without id is named by its place, from 1.
 */
export function checkGolds(rows: Iterable<GoldRow>, options: { policy?: Partial<AnswerPolicy> } = {}): GoldReport {
  const { add, found } = createGoldCheck(options);
  for (const row of rows) add(row);
  return found();
}

/** The same for one row after the other. */
export function createGoldCheck({ policy }: { policy?: Partial<AnswerPolicy> } = {}): {
  readonly add: (row: GoldRow) => void;
  readonly found: () => GoldReport;
} {
  const broken: GoldProblem[] = [];
  const unparsed: GoldProblem[] = [];
  const textual: GoldProblem[] = [];
  let count = 0;
  const add = ({ id, gold }: GoldRow): void => {
    count++;
    const name = id ?? String(count);
    const answer = goldAnswer(gold);
    const parsed = parseAnswer(answer);
    if (parsed.text === '') broken.push({ id: name, gold, problem: 'empty' });
    else if (!isEquivalent(answer, answer, policy ? { policy } : {}).equivalent)
      broken.push({ id: name, gold, problem: 'unequal' });
    else if (parsed.isMathematics) return;
    else if (isWords(parsed.text)) textual.push({ id: name, gold, problem: 'text' });
    else unparsed.push({ id: name, gold, problem: 'unparsed' });
  };
  return { add, found: () => ({ count, broken, unparsed, textual }) };
}

/** Words may be in `\text{…}` and hold a number (`June 20`); another command or a sign of arithmetic is mathematics. */
function isWords(text: string): boolean {
  const bare = text.replace(/\\(?:text|mbox|textbf|textit|mathrm|mathbf)\s*\{([^{}]*)\}/g, '$1');
  return !/[\\^_=+*/<>{}|]/.test(bare) && (!/\d/.test(bare) || /\p{L}{3}/u.test(bare));
}
