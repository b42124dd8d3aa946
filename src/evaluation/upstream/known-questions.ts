import { InputError } from '../../errors.js';
import { named } from '../../name-setting.js';
import { textPrint } from '../text-print.js';
import type { UpstreamRow } from './upstream-row.js';

/**
 * Remembers which question stands under an id by a checksum of its text, or of its gold answers where there is no text. `require` throws
 * `InputError` for another question under the same id, as files that each number from 0 have it; `isAnother` asks the same without throwing; `note` tells of ids that are those of answers, for
 * which the interval would take each answer as a question.
 */
export function createKnownQuestions() {
  const prints = new Map<string | number, number>();
  const isAnother = ({ question, golds }: Pick<UpstreamRow, 'question' | 'golds'>, id: string | number): boolean => {
    const text = question ?? (golds === undefined ? undefined : JSON.stringify(golds));
    if (text === undefined) return false;
    const print = textPrint(text.trim());
    const known = prints.get(id);
    if (known === undefined) prints.set(id, print);
    return known !== undefined && known !== print;
  };
  return {
    isAnother,
    require: (
      row: UpstreamRow,
      { problem, path, place }: { readonly problem: string; readonly path: string; readonly place: number },
    ): void => {
      if (isAnother(row, problem)) throw twoQuestions(path, place, problem);
    },
    note: (): string | undefined => {
      const [ids, different] = [prints.size, new Set(prints.values()).size];
      // A set may hold a question twice; one in ten is more than that
      if (10 * different > 9 * ids) return undefined;
      return `${ids} ids are of ${different} different questions; where they are answers to the same question, name the question with ${named('id')}, so that the interval counts them as samples`;
    },
  };
}

function twoQuestions(path: string, place: number, problem: string): InputError {
  return new InputError(
    `Cannot import ${path}:${place}: "${problem.slice(0, 60)}" is the id of two questions; name a field that tells them apart with ${named('id')}, or import the files one by one`,
    { file: path, line: place },
  );
}
