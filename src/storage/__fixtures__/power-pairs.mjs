// node --import disturb-at-operation.mjs power-pairs.mjs PAIR DIRECTORY [URL]: the work that leaves a pair of files which refer to each other, on the
// built package. What an earlier session left is gone on from; ends with 0 when all of it is there and right.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const dist = (path) => import(new URL(`../../../dist/${path}`, import.meta.url).href);
const [pair, directory, url] = process.argv.slice(2);
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

const pairs = {
  // FILE.part and FILE.part.json, which says what the bytes are a part of; nobody knows a checksum
  async download() {
    const { downloadFile } = await dist('problems/download/download-file.js');
    const expected = { bytes: null, sha256: null, gitBlob: null };
    await downloadFile({ url, file: join(directory, 'file.bin'), expected });
  },

  // blobs/SHA, snapshots/COMMIT/FILE, which links to it, and refs/main, which names the commit
  async hub() {
    const { downloadFile } = await dist('problems/download/download-file.js');
    const { findSnapshot, linkIntoSnapshot, listSnapshot } = await dist('models/files/hub-cache.js');
    const commit = 'c'.repeat(40);
    const there = await findSnapshot(directory, 'main');
    if (there === undefined || !(await listSnapshot(there)).includes('a.gguf')) {
      const blob = join(directory, 'blobs', 'blob');
      await downloadFile({ url, file: blob, expected: { bytes: null, sha256: null, gitBlob: null } });
      await linkIntoSnapshot({ directory, blob, commit, revision: 'main', path: 'a.gguf' });
    }
  },

  // Completions and where they stand; what is lost is asked again, and nothing else is ever answered
  async cache() {
    const { openCompletionStore } = await dist('models/cache/completion-store.js');
    const store = await openCompletionStore(directory);
    for (let number = 0; number < 24; number += 1) {
      const key = sha256(`${number}`).slice(0, 32);
      const completion = {
        text: sha256(`text ${number}`).repeat(1 + (number % 5)),
        completionTokens: number,
        finishReason: 'stop',
      };
      const found = await store.get(key);
      if (found === undefined) await store.put(key, completion);
      else if (JSON.stringify(found) !== JSON.stringify(completion)) throw new Error(`${key} has another completion`);
    }
    await store.close();
    const again = await openCompletionStore(directory);
    for (let number = 0; number < 24; number += 1)
      if ((await again.get(sha256(`${number}`).slice(0, 32)))?.completionTokens !== number)
        throw new Error(`${number} is lost`);
    await again.close();
  },

  // The lines of a batch, and the log that says it was sent
  async batch() {
    const { openBatchLog } = await dist('models/openai/batch/batch-log.js');
    const log = await openBatchLog(directory);
    // What is known is whole: its lines, and the id under which it was paid
    for (const { name, batchId } of log.batches()) {
      if (log.customIds(name).length !== 50) throw new Error(`${name} has lost its lines`);
      if (batchId !== undefined && batchId !== `batch_${name}`) throw new Error(`${name} has another id`);
    }
    const sent = await readFile(`${directory}.sent`, 'utf8').catch(() => '');
    for (const name of ['one', 'two', 'three']) {
      const known = log.batches().find((batch) => batch.name === name);
      if (known?.isOver) continue;
      const lines = Array.from({ length: 50 }, (_, index) =>
        JSON.stringify({ custom_id: `${name}-${index}`, body: 'x'.repeat(99) }),
      );
      if (known === undefined) {
        // The endpoint has it: it is paid, and this side has to know
        if (sent.includes(`${name}\n`)) throw new Error(`${name} would be sent twice`);
        await log.write(name, lines);
      }
      if (known?.batchId === undefined) {
        await appendSent(name);
        await log.created(name, `batch_${name}`);
      }
      await log.over(name);
    }
    await log.close();
  },

  // A GGUF file and the checksums of what it was made of
  async gguf() {
    const { ggufOfFolder } = await dist('models/files/trained-folder.js');
    const folder = join(directory, 'model');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'config.json'), '{}');
    await writeFile(join(folder, 'model.safetensors'), 'weights '.repeat(1000));
    const make = async ({ out }) => {
      // As a library writes it that flushes nothing
      await writeFile(`${out}.partial`, 'GGUF'.repeat(5000));
      await rename(`${out}.partial`, out);
    };
    const file = await ggufOfFolder(folder, { environment: {}, make });
    if (sha256(await readFile(file)) !== sha256('GGUF'.repeat(5000))) throw new Error('the file is damaged');
  },

  // A set, its card and the note that holds the set's checksum
  async export() {
    const { exportSft } = await dist('export/export-rows.js');
    const { readExportNote } = await dist('export/export-note.js');
    await mkdir(directory, { recursive: true });
    const file = join(directory, 'train.jsonl');
    const rows = Array.from({ length: 40 }, (_, id) => ({
      id,
      instruction: `What is ${id} + 4?`,
      response: `It is ${id + 4}.`,
      rule: 'boxed',
    }));
    await exportSft({ rows, file, test: { share: 0.2, seed: 1 } });
    await readExportNote(file);
  },
};

async function appendSent(name) {
  // Of the endpoint, which has no part in this machine's power cuts
  const { appendFileSync } = await import('node:fs');
  appendFileSync(`${directory}.sent`, `${name}\n`);
}

await pairs[pair]();
