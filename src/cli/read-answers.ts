import { type BadLine, type JsonObject, readJsonl } from '../storage/read-jsonl.js';

/** A row to grade: a bare `answer` or a full `response`. */
export type AnswerRow = {
  readonly id: string | number;
  readonly gold: string;
  readonly answer?: string;
  readonly response?: string;
};

/** Reads `{id?, gold, answer}` and `{id?, gold, response}` rows; a row without an id gets its line number. */
export async function readAnswers({
  file,
  skipBad,
}: {
  file: string;
  skipBad: boolean;
}): Promise<{ rows: AnswerRow[]; bad: BadLine[] }> {
  return readJsonl({ file, skipBad, check: toAnswerRow });
}

function toAnswerRow({ id, gold, answer, response }: JsonObject, line: number): AnswerRow | string {
  if (gold === undefined || gold === null) return 'lacks the field "gold"';
  // An answer that is null or empty was looked for and not found: it is graded, as wrong.
  if (answer === undefined && response === undefined) return 'lacks the field "answer" (or "response")';
  const texts = { gold: toText(gold), answer: toText(answer ?? ''), response: toText(response ?? '') };
  const wrong = Object.entries(texts).find(([, value]) => value === undefined);
  if (wrong !== undefined) return `has a field "${wrong[0]}" that is neither text nor a number`;
  const given = response === undefined ? { answer: texts.answer ?? '' } : { response: texts.response ?? '' };
  return { id: typeof id === 'string' || typeof id === 'number' ? id : line, gold: texts.gold ?? '', ...given };
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
