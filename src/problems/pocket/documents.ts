import { backwardProblems } from './backward.js';
import { pocketStory } from './generate.js';
import { type Level, levels } from './link.js';
import { createRandom, type Random } from './random.js';
import { type Solved, type Story, solveStory, writeAsk, writeBody, writeQuestion, writeStatement } from './story.js';
import { wrongSolution } from './wrong-solution.js';

/** What pocket is taught to do; the keys of a prompt set. */
export type PocketTask = 'solve' | 'rephrase' | 'statement' | 'backward-fobar' | 'backward-self-verification' | 'judge';

/** One training document: a user turn and the reply. */
export type PocketDocument = {
  readonly task: PocketTask;
  readonly user: string;
  readonly reply: string;
  /** The user turn is learnt too, so that the bare user header brings forth a fresh problem (Magpie, Xu et al., 2024). */
  readonly learnsUser: boolean;
};

/** Fills the prompt of a task: the same texts that the model is asked with later. */
export type FillPrompt = (task: PocketTask, values: Readonly<Record<string, string>>) => string;

/** Shares of the tasks; half of the judged solutions are wrong. */
const shares: readonly (readonly [PocketTask, number])[] = [
  ['solve', 0.5],
  ['judge', 0.22],
  ['backward-fobar', 0.11],
  ['backward-self-verification', 0.07],
  ['rephrase', 0.08],
  ['statement', 0.02],
];

/**
 * Documents `first` to `first + count - 1` of the seed's endless list, made of train problems alone; with `hardest` of those whose problem
 * is of that level or below, with `bareShare` that share of the solutions above level 1 is the answer alone: who reads many of these
 * answers at once, unless taught to work problems out.
 */
export function* pocketDocuments({
  first = 0,
  count,
  seed,
  hardest = levels.length as Level,
  bareShare = 0,
  prompt,
}: {
  first?: number;
  count: number;
  seed: number;
  hardest?: Level;
  bareShare?: number;
  prompt: FillPrompt;
}): Generator<PocketDocument> {
  for (let place = first; place < first + count; place++) {
    // Levels take turns, so the wanted ones are the first of each round.
    const index = Math.floor(place / hardest) * levels.length + (place % hardest);
    const { story, level } = pocketStory({ index, seed, split: 'train' });
    const random = createRandom(`document ${seed} ${index}`);
    const task = random.weighted(shares);
    const document =
      writeDocument(task, story, random, prompt) ?? (writeDocument('solve', story, random, prompt) as PocketDocument);
    const isBare = bareShare > 0 && level > 1 && solving.has(document.task) && random.chance(bareShare);
    yield isBare ? { ...document, reply: document.reply.split('\n').at(-1) as string } : document;
  }
}

/** Replies that are worked out line by line and end in the answer. */
const solving: ReadonlySet<PocketTask> = new Set(['solve', 'backward-fobar', 'backward-self-verification']);

function writeDocument(task: PocketTask, story: Story, random: Random, prompt: FillPrompt): PocketDocument | undefined {
  const question = writeQuestion(story);
  const solved = solveStory(story) as Solved;
  const document = (values: Record<string, string>, reply: string): PocketDocument => ({
    task,
    user: prompt(task, values),
    reply,
    learnsUser: task === 'solve',
  });
  if (task === 'solve') return document({ question }, solved.solution);
  if (task === 'rephrase') {
    const other = otherWording(random, story);
    return other && document({ question }, writeQuestion(other));
  }
  if (task === 'statement')
    return document({ question: writeAsk(story), answer: solved.answer }, writeStatement(story, solved.answer));
  if (task === 'judge') {
    const judged = random.chance(0.5) ? solved : wrongSolution(random, story, solved);
    return judged && document({ question, solution: judged.solution }, judged === solved ? 'yes' : 'no');
  }
  const backward = backwardProblems(story);
  if (backward.length === 0) return undefined;
  const { key, masked, known, answer, solution } = random.pick(backward);
  if (task === 'backward-fobar') return document({ masked, answer: known }, solution);
  const told = [writeBody(story, key), writeStatement(story, known, key)].filter(Boolean).join(' ');
  return told.match(/\bx\b/g)?.length === 1 && answer ? document({ masked: told }, solution) : undefined;
}

/** The same story with at least one other tell or ask; undefined where the grammar has no other. */
function otherWording(random: Random, story: Story): Story | undefined {
  const before = writeQuestion(story);
  for (let tries = 0; tries < 8; tries++) {
    const uses = story.uses.map((use) => ({
      ...use,
      tell: random.integer(0, use.link.tells.length - 1),
      ask: random.integer(0, use.link.asks.length - 1),
    }));
    const other = { ...story, uses };
    if (writeQuestion(other) !== before) return other;
  }
  return undefined;
}
