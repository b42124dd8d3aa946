import { InputError } from '../../errors.js';
import { isOwnModel } from '../../models/own-models.js';
import { named } from '../../name-setting.js';
import { modelMissions, type TagMission } from './tag-missions.js';

/** Throws `InputError` for a mission that nobody is named for, before anything is asked. All three are model strings. */
export function checkTagMissions(
  missions: readonly TagMission[],
  {
    model,
    guard,
    reward,
  }: { readonly model: string | undefined; readonly guard: string | undefined; readonly reward: string | undefined },
): void {
  const refuse = (mission: string, lack: string): never => {
    throw new InputError(`Cannot tag ${mission}: ${lack}`);
  };
  for (const mission of modelMissions.filter((mission) => missions.includes(mission))) {
    const isJson = mission !== 'soundness';
    if (model === undefined)
      refuse(mission, `no model is named; give ${named('model')} MODEL${isJson ? ', one that can write JSON' : ''}`);
    if (isOwnModel(model)) {
      throw new InputError(
        `Cannot tag ${mission} with ${model}: it writes problems and solutions, and ${isJson ? 'no JSON' : 'judges no problem'}; give another ${named('model')}, or leave ${mission} out (solve-rate and language need no model)`,
      );
    }
  }
  if (missions.includes('safety') && guard === undefined) {
    refuse('safety', `no guard is named; give ${named('guardModel')} MODEL, such as vllm:meta-llama/Llama-Guard-3-8B`);
  }
  if (missions.includes('safety') && isOwnModel(guard)) {
    refuse('safety', `${guard} knows nothing of safety; give another ${named('guardModel')}, or leave safety out`);
  }
  if (missions.includes('reward') && reward === undefined) {
    refuse(
      'reward',
      `no reward model is named; give ${named('rewardModel')} OWNER/NAME, with ${named('scores')} FILE where it has scored them`,
    );
  }
}
