import { InputError } from '../../errors.js';
import { isOwnModel } from '../../models/own-models.js';
import { named } from '../../name-setting.js';
import type { ScoreSource } from '../rows/score-fields.js';

/** Throws `InputError` for a source that nobody is named for, before anything is asked. `judge` and `rewardModel` are model strings. */
export function checkScoreSources({
  by,
  rewardModel,
  judge,
}: {
  by: readonly ScoreSource[];
  rewardModel: string | undefined;
  judge: string | undefined;
}): void {
  if (by.includes('reward') && rewardModel === undefined) {
    throw new InputError(
      `Cannot score by reward: no reward model is named; give ${named('rewardModel')} OWNER/NAME, with ${named('scores')} FILE where it has scored them`,
    );
  }
  const asking = by.find((source) => source === 'judge' || source === 'grade');
  if (by.includes('grade') && isOwnModel(judge)) {
    throw new InputError(
      `Cannot score by grade with ${judge}: it answers yes or no, and writes no JSON; score by judge, or give another ${named('model')}`,
    );
  }
  if (asking !== undefined && judge === undefined) {
    throw new InputError(`Cannot score by ${asking}: no judge is named; give ${named('model')} MODEL, such as pocket`);
  }
}
