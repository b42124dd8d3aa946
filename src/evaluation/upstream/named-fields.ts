import type { JsonObject } from '../../storage/read-jsonl.js';
import { objectOf, scalarsOf, textOf, textsOf, verdictOf, wordOf } from './read-values.js';
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
      const missing = Object.values(names).filter((name) => name !== undefined && find(value, name) === undefined);
      if (missing.length > 0) return `it has no field ${missing.map((name) => `"${name}"`).join(', ')}`;
      const said = names.correct === undefined ? undefined : find(value, names.correct);
      const correct = verdictOf(said);
      if (names.correct !== undefined) {
        if (correct === undefined)
          return `"${names.correct}" is neither right nor wrong: ${JSON.stringify(said)?.slice(0, 40)}`;
        onVerdicts(names.correct, []);
      }
      const question = names.question === undefined ? undefined : wordOf(find(value, names.question));
      const response = names.response === undefined ? undefined : wordOf(find(value, names.response));
      const id = wordOf(names.id === undefined ? value.id : find(value, names.id)) ?? question;
      if (id === undefined) return 'it has neither an id nor a question; name the field that tells questions apart';
      const top = Object.values(names).flatMap((name) => name?.split('.')[0] ?? []);
      return [
        {
          problem: id,
          question,
          ...(names.gold !== undefined && { golds: textsOf(find(value, names.gold)) }),
          response: names.response === undefined ? undefined : (response ?? ''),
          correct,
          model: textOf(value.model),
          fields: scalarsOf(value, { without: [...top, 'id', 'model'] }),
        },
      ];
    },
  };
}

function find(value: JsonObject, name: string): unknown {
  if (name in value) return value[name] ?? undefined;
  const [first = '', ...rest] = name.split('.');
  const inner = rest.length === 0 ? undefined : objectOf(value[first]);
  return inner === undefined ? undefined : find(inner, rest.join('.'));
}
