import { randomUUID } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type JsonlAppender, openJsonlAppender } from '../../storage/append-jsonl.js';
import { makeDirectory } from '../../storage/make-directory.js';
import { storageFailure } from '../../storage/storage-failure.js';
import type { Completion } from '../language-model.js';
import { indexLines } from './index-lines.js';

export type StoredCompletion = Omit<Completion, 'requestId' | 'sample'>;

export type CompletionStore = {
  has(key: string): boolean;
  /** Undefined when it is not there or cannot be read. */
  get(key: string): Promise<StoredCompletion | undefined>;
  put(key: string, completion: StoredCompletion): Promise<void>;
  close(): Promise<void>;
};

type Place = { readonly file: number; readonly start: number; readonly length: number };

/**
 * Completions of a model in a directory of JSONL files. Every process appends to a file of its own and reads those of
 * all others as they are when it opens: nobody waits for anybody, and what a kill tears is one last line, which is not
 * read. Only the places are held in memory.
 */
export async function openCompletionStore(directory: string): Promise<CompletionStore> {
  try {
    await makeDirectory(directory);
  } catch (error) {
    throw storageFailure(`open the cache ${directory}`, error);
  }
  const names = (await readdir(directory)).filter((name) => name.endsWith('.jsonl')).sort();
  const files: string[] = [];
  const places = new Map<string, Place>();
  for (const name of names) {
    const path = join(directory, name);
    // Closed again: a cache of years has more files than a process may have open
    const handle = await open(path, 'r').catch(() => undefined);
    if (handle === undefined) continue;
    const file = files.push(path) - 1;
    try {
      for await (const { key, ...place } of indexLines(handle)) places.set(key, { file, ...place });
    } finally {
      await handle.close();
    }
  }
  let appender: Promise<JsonlAppender> | undefined;

  return {
    has: (key) => places.has(key),
    get: (key) => readPlace(places.get(key), files),
    put: async (key, completion) => {
      // With the first one, so that a run that is answered from the cache leaves no empty file.
      appender ??= openJsonlAppender({ file: join(directory, `${process.pid}-${randomUUID().slice(0, 8)}.jsonl`) });
      await (await appender).append({ key, ...completion });
    },
    close: async () => {
      await (await appender)?.close();
    },
  };
}

async function readPlace(place: Place | undefined, files: readonly string[]): Promise<StoredCompletion | undefined> {
  if (place === undefined) return undefined;
  const handle = await open(files[place.file] ?? '', 'r').catch(() => undefined);
  try {
    const { buffer } = (await handle?.read(Buffer.alloc(place.length), 0, place.length, place.start)) ?? {};
    const { key: _, ...completion } = JSON.parse(buffer?.toString('utf8') ?? '');
    const isWhole = typeof completion.text === 'string' && Number.isInteger(completion.completionTokens);
    return isWhole ? completion : undefined;
  } catch {
    // Spoilt by somebody; the model is asked again.
    return undefined;
  } finally {
    await handle?.close();
  }
}
