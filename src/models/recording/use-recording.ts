import { existsSync } from 'node:fs';
import { InputError } from '../../errors.js';
import { packagePath } from '../../package-root.js';

/** Not by the name of Node's types, which whoever imports the package need not have. */
type Environment = Record<string, string | undefined>;

/** Whether the environment of this process names a recording because of a cell that ran before. */
let isOurs = false;

/**
 * From here on answers of models and trainings come from a notebook's recording (notebooks/recordings), at once; what it does not know, because
 * a cell was changed, is asked and trained all the same. With `isLive` everything is done here. Where the environment names a recording already,
 * as in tests, that is left as it is. Returns a line that says which it is. Throws `InputError` where there is no such recording.
 *
 * @example console.log(useRecording('what_does_each_technique_add', { isLive: false }));
 */
export function useRecording(
  name: string,
  { isLive, environment = process.env }: { readonly isLive: boolean; readonly environment?: Environment },
): string {
  const isTold = Boolean(environment.MATHPIE_REPLAY || environment.MATHPIE_RECORD) && !isOurs;
  if (!isTold) isOurs = setRecording(name, { isLive, environment });
  return isLive
    ? 'Live: everything below is done on this machine'
    : 'Recorded: what was asked and trained before is shown at once, what you change is done on this machine';
}

function setRecording(
  name: string,
  { isLive, environment }: { readonly isLive: boolean; readonly environment: Environment },
): boolean {
  delete environment.MATHPIE_REPLAY;
  delete environment.MATHPIE_REPLAY_MISSING;
  if (isLive) return false;
  const file = packagePath('notebooks', 'recordings', `${name}.jsonl.gz`);
  if (!existsSync(file))
    throw new InputError(`Cannot use the recording of ${name}: there is no ${file}; work live, or record the notebook`);
  environment.MATHPIE_REPLAY = file;
  environment.MATHPIE_REPLAY_MISSING = 'ask';
  return true;
}
