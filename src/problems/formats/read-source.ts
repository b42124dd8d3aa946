import { open, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { InputError } from '../../errors.js';
import { listFiles } from '../../storage/list-files.js';
import { readJsonTexts } from '../../storage/read-json-texts.js';
import { readFailure } from '../../storage/storage-failure.js';

/** The JSON text of one row, where it stands, and the id that it gets when it has none. */
export type SourceText = {
  readonly file: string;
  /** Its line, or its number in a JSON array, from 1. */
  readonly place: number;
  readonly text: string;
  readonly defaultId: string;
};

/** A file that holds one object; MATH's largest has 10 kB. */
const largestObject = 4 * 1024 * 1024;

/**
 * Streams the rows of JSON lines, of a JSON array, of a single JSON object, or of a folder with such files in it, as MATH is
 * published (`algebra/1.json`, …); ids are then their paths. Throws `InputError` for what cannot be read, and for a folder
 * that holds both `train` and `test`.
 */
export async function* readSource(path: string): AsyncGenerator<SourceText> {
  const status = await stat(path).catch((error: unknown) => {
    throw readFailure(path, error);
  });
  if (!status.isDirectory()) {
    yield* readFileRows(path, basename(path));
    return;
  }
  const listed = await listFiles(path);
  const files = listed.filter(({ path: name }) => /\.(?:jsonl?|parquet)$/i.test(name)).map(({ path: name }) => name);
  if (files.length === 0) {
    throw new InputError(`Cannot use ${path}: the folder holds no .json, .jsonl or .parquet file; check the path`, {
      file: path,
    });
  }
  const tops = new Set(files.map((name) => name.split('/')[0]));
  if (tops.has('train') && tops.has('test')) {
    throw new InputError(
      `Cannot use ${path}: it holds both train and test problems; name ${join(path, 'train')} or ${join(path, 'test')}`,
      { file: path },
    );
  }
  // 2.json comes before 10.json
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  for (const name of files.sort(compare)) yield* readFileRows(join(path, name), name);
}

async function* readFileRows(file: string, name: string): AsyncGenerator<SourceText> {
  if (await isSingleObject(file)) {
    const defaultId = name.slice(0, name.length - extname(name).length);
    yield { file, place: 1, text: await readFile(file, 'utf8'), defaultId };
    return;
  }
  for await (const { place, text } of readJsonTexts(file)) yield { file, place, text, defaultId: `${name}:${place}` };
}

/** A `.json` file that opens an object in its first line and does not close it there, or has no other line. */
async function isSingleObject(file: string): Promise<boolean> {
  if (!/\.json$/i.test(file)) return false;
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      if (size > largestObject) return false;
      const text = await handle.readFile('utf8');
      const trimmed = text.replace(/^\uFEFF/, '').trim();
      return trimmed.startsWith('{') && (!trimmed.includes('\n') || !isObject(trimmed.slice(0, trimmed.indexOf('\n'))));
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw readFailure(file, error);
  }
}

function isObject(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
