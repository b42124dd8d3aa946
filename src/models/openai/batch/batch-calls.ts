import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type OpenAI from 'openai';
import type { Batch } from 'openai/resources/batches';

export type BatchCalls = {
  /** Uploads the lines and creates a batch of them; returns its id. */
  create(name: string, options: { file: string; url: string; signal: AbortSignal }): Promise<string>;
  /**
   * The id of a batch that was created under this name, though its creator never learnt of it. All pages of the list are
   * looked through; where it is sorted by age, those that hold nothing younger than a day before `writtenAt` (ms) are not.
   */
  find(name: string, options: { writtenAt?: number | undefined; signal: AbortSignal }): Promise<string | undefined>;
  retrieve(batchId: string, signal: AbortSignal): Promise<Batch>;
  /** Fetches a file of results to the disk. */
  fetchFile(fileId: string, options: { to: string; signal: AbortSignal }): Promise<void>;
};

/** The clocks of an endpoint and of this machine are no further apart. */
const clockSkewSeconds = 86_400;

/** A batch of 10,000 long answers. */
const maxFileBytes = 2 ** 29;

/** The calls of OpenAI's Batch API: files and batches of the openai package. */
export function batchCalls(client: OpenAI): BatchCalls {
  return {
    create: async (name, { file, url, signal }) => {
      const uploaded = await client.files.create({ file: createReadStream(file), purpose: 'batch' }, { signal });
      const batch = await client.batches.create(
        {
          input_file_id: uploaded.id,
          endpoint: url as '/v1/chat/completions',
          completion_window: '24h',
          metadata: { mathpie: name },
        },
        // A second batch is paid for: what came of a lost answer is looked up by name instead.
        { signal, maxRetries: 0 },
      );
      return batch.id;
    },
    find: async (name, { writtenAt, signal }) => {
      const ends = new Set<string>();
      let page = await client.batches.list({ limit: 100 }, { signal });
      for (;;) {
        const found = page.data.find(({ metadata }) => metadata?.mathpie === name);
        if (found !== undefined) return found.id;
        const [first, last] = [page.data[0], page.data.at(-1)];
        // An endpoint that reads the cursor as something else gives the same page for ever.
        if (last === undefined || ends.has(last.id) || !page.hasNextPage()) return undefined;
        const isNewestFirst = Number(first?.created_at) > last.created_at;
        if (isNewestFirst && last.created_at < Number(writtenAt) / 1000 - clockSkewSeconds) return undefined;
        ends.add(last.id);
        page = await page.getNextPage();
      }
    },
    retrieve: (batchId, signal) => client.batches.retrieve(batchId, { signal }),
    fetchFile: async (fileId, { to, signal }) => {
      const options = { signal, fetchOptions: { maxReplyBytes: maxFileBytes, isText: true } as object };
      const reply = await client.files.content(fileId, options);
      if (!reply.ok) throw new Error(`status ${reply.status}`);
      await writeFile(to, await reply.text());
    },
  };
}
