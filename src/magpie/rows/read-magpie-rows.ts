import { InputError } from '../../errors.js';
import { readJsonTexts } from '../../storage/read-json-texts.js';
import { type JsonObject, parseJsonObject } from '../../storage/read-jsonl.js';
import { rowForms, rowTexts } from './row-texts.js';

/**
 * Streams the rows of a file of problems, of ours or of the original: a JSON array (`…_ins_res.json`, `…_5res_armorm.json`, MetaMathQA)
 * or JSON lines (ShareGPT, GSM8K, MATH), whatever fields they have beside the problem (`rowTexts`). Throws `InputError` with
 * file and row for a row that holds no instruction, and for a file that was cut in the middle, between two rows as well.
 */
export async function* readMagpieRows(file: string): AsyncGenerator<JsonObject> {
  let count = 0;
  for await (const { place, text } of readJsonTexts(file)) {
    const row = parseJsonObject(text);
    if (typeof row === 'string') {
      throw new InputError(`Cannot use ${file}, row ${place}: ${row}; the file may have been cut: copy it again`, {
        file,
        line: place,
      });
    }
    if (rowTexts(row) === undefined) {
      throw new InputError(
        `Cannot use ${file}, row ${place}: it holds no problem, under none of ${rowForms}; give a file of problems or of a step`,
        { file, line: place },
      );
    }
    count += 1;
    yield row;
  }
  if (count === 0) throw new InputError(`Cannot use ${file}: it holds no row; check the path`, { file });
}
