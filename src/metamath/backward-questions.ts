import { createHash } from 'node:crypto';
import { type AskedSentence, findAskedSentence } from '../language/last-sentence.js';
import { mapInTurns } from '../let-others-run.js';
import { type MaskedQuestion, maskQuantities } from './mask-quantities.js';
import type { SourceProblem } from './source-problem.js';

export type BackwardQuestion = {
  /** Id of the problem and the masked span: `p7:12-14`. */
  readonly id: string;
  readonly problem: SourceProblem;
  readonly mask: MaskedQuestion;
  readonly asked: AskedSentence;
};

export type BackwardSkip = 'no-quantity' | 'unknown-taken' | 'told-twice' | 'nothing-given-before-the-question';

/**
 * The backward questions of problems, in the problems' order and left to right, and how many problems gave none. A quantity
 * that the question tells again elsewhere is left out. `unknown: 'any'` lets a question that speaks of an x of its own ask
 * for y; by default it is left out, because not every prompt can ask for y. With `beforeQuestion` only quantities in front
 * of the asked sentence count: self-verification replaces that sentence, and a mask inside it would go. `maxBackward` takes
 * that many per problem, chosen by the seed.
 */
export function backwardQuestions(problems: readonly SourceProblem[], options: BackwardOptions): BackwardQuestions {
  return choose(
    problems.map((problem) => fromProblem(problem, options)),
    options,
  );
}

/** The same for very many problems, in turns: others run between them, and `signal` stops it. Throws `CancelledError`. */
export async function backwardQuestionsInTurns(
  problems: readonly SourceProblem[],
  { signal, ...options }: BackwardOptions & { readonly signal: AbortSignal | undefined },
): Promise<BackwardQuestions> {
  return choose(await mapInTurns(problems, (problem) => fromProblem(problem, options), signal), options);
}

type BackwardOptions = {
  readonly beforeQuestion?: boolean;
  readonly unknown?: 'x' | 'any';
  readonly maxBackward?: number | undefined;
  readonly seed?: number;
};

export type BackwardQuestions = {
  readonly questions: readonly BackwardQuestion[];
  readonly skipped: Readonly<Record<string, number>>;
};

function choose(
  all: readonly (readonly BackwardQuestion[] | BackwardSkip)[],
  { maxBackward = Number.POSITIVE_INFINITY, seed = 0 }: BackwardOptions,
): BackwardQuestions {
  const questions: BackwardQuestion[] = [];
  const skipped: Record<string, number> = {};
  for (const found of all) {
    if (typeof found === 'string') skipped[found] = (skipped[found] ?? 0) + 1;
    else questions.push(...chooseMasks(found, { maxBackward, seed }));
  }
  return { questions, skipped };
}

function fromProblem(
  problem: SourceProblem,
  { beforeQuestion = false, unknown = 'x' }: BackwardOptions,
): readonly BackwardQuestion[] | BackwardSkip {
  const asked = findAskedSentence(problem.question);
  // the answer becomes a part of the question, as a clue or inside the statement
  const masks = maskQuantities(problem.question, { alongside: problem.answer ?? '' });
  if (asked === undefined || masks.length === 0) return 'no-quantity';
  if (unknown === 'x' && masks.some(({ variable }) => variable !== 'x')) return 'unknown-taken';
  const hidden = masks.filter(({ isToldTwice }) => !isToldTwice);
  if (hidden.length === 0) return 'told-twice';
  const given = beforeQuestion ? hidden.filter(({ span }) => span[1] <= asked.span[0]) : hidden;
  if (given.length === 0) return 'nothing-given-before-the-question';
  return given.map((mask) => ({ id: `${problem.id}:${mask.span[0]}-${mask.span[1]}`, problem, mask, asked }));
}

/** A seeded choice among the masks of a problem, which does not depend on the other problems: a longer list of them changes nothing. */
export function chooseMasks<Mask extends { readonly id: string }>(
  questions: readonly Mask[],
  { maxBackward: count, seed }: { readonly maxBackward: number; readonly seed: number },
): readonly Mask[] {
  if (questions.length <= count) return questions;
  const ranked = questions.map((question) => ({ question, rank: hash(`${seed} ${question.id}`) }));
  const chosen = new Set(
    ranked
      .sort((left, right) => left.rank.localeCompare(right.rank))
      .slice(0, Math.max(0, count))
      .map(({ question }) => question),
  );
  return questions.filter((question) => chosen.has(question));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
