import { InputError } from '../errors.js';
import { named as setting } from '../name-setting.js';
import type { Link } from './link.js';

/** Throws `InputError` where a stage lacks rows that it cannot do without. */
export function requireTaken({ step, takes, data, type, directory, isOlder }: Link): void {
  const [main] = Object.keys(step.takes);
  const missing = Object.keys(step.takes).find(
    (artifact) =>
      step.takes[artifact] === 'needed' && takes[artifact] === undefined && !(artifact === main && data.length > 0),
  );
  if (missing === undefined) return;
  if (isOlder) {
    throw new InputError(
      `Cannot ${step.name} in ${directory}: an earlier version made it, whose manifest names no rows; give its files by ${setting('data')}, use that version, or begin another run directory`,
      { file: directory ?? '' },
    );
  }
  const what = missing === 'rows' ? 'problems' : missing;
  const orFiles = step.place === 'file' ? '' : `, or give files by ${setting('data')}`;
  if (type !== undefined && directory !== undefined) {
    throw new InputError(
      `Cannot ${step.name}: ${directory} holds no file of the type ${JSON.stringify(type)}; the types are the ends of its file names, such as ins_res`,
      { file: directory },
    );
  }
  if (directory === undefined) {
    throw new InputError(
      `Cannot ${step.name}: no rows are given; give files by ${setting('data')}, or a run directory by ${setting('run')}`,
    );
  }
  throw new InputError(
    `Cannot ${step.name}: no finished step left ${what} in ${directory}; run ${makers[missing] ?? 'the step that makes them'} there${orFiles}`,
    { file: directory },
  );
}

/** For people: who makes what. */
const makers: { readonly [artifact: string]: string } = {
  rows: 'magpie instruct or respond',
  instructions: 'magpie instruct',
  solutions: 'magpie respond',
  candidates: 'magpie candidates',
  pairs: 'magpie rank',
};
