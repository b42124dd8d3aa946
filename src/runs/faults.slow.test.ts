import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openModel } from '../models/open-model.js';
import type { RunRecord } from './run-record.js';
import { runStage } from './run-stage.js';
import { withRun } from './with-run.js';

/** MATHPIE_FAULTS=100000 for ten times as many. */
const requestCount = Number(process.env.MATHPIE_FAULTS ?? 10_000);
const concurrency = 256;

/** Each kind has one request in a hundred; the others are answered at once. */
const outcomes: Readonly<Record<string, RegExp | 'done'>> = {
  'busy-once': 'done',
  'fails-once': 'done',
  'drops-once': 'done',
  'cut-once': 'done',
  'malformed-once': 'done',
  'stalls-once': 'done',
  'stalls-midway-once': 'done',
  'fails-always': /^The endpoint http.* failed \(500\): broken for good$/,
  'refuses-always': /^The endpoint http.* failed \(400\): too long$/,
  'no-choices': /^The endpoint ended the answer: there is no choice in it$/,
  page: /^The endpoint http.* answered with an HTML page$/,
  empty: /^empty$/,
  enormous: /^The endpoint http.* sent a reply too large for so many tokens/,
};
const kinds = Object.keys(outcomes);
const items = Array.from({ length: requestCount }, (_, index) => {
  const kind = index % 100 < kinds.length ? String(kinds[index % 100]) : 'fine';
  return { id: `${index}`, kind, question: `question ${index} ${kind}` };
});

const directory = mkdtempSync(join(tmpdir(), 'mathpie-faults-'));
const server = new Worker(new URL('./__fixtures__/faulty-server.mjs', import.meta.url), {
  workerData: { holdUntil: concurrency },
});
/** MiB in use, by the number of records. */
const heap = new Map<number, number>();
let records: readonly RunRecord[] = [];

afterAll(async () => {
  await server.terminate();
  rmSync(directory, { recursive: true });
});

beforeAll(async () => {
  const [{ port }] = (await once(server, 'message')) as [{ port: number }];
  const model = await openModel(`http://127.0.0.1:${port}/v1#faulty`, {
    environment: {},
    concurrency,
    maxRetries: 2,
    // A stall of ten seconds, which nothing but a stall takes even where the machine is busy
    timeoutMs: 10_000,
  });
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  records = await withRun({ directory, stage: 'answers', config: {} }, (run) =>
    runStage({
      run,
      stage: 'answers',
      model,
      items,
      request: ({ question }) => ({
        prompt: { messages: [{ role: 'user', content: question }] },
        sampling: { temperature: 0, maxTokens: 20 },
      }),
      record: (_, { text }): { readonly [field: string]: string } => (text === '' ? { failed: 'empty' } : { text }),
      onProgress: ({ done }) => {
        if (done % (requestCount / 5) !== 0 || done === 0 || heap.has(done)) return;
        collectGarbage();
        const { heapUsed, external } = process.memoryUsage();
        heap.set(done, (heapUsed + external) / 2 ** 20);
      },
    }),
  );
  // Half a minute for 10,000 on two free processors; others may use them
}, requestCount * 60);

describe(`${requestCount} requests at ${concurrency} in flight to an endpoint with every fault`, () => {
  it('end in a record each, and none twice', async () => {
    const lines = readFileSync(join(directory, 'records.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(requestCount);
    expect(new Set(lines.map((line) => JSON.parse(line).id)).size).toBe(requestCount);
    expect(records.map(({ input }) => input)).toEqual(items.map(({ id }) => id));
  });

  it.each(Object.entries({ ...outcomes, fine: 'done' }))('%s: %s', (kind, outcome) => {
    const chosen = records.filter((_, index) => items[index]?.kind === kind);
    expect(chosen.length).toBeGreaterThanOrEqual(requestCount / 100);
    for (const { status, reason, text, input } of chosen) {
      if (outcome === 'done')
        expect({ status, reason, text }).toEqual({ status, text: `Answer to ${items[Number(input)]?.question}` });
      else expect(reason).toMatch(outcome);
      expect(status).toBe(outcome === 'done' ? 'done' : 'failed');
    }
  });

  it('are paid once: no answer was asked for again', async () => {
    server.postMessage('counts');
    const [counts] = await once(server, 'message');
    const answered = items.filter(({ kind }) => kind === 'fine' || outcomes[kind] === 'done').length;
    expect(counts).toMatchObject({ answered, answeredTwice: 0 });
    expect(counts.mostUnderWay).toBeGreaterThan(concurrency / 2);
  });

  it('leave memory flat: what grows is the records themselves', () => {
    const [first = 0, ...later] = heap.values();
    expect(later).toHaveLength(4);
    expect(Math.max(...later) - first).toBeLessThan(48 * (requestCount / 10_000));
  });
});
