import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openJsonlAppender } from '../../../storage/append-jsonl.js';
import { makeDirectory } from '../../../storage/make-directory.js';
import { type JsonObject, readJsonl } from '../../../storage/read-jsonl.js';
import { writeAtomic } from '../../../storage/write-atomic.js';

/** What is known of a batch. It is `over` when everything that came of it was handed over. */
export type KnownBatch = {
  readonly name: string;
  readonly batchId?: string;
  readonly isOver: boolean;
  /** In milliseconds since 1970, by the clock of this machine. */
  readonly writtenAt?: number;
};

type Step = {
  readonly name: string;
  readonly step: 'written' | 'created' | 'over';
  readonly batchId?: string;
  readonly at?: number;
};

export type BatchLog = {
  readonly directory: string;
  readonly batches: () => readonly KnownBatch[];
  /** Writes the lines of a batch to a file and remembers it, before anything is sent. */
  write(name: string, lines: readonly string[]): Promise<string>;
  created(name: string, batchId: string): Promise<void>;
  over(name: string): Promise<void>;
  /** The ids of the requests in a batch. */
  customIds(name: string): readonly string[];
  close(): Promise<void>;
};

/** The steps of every batch of a run, in `batches.jsonl` of a directory: what a crash leaves is enough to go on. */
export async function openBatchLog(directory: string): Promise<BatchLog> {
  await makeDirectory(directory);
  const file = join(directory, 'batches.jsonl');
  const known = new Map<string, KnownBatch>();
  const take = ({ name, step, batchId, at }: Step): void => {
    const earlier = known.get(name);
    const id = batchId ?? earlier?.batchId;
    const writtenAt = step === 'written' ? at : earlier?.writtenAt;
    known.set(name, {
      ...{ name, isOver: step === 'over' },
      ...(id !== undefined && { batchId: id }),
      ...(writtenAt !== undefined && { writtenAt }),
    });
  };
  if (existsSync(file))
    for (const step of (await readJsonl({ file, check: checkStep, skipBad: true })).rows) take(step);
  const appender = await openJsonlAppender({ file });
  const add = async (step: Step): Promise<void> => {
    await appender.append(step);
    // A batch is thousands of requests: none is to be paid twice because a power cut took the line that tells of it
    await appender.flush();
    take(step);
  };
  const linesFile = (name: string): string => join(directory, `${name}.jsonl`);

  return {
    directory,
    batches: () => [...known.values()],
    write: async (name, lines) => {
      await writeAtomic(linesFile(name), `${lines.join('\n')}\n`);
      await add({ name, step: 'written', at: Date.now() });
      return linesFile(name);
    },
    created: (name, batchId) => add({ name, step: 'created', batchId }),
    over: (name) => add({ name, step: 'over' }),
    customIds: (name) => {
      if (!existsSync(linesFile(name))) return [];
      const lines = readFileSync(linesFile(name), 'utf8')
        .split('\n')
        .filter((line) => line !== '');
      return lines.map((line) => String(JSON.parse(line).custom_id));
    },
    close: () => appender.close(),
  };
}

function checkStep(row: JsonObject): Step | string {
  const isStep = typeof row.name === 'string' && ['written', 'created', 'over'].includes(String(row.step));
  return isStep ? (row as unknown as Step) : 'is no step of a batch';
}
