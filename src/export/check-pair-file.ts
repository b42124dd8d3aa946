import { checkPairs } from '../analysis/check-against-truth.js';
import { goldAnswer } from '../answers/grade/grade-response.js';
import type { PreferencePair } from '../magpie/compare/rank-candidates.js';
import { readProblems } from '../problems/read-problems.js';
import { type NamedAccuracy, pairAccuracies } from './describe-accuracy.js';

/** How many pairs are what they claim to be, by a file of problems whose answers are known. Throws `InputError` for its bad lines. */
export async function checkPairFile(
  pairs: readonly PreferencePair[],
  { file }: { file: string },
): Promise<readonly NamedAccuracy[]> {
  const { problems } = await readProblems({ file });
  const truth = new Map(
    problems.flatMap(({ question, answer }) => (answer === undefined ? [] : [[question, goldAnswer(answer)] as const])),
  );
  return pairAccuracies(checkPairs(pairs, truth));
}
