import { open } from 'node:fs/promises';
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
  if (!(await isClosed(file))) {
    throw new InputError(
      `Cannot use ${file}: its array ends after row ${count} without "]", so it was cut; copy it again`,
      {
        file,
      },
    );
  }
}

/** Whether a file that begins with `[` ends with `]`. */
async function isClosed(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const read = async (from: number, length: number): Promise<string> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, from);
      return buffer
        .toString('utf8', 0, bytesRead)
        .replace(/^\uFEFF/, '')
        .trim();
    };
    if (!(await read(0, Math.min(size, 4096))).startsWith('[')) return true;
    const tail = Math.min(size, 4096);
    return (await read(size - tail, tail)).endsWith(']');
  } finally {
    await handle.close();
  }
}
