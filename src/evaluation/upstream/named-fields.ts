import type { JsonObject } from '../../storage/read-jsonl.js';
import { fieldOf, scalarsOf, textOf, textsOf, verdictOf, wordOf } from './read-values.js';
import type { ResultFormat } from './upstream-row.js';

/** Where the parts of an answer stand in rows of any shape; a dot goes into an object (`output.text`). */
export type FieldNames = {
  readonly id?: string | undefined;
  readonly question?: string | undefined;
  readonly gold?: string | undefined;
  readonly response?: string | undefined;
  readonly correct?: string | undefined;
};

/** Whether the names are enough to read a row: a response and its gold answer, or a verdict. */
export function areEnough({ gold, response, correct }: FieldNames): boolean {
  return (gold !== undefined && response !== undefined) || correct !== undefined;
}

/** Rows of any shape, by the names of their fields. Other short fields are kept for breakdowns. */
export function namedFields(names: FieldNames): ResultFormat {
  return {
    name: 'named fields',
    recognises: () => true,
    read: (value, { onVerdicts }) => {
      const fault = faultOf(value, names);
      if (fault !== undefined) return fault;
      const said = names.correct === undefined ? undefined : fieldOf(value, names.correct);
      const correct = verdictOf(said);
      if (names.correct !== undefined) {
        if (correct === undefined)
          return `"${names.correct}" is neither right nor wrong: ${JSON.stringify(said)?.slice(0, 40)}`;
        onVerdicts(names.correct, []);
      }
      const question = names.question === undefined ? undefined : wordOf(fieldOf(value, names.question));
      const response = names.response === undefined ? undefined : wordOf(fieldOf(value, names.response));
      const id = wordOf(names.id === undefined ? value.id : fieldOf(value, names.id)) ?? question;
      if (id === undefined) return 'it has neither an id nor a question; name the field that tells questions apart';
      const top = Object.values(names).flatMap((name) => name?.split('.')[0] ?? []);
      return [
        {
          problem: id,
          question,
          ...(names.gold !== undefined && { golds: textsOf(fieldOf(value, names.gold)) }),
          response: names.response === undefined ? undefined : (response ?? ''),
          correct,
          model: textOf(value.model),
          fields: scalarsOf(value, { without: [...top, 'id', 'model'] }),
        },
      ];
    },
  };
}

/** What keeps a row from being read, in a few words; an empty text is one that says nothing, and no fault. */
function faultOf(value: JsonObject, names: FieldNames): string | undefined {
  const told = Object.entries(names).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const list = (of: readonly string[]): string => of.map((name) => `"${name}"`).join(', ');
  const absent = told.map(([, name]) => name).filter((name) => fieldOf(value, name) === undefined);
  if (absent.length > 0) return `it has no field ${list(absent)}`;
  const empty = told.map(([, name]) => name).filter((name) => fieldOf(value, name) === null);
  if (empty.length > 0) return `its field ${list(empty)} is null`;
  for (const [part, name] of told) {
    const item = fieldOf(value, name);
    const items = part === 'gold' && Array.isArray(item) ? item : [item];
    if (part === 'correct' || items.every((each) => each === '' || wordOf(each) !== undefined)) continue;
    return `"${name}" is neither text nor a number: ${JSON.stringify(item).slice(0, 40)}`;
  }
  return undefined;
}
