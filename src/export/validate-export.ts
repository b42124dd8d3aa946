import { InputError } from '../errors.js';
import { hideSecrets } from '../gpu/hide-secrets.js';
import { readLines } from '../storage/read-lines.js';

/**
 * Reads every row of an exported file before anybody else does. Throws `InputError` that names file and line for the first
 * that is no row of its shape, has an empty text, or holds what looks like a key. Returns how many rows there are.
 */
export async function validateExport(file: string, { shape }: { shape: string }): Promise<number> {
  const hide = hideSecrets();
  let rows = 0;
  for await (const { text, line } of readLines(file)) {
    if (text.trim() === '') continue;
    const fault = hide(text) === text ? findFault(text, shape) : 'it holds something like a secret key';
    if (fault !== undefined) {
      throw new InputError(`Cannot publish ${file}:${line}: ${fault}; mend the run and export it again`, {
        file,
        line,
      });
    }
    rows += 1;
  }
  return rows;
}

function findFault(text: string, shape: string): string | undefined {
  let row: { readonly [field: string]: unknown };
  try {
    row = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return 'not an object';
  if (shape === 'messages') return findTurnFault(row.messages, 'messages', 2);
  if (shape === 'preference') {
    const fault = ['prompt', 'chosen', 'rejected'].map((field) => findTurnFault(row[field], field, 1)).find(Boolean);
    return (
      fault ??
      (JSON.stringify(row.chosen) === JSON.stringify(row.rejected) ? 'chosen and rejected are the same' : undefined)
    );
  }
  const blank = ['query', 'response', 'type'].find((field) => isBlank(row[field]));
  return blank === undefined ? undefined : `${blank} is no text`;
}

function findTurnFault(turns: unknown, field: string, least: number): string | undefined {
  if (!Array.isArray(turns) || turns.length < least) return `${field} has fewer than ${least} turns`;
  const isFaulty = turns.some(
    (turn) => isBlank(turn?.content) || !['system', 'user', 'assistant'].includes(turn?.role),
  );
  return isFaulty ? `a turn of ${field} has no text or an unknown role` : undefined;
}

const isBlank = (value: unknown): boolean => typeof value !== 'string' || value.trim() === '';
