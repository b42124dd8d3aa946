import { InputError } from '../../errors.js';
import { readCsv } from '../../storage/read-csv.js';
import { readJsonBatches } from '../../storage/read-json-texts.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { firstRead, readChunks } from '../../storage/read-lines.js';
import { firstBytes, isParquet, readParquet, type TableRow } from '../../storage/read-parquet.js';
import { parseResult } from './parse-result.js';
import { readEvalArchive } from './read-eval-archive.js';

/** An object of a file of results, or why its line is none. */
export type ResultObject = { readonly place: number; readonly value: JsonObject | string };

/** A document is read whole; a longer text than this is no string of JavaScript. */
const largestDocument = 512 * 1024 * 1024;

/**
 * Streams the objects of a file, whatever it is: Parquet, CSV or TSV (by its name), an archive of Inspect, JSON lines, a JSON array, or one JSON
 * document. Throws `InputError` where the file cannot be read.
 */
export async function* openResults(file: string): AsyncGenerator<ResultObject> {
  await requireContent(file);
  if (await isParquet(file)) return yield* tableRows(readParquet(file));
  if ((await firstBytes(file, 2)).toString('latin1') === 'PK') return yield* readEvalArchive(file);
  if (/\.[ct]sv$/i.test(file)) return yield* readCsv(file);
  if (await isDocument(file)) {
    return yield { place: 1, value: parseResult(await readDocument(file)) };
  }
  for await (const batch of readJsonBatches(file)) {
    for (const { place, text } of batch) yield { place, value: parseResult(text) };
  }
}

async function readDocument(file: string): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of readChunks(file)) {
    size += piece.length;
    if (size > largestDocument) {
      throw new InputError(
        `Cannot read ${file}: one JSON document of more than ${Math.round(largestDocument / 1e6)} MB is too long for one text; give it as JSON lines, Parquet or .eval`,
        { file },
      );
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** A repository that was cloned without its large files holds three lines in the place of each. */
async function requireContent(file: string): Promise<void> {
  const start = (await firstBytes(file, lfsStart.length)).toString('latin1');
  if (start !== lfsStart) return;
  throw new InputError(
    `Cannot read ${file}: it is a pointer of Git LFS, which stands for the file; fetch the file itself with git lfs pull`,
    { file },
  );
}

const lfsStart = 'version https://git-lfs.github.com/spec/v1';

async function* tableRows(rows: AsyncIterable<TableRow>): AsyncGenerator<ResultObject> {
  yield* rows;
}

/** Whether a file is one object over several lines: it opens one in its first line and does not close it there. */
async function isDocument(file: string): Promise<boolean> {
  const start = (await firstRead(file, 64 * 1024))
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (!start.startsWith('{')) return false;
  const end = start.indexOf('\n');
  return end !== -1 && typeof parseResult(start.slice(0, end)) === 'string';
}
