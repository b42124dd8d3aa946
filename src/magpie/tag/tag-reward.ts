import { join } from 'node:path';
import { type GpuScriptOptions, scoreRewards } from '../../gpu/gpu-scripts.js';
import type { Run } from '../../runs/open-run.js';
import { readRewards } from '../compare/score-rewards.js';
import type { MissionTags, TagItem } from './tag-missions.js';

/** Where the reward model's input lies in a run directory; `mathpie score` takes it as well, on another machine. */
export const tagRewardInput = 'tag-reward-input.jsonl';

/**
 * A reward model's score of each row's response, on its own scale, through python-gpu/score_rewards.py in `tag-rewards/` of the run directory,
 * or from `scores`, its file of the same rows. A row without a response, or one that could not be scored, has none.
 */
export async function tagReward({
  items,
  run,
  model,
  scores,
  ...options
}: Omit<GpuScriptOptions, 'data' | 'model' | 'run'> & {
  readonly items: readonly TagItem[];
  readonly run: Run;
  readonly model: string;
  readonly scores?: string | undefined;
}): Promise<MissionTags> {
  const answered = items.flatMap(({ key, instruction, response }) =>
    response === undefined || response === '' ? [] : [{ id: key, question: instruction, response }],
  );
  const failed = new Map<string, string>();
  for (const { key, response } of items) if (!response) failed.set(key, 'no response');
  // Python is not started in a run that is only planned
  if (run.plan !== undefined || answered.length === 0) return { tags: new Map(), failed };
  const data = await run.writeRows(tagRewardInput, answered);
  const file =
    scores ??
    join(
      (await scoreRewards({ ...options, model, data, run: join(run.directory, 'tag-rewards') })).directory,
      'scores.jsonl',
    );
  const rewards = await readRewards({ file, known: new Set(answered.map(({ id }) => id)), input: tagRewardInput });
  const tags = new Map<string, { readonly [field: string]: unknown }>();
  for (const [key, reward] of rewards) {
    if (reward === null) failed.set(key, 'the reward model gave no score');
    else tags.set(key, { instruct_reward: reward, reward_model: model });
  }
  return { tags, failed };
}
