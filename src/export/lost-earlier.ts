import type { StepCounts } from '../steps/step.js';
import { readRunFacts } from './run-facts.js';

/** Where the rows of an empty set went: the counts of the last step of the run that had some and left none. */
export async function lostEarlier(directory: string): Promise<StepCounts | undefined> {
  const stages = (await readRunFacts(directory))?.stages ?? [];
  const counts = stages.map(({ summary }) => summary?.counts as StepCounts | undefined);
  return counts.findLast((each) => each !== undefined && each.input > 0 && each.output === 0);
}
