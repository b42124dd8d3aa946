import type { Problem } from '../problem.js';
import { drawStory, type Split } from './draw-story.js';
import { type Level, levels, mathSubject, type Subject } from './link.js';
import { createRandom } from './random.js';
import { type Solved, type Story, solveStory, writeQuestion } from './story.js';

/** A problem of the pocket grammar: all fields are there, and the answer is right by construction. */
export type PocketProblem = Required<Omit<Problem, 'fields'>>;

/** Subjects of pocket problems. */
export const subjects = Object.keys(mathSubject) as readonly Subject[];

/**
 * Problems of the pocket grammar with exact answers. The same seed gives the same problems, whatever the count: problem i depends on the
 * seed and i alone. Levels and subjects take turns, so that every count is balanced. No question is repeated within one call.
 *
 * @example const [problem] = pocketProblems({ count: 1, seed: 7, split: 'train' });
 * problem.answer // right by construction
 */
export function pocketProblems(asked: { count: number; seed: number; split: Split }): PocketProblem[] {
  return [...eachPocketProblem(asked)];
}

/** The same one by one, for millions of them. */
export function* eachPocketProblem({
  count,
  seed,
  split,
}: {
  count: number;
  seed: number;
  split: Split;
}): Generator<PocketProblem> {
  const seen = new Set<string>();
  for (let index = 0; seen.size < count; index++) {
    const { story, level, subject } = pocketStory({ index, seed, split });
    const problem = toProblem(story, { id: `pocket-${split}-${seed}-${index}`, level, subject });
    if (seen.has(problem.question)) continue;
    seen.add(problem.question);
    yield problem;
  }
}

export function pocketStory({ index, seed, split }: { index: number; seed: number; split: Split }): {
  story: Story;
  level: Level;
  subject: Subject;
} {
  const level = levels[index % levels.length] as Level;
  const subject = subjects[Math.floor(index / levels.length) % subjects.length] as Subject;
  const random = createRandom(`${split} ${seed} ${index}`);
  return { story: drawStory(random, { level, subject, split }), level, subject };
}

function toProblem(
  story: Story,
  { id, level, subject }: { id: string; level: Level; subject: Subject },
): PocketProblem {
  const { answer, solution, work } = solveStory(story) as Solved;
  return { id, question: writeQuestion(story), answer, solution, subject, level, steps: work.lines.length };
}
