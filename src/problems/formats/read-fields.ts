import { findBoxes } from '../../answers/extract/find-boxes.js';
import type { JsonObject } from '../../storage/read-jsonl.js';

/** A field of text that has to be there; otherwise the reason. */
export function readText(row: JsonObject, field: string): { readonly text: string } | string {
  const value = row[field];
  if (value === undefined || value === null) return `lacks the field "${field}"`;
  return typeof value === 'string' && value.trim() !== '' ? { text: value } : `has a field "${field}" that is no text`;
}

export function readId(row: JsonObject, fields: readonly string[]): { readonly id?: string } | string {
  const field = fields.find((name) => row[name] !== undefined);
  if (field === undefined) return {};
  const id = row[field];
  return typeof id === 'string' || typeof id === 'number'
    ? { id: String(id) }
    : `has a field "${field}" that is no text`;
}

/** The answer after GSM8K's last `####`; undefined when there is none. */
export function afterHashes(text: string): string | undefined {
  const marker = text.lastIndexOf('####');
  const answer =
    marker === -1
      ? ''
      : (
          text
            .slice(marker + 4)
            .trim()
            .split('\n', 1)[0] ?? ''
        ).trim();
  return answer === '' ? undefined : withoutThousands(answer);
}

/** The answer after MetaMath's last `The answer is:`, in its own line; undefined when there is none. */
export function afterPhrase(text: string): string | undefined {
  const phrase = 'The answer is:';
  const marker = text.lastIndexOf(phrase);
  if (marker === -1) return undefined;
  const answer = (
    text
      .slice(marker + phrase.length)
      .trim()
      .split('\n', 1)[0] ?? ''
  ).trim();
  return answer === '' ? undefined : withoutThousands(answer);
}

/** The content of the last `\boxed{}`; undefined when there is none. */
export function lastBoxed(text: string): string | undefined {
  const boxed = findBoxes(text, 'last');
  return typeof boxed === 'object' ? boxed.answer : undefined;
}

/** MATH writes "Level 3", and "Level ?" where nobody rated the problem. */
export function readLevel(level: unknown): number | undefined {
  const found = typeof level === 'number' ? level : Number(/^(?:Level )?(\d)$/.exec(String(level))?.[1]);
  return Number.isInteger(found) ? found : undefined;
}

/** GSM8K writes 1,450,000 now and then; a gold answer is bare. */
function withoutThousands(answer: string): string {
  return /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(answer) ? answer.replaceAll(',', '') : answer;
}

/** An object without the fields that are undefined. */
export function defined<Fields extends object>(fields: Fields): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
