import { type JsonObject, readJsonl } from '../storage/read-jsonl.js';
import type { Label } from './compare-labels.js';

const judgements: readonly unknown[] = ['agree', 'disagree', 'gold-wrong'];

/** The verdicts of a reader, as the explorer exports them; by hand `id` and `judgement` are enough. Throws `InputError` with the line that is none. */
export async function readLabels(file: string): Promise<readonly Label[]> {
  const check = ({ id, judgement, run, correct, print }: JsonObject): Label | string => {
    if (typeof id !== 'string') return 'lacks the id of a graded row';
    if (!judgements.includes(judgement)) return 'its judgement is none of agree, disagree, gold-wrong';
    return {
      id,
      judgement: judgement as Label['judgement'],
      ...(typeof run === 'string' && { run }),
      ...(typeof correct === 'boolean' && { correct }),
      ...(typeof print === 'string' && { print }),
    };
  };
  return (await readJsonl<Label>({ file, check })).rows;
}
