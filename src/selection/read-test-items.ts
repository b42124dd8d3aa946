import { basename } from 'node:path';
import { InputError } from '../errors.js';
import { isPocketSource, readPocketSource } from '../problems/pocket-source.js';
import { readJsonTexts } from '../storage/read-json-texts.js';
import { parseJsonObject } from '../storage/read-jsonl.js';
import type { TestItem } from './overlap-index.js';
import { questionFields, questionOfRow } from './question-of-row.js';

/**
 * The questions of a test set in any shape: JSON lines or an array of objects with `question` (GSM8K), `problem` (MATH),
 * `query` or `instruction` and `input` (MetaMath's evaluation files); or of a `pocket:COUNT`, as `evaluate` takes it. A row without an id is called `FILE:line`. Throws
 * `InputError` that names file and line.
 */
export async function readTestItems(file: string): Promise<TestItem[]> {
  if (isPocketSource(file)) {
    return readPocketSource(file, { split: 'test' }).map(({ id, question }) => ({ id, text: question, file }));
  }
  const items: TestItem[] = [];
  for await (const { place, text } of readJsonTexts(file)) {
    const row = parseJsonObject(text);
    const question = typeof row === 'string' ? row : questionOfRow(row);
    if (typeof row === 'string' || question === undefined) {
      const reason = typeof row === 'string' ? row : `none of the fields ${questionFields.join(', ')} holds a question`;
      throw new InputError(`Cannot use test set ${file}:${place}: ${reason}; mend the line`, { file, line: place });
    }
    const id = row.id ?? row.unique_id ?? row.idx;
    items.push({ id: id === undefined ? `${basename(file)}:${place}` : String(id), text: question, file });
  }
  if (items.length === 0)
    throw new InputError(`Cannot use test set ${file}: it holds no row; check the path`, { file });
  return items;
}
