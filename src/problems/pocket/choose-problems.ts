import { InputError } from '../../errors.js';
import type { Split } from './draw-story.js';
import { subjects as allSubjects, type PocketProblem, pocketProblems } from './generate.js';
import { levels as allLevels } from './link.js';

/**
 * `count` problems of the pocket grammar in the wanted subjects and levels, in turn. With all of them it is what
 * `pocketProblems` gives. Throws `InputError` when a subject or a level is none of the grammar's.
 */
export function choosePocketProblems({
  count,
  seed,
  split,
  subjects = allSubjects,
  levels = allLevels,
}: {
  count: number;
  seed: number;
  split: Split;
  subjects?: readonly string[];
  levels?: readonly number[];
}): PocketProblem[] {
  const known: readonly (string | number)[] = [...allSubjects, ...allLevels];
  const unknown = [...subjects, ...levels].find((wanted) => !known.includes(wanted));
  if (unknown !== undefined || subjects.length * levels.length === 0) {
    const state =
      unknown === undefined ? 'no subject or no level is wanted' : `"${unknown}" is neither subject nor level`;
    throw new InputError(`Cannot choose problems: ${state}; subjects are ${allSubjects.join(', ')}, levels 1 to 5`);
  }
  const isWanted = ({ subject, level }: PocketProblem): boolean => subjects.includes(subject) && levels.includes(level);
  // Subjects and levels take turns; one turn more than needed makes up for questions that were drawn twice.
  const turn = allSubjects.length * allLevels.length;
  for (let turns = Math.ceil(count / (subjects.length * levels.length)); ; turns = turns * 2 + 1) {
    const chosen = pocketProblems({ count: turns * turn, seed, split }).filter(isWanted);
    if (chosen.length >= count) return chosen.slice(0, count);
  }
}
