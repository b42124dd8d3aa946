import { type JsonObject, parseJsonObject } from '../../storage/read-jsonl.js';

/**
 * An object of a file of results, or why the text is none. Python writes NaN, Infinity and -Infinity into JSON, which has none of them: such a value is
 * read as null, as one that is not known.
 */
export function parseResult(text: string): JsonObject | string {
  const value = parseJsonObject(text);
  if (typeof value !== 'string' || !/NaN|Infinity/.test(text)) return value;
  let isText = false;
  // Mark by mark: one expression for a whole text would overflow the stack on a long one
  const plain = text.replace(/\\.|"|-?(?:NaN|Infinity)/g, (found) => {
    if (found === '"') isText = !isText;
    return isText || found === '"' || found.startsWith('\\') ? found : 'null';
  });
  const mended = parseJsonObject(plain);
  return typeof mended === 'string' ? value : mended;
}
