import { open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import type { UnzipFile } from 'fflate';
import { InputError } from '../../errors.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { readChunks } from '../../storage/read-lines.js';
import type { ResultObject } from './open-results.js';
import { parseResult } from './parse-result.js';
import { objectOf } from './read-values.js';

/** A sample that unpacks to more than this is refused: an archive of a megabyte may hold a terabyte of zeros. */
const largestEntry = 64 * 1024 * 1024;

/** So many bytes of the archive are unpacked at a time: deflate makes a thousandfold of them, all of it in memory. */
const pieceLength = 8 * 1024;

/**
 * Streams the samples of an `.eval` archive of Inspect, each with the head of its log (`_journal/start.json`, which is written first). Entries are
 * stored, deflated or zstd. One that was cut between two samples ends in an object that says so. Throws `InputError` where the archive is damaged, is another
 * one, or a sample of it unpacks to more than 64 MB.
 */
export async function* readEvalArchive(file: string): AsyncGenerator<ResultObject> {
  const { Unzip, UnzipInflate, UnzipPassThrough } = await import('fflate');
  const found: { readonly name: string; readonly text: string }[] = [];
  let fault: string | undefined;
  const unzip = new Unzip((entry) => {
    if (!isWanted(entry.name)) return;
    collect(entry, {
      onText: (text) => found.push({ name: entry.name, text }),
      onFault: (said) => {
        fault ??= `${entry.name}: ${said}`;
      },
    });
  });
  unzip.register(UnzipPassThrough);
  unzip.register(UnzipInflate);
  unzip.register(await zstdDecoder());
  let head: JsonObject | undefined;
  let place = 0;
  for await (const piece of readPieces(file)) {
    try {
      unzip.push(piece);
    } catch (cause) {
      fault ??= cause instanceof Error ? cause.message : String(cause);
    }
    if (fault !== undefined) throw damaged(file, fault);
    for (const { name, text } of found.splice(0)) {
      const value = parseResult(text);
      if (!name.startsWith('samples/')) {
        if (typeof value !== 'string') head ??= objectOf(value.eval);
        continue;
      }
      place += 1;
      yield {
        place,
        value: typeof value === 'string' ? `${name} is ${value}` : { ...value, eval: head ?? {}, status: '' },
      };
    }
  }
  if (place === 0) throw damaged(file, 'it holds no samples/*.json');
  if (await hasEnd(file)) return;
  yield { place: place + 1, value: 'the archive has no end, so that samples may lack; give a whole copy' };
}

/** Whether the record that closes an archive is there (4.3.16 of the ZIP format); behind it stands a comment of up to 65,535 bytes. */
async function hasEnd(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, 22 + 65_535);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.subarray(0, bytesRead).includes(Buffer.from('504b0506', 'hex'));
  } finally {
    await handle.close();
  }
}

async function* readPieces(file: string): AsyncGenerator<Uint8Array> {
  for await (const chunk of readChunks(file))
    for (let start = 0; start < chunk.length; start += pieceLength) yield chunk.subarray(start, start + pieceLength);
}

const isWanted = (name: string): boolean =>
  /^samples\/[^/]+\.json$/.test(name) || name === '_journal/start.json' || name === 'header.json';

function collect(
  entry: UnzipFile,
  { onText, onFault }: { readonly onText: (text: string) => void; readonly onFault: (said: string) => void },
): void {
  const decoder = new StringDecoder('utf8');
  let text = '';
  let length = 0;
  const tooLong = `it unpacks to more than ${largestEntry / 1024 / 1024} MB`;
  entry.ondata = (error, piece, isLast) => {
    if (error !== null) return onFault(error.message);
    length += piece.length;
    if (length > largestEntry) {
      text = '';
      onFault(tooLong);
      // Nothing else keeps a decoder from unpacking what it was given
      throw new Error(tooLong);
    }
    text += decoder.write(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    if (isLast) onText(text + decoder.end());
  };
  if ((entry.originalSize ?? 0) > largestEntry) onFault(tooLong);
  else entry.start();
}

/** Method 93 of the ZIP format, for fflate. */
async function zstdDecoder() {
  const { Decompress } = await import('fzstd');
  return class {
    static compression = 93;
    ondata: (error: Error | null, piece: Uint8Array, isLast: boolean) => void = () => undefined;
    readonly #stream = new Decompress((piece, isLast) => this.ondata(null, piece, isLast ?? false));
    push(piece: Uint8Array, isLast: boolean): void {
      try {
        this.#stream.push(piece, isLast);
      } catch (error) {
        this.ondata(error instanceof Error ? error : new Error(String(error)), new Uint8Array(), isLast);
      }
    }
  };
}

const damaged = (file: string, state: string): InputError =>
  new InputError(
    `Cannot read ${file} as an archive of Inspect: ${state}; copy it again, or convert it to JSON with inspect`,
    {
      file,
    },
  );
