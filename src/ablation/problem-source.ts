import { InputError } from '../errors.js';
import { augmentationType } from '../metamath/augmented-row.js';
import { loadProblems } from '../problems/load-problems.js';
import { choosePocketProblems } from '../problems/pocket/choose-problems.js';
import { createRandom } from '../problems/pocket/random.js';
import type { Problem } from '../problems/problem.js';
import type { AblationRecipe, RowSource } from './recipe.js';

/** A problem whose answer is known. */
export type KnownProblem = Problem & { readonly answer: string };

type Source = Pick<AblationRecipe, 'data'>;

/** The data set that rows are named for and prompts are chosen by. */
export const datasetOf = ({ data }: Source): string => data?.dataset ?? 'pocket';

/** The train problems of a seed: of the pocket grammar, or drawn from the train file without repetition. */
export async function trainProblems(
  { data, problems: count }: Source & Pick<AblationRecipe, 'problems'>,
  seed: number,
): Promise<readonly KnownProblem[]> {
  if (data === undefined) return choosePocketProblems({ count, seed: 100 + seed, split: 'train' });
  const all = await readFile(data.train, { dataset: data.dataset, split: 'train', count });
  const random = createRandom(`problems ${seed}`);
  return all
    .map((problem) => ({ problem, place: random.next() }))
    .sort((left, right) => left.place - right.place)
    .slice(0, count)
    .map(({ problem }) => problem);
}

/** The held-out problems, the same under every seed: of the pocket grammar, or the first of the test file. */
export async function testProblems({
  data,
  test,
}: Source & Pick<AblationRecipe, 'test'>): Promise<readonly KnownProblem[]> {
  const { problems: count, seed } = test;
  if (data === undefined) return choosePocketProblems({ count, seed, split: 'test' });
  return (await readFile(data.test, { dataset: data.dataset, split: 'test', count })).slice(0, count);
}

/** What a source's rows are called, in the manner of MetaMathQA: `GSM_AnsAug`. */
export function typeOf(source: RowSource, dataset: string): string {
  if (source !== 'originals') return augmentationType(dataset, source);
  return augmentationType(dataset, 'answers').replace(/AnsAug$/, 'Original');
}

/** The problem's own solution as text to learn: without GSM8K's marks for a calculator (`<<48/2=24>>`), which nobody reads. */
export const solutionOf = ({ solution, answer }: KnownProblem): string =>
  (solution ?? `The answer is: ${answer}`).replace(/<<[^<>\n]{0,200}>>/g, '');

async function readFile(
  data: string,
  { dataset, split, count }: { readonly dataset: string; readonly split: 'train' | 'test'; readonly count: number },
): Promise<KnownProblem[]> {
  const read = await loadProblems({ data, dataset, split, needsAnswer: true, onNote: () => undefined });
  const known = read.flatMap((problem) =>
    problem.answer === undefined ? [] : [{ ...problem, answer: problem.answer }],
  );
  if (known.length < count)
    throw new InputError(
      `Cannot take ${count} ${split} problems from ${data}: it has ${known.length} with an answer; lower the recipe's number, or give a larger file`,
      { file: data },
    );
  return known;
}
