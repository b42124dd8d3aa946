import type { FillPrompt } from './documents.js';
import { pocketStory } from './generate.js';
import { type Solved, solveStory, writeConclusion, writeQuestion } from './story.js';

/** A problem for the judge's second lesson: the model solves it, and learns to judge what it wrote. */
export type JudgeLesson = {
  /** What the model is asked. */
  readonly user: string;
  /** The last line of every right solution. */
  readonly conclusion: string;
  /** The user turn that asks for a verdict; `{solution}` stands where the model's own solution goes. */
  readonly judge: string;
};

/** Easier problems are nearly all solved: no errors to learn from. */
const lowestLevel = 3;

/**
 * Problems `first` to `first + count - 1` of the seed's endless list, train problems of levels 3 to 5. A judge that has
 * only seen the grammar's errors overlooks the model's own; so half-way the model is given its own samples to judge.
 */
export function* judgeLessons({
  first = 0,
  count,
  seed,
  prompt,
}: {
  first?: number;
  count: number;
  seed: number;
  prompt: FillPrompt;
}): Generator<JudgeLesson> {
  for (let lesson = first; lesson < first + count; lesson++) {
    const { story } = pocketStory({ index: storyIndex(lesson), seed, split: 'train' });
    const question = writeQuestion(story);
    yield {
      user: prompt('solve', { question }),
      conclusion: writeConclusion((solveStory(story) as Solved).answer),
      judge: prompt('judge', { question, solution: '{solution}' }),
    };
  }
}

/** Levels 1 to 5 take turns in the list of stories; three of every five are wanted. */
function storyIndex(lesson: number): number {
  return Math.floor(lesson / 3) * 5 + (lowestLevel - 1) + (lesson % 3);
}
