import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError, ModelError } from '../../../errors.js';
import type { Completion, GenerateOptions, GenerationRequest } from '../../language-model.js';
import { openModel } from '../../open-model.js';
import { type BatchServer, type Faults, startBatchServer } from './__fixtures__/batch-server.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-batch-'));
const directory = join(root, 'batches');
const servers: BatchServer[] = [];
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => rmSync(directory, { recursive: true, force: true }));
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const make = (index: number): GenerationRequest => ({
  id: `item-${index}`,
  prompt: { messages: [{ role: 'user', content: `question ${index}` }] },
  samples: 2,
  sampling: { temperature: 0.7, maxTokens: 9, seed: index },
});
const requests = Array.from({ length: 5 }, (_, index) => make(index));

async function start(faults: Faults = {}) {
  const server = await startBatchServer(faults);
  servers.push(server);
  return server;
}

async function ask(
  { url }: BatchServer,
  {
    asked = requests,
    options,
    status = [],
    maxRequests = 10_000,
    take = Infinity,
  }: {
    asked?: readonly GenerationRequest[];
    options?: GenerateOptions;
    status?: string[];
    maxRequests?: number;
    take?: number;
  } = {},
): Promise<Completion[]> {
  const batch = { directory, pollMs: 1, maxRequests, onStatus: (line: string) => status.push(line) };
  const model = await openModel(`${url}#tiny`, { environment: {}, maxRetries: 0, batch });
  const completions: Completion[] = [];
  try {
    for await (const completion of model.generate(asked, options)) {
      completions.push(completion);
      if (completions.length === take) break;
    }
  } finally {
    await model.close();
  }
  return completions.sort((a, b) => `${a.requestId}${a.sample}`.localeCompare(`${b.requestId}${b.sample}`));
}

const whole = requests.flatMap(({ id }, index) =>
  [0, 1].map((sample) =>
    expect.objectContaining({ requestId: id, sample, text: `question ${index}: ${sample}`, finishReason: 'stop' }),
  ),
);

describe('batch', () => {
  it('uploads, creates, waits, fetches, and says so', async () => {
    const server = await start();
    const status: string[] = [];
    expect(await ask(server, { status })).toEqual(whole);
    expect(server.calls).toEqual([
      'POST /v1/files',
      'POST /v1/batches',
      'GET /v1/batches/batch_0',
      'GET /v1/batches/batch_0',
      'GET /v1/files/output-batch_0/content',
    ]);
    expect(status).toEqual([
      'Submitted batch batch_0 with 5 requests',
      'Batch batch_0: in_progress, 0 of 0 done, 0 failed',
      'Batch batch_0: completed, 5 of 5 done, 0 failed',
    ]);
  });

  it('cuts many requests into several batches', async () => {
    const server = await start();
    expect(await ask(server, { maxRequests: 2 })).toEqual(whole);
    expect(server.batches.map(({ lines }) => lines.length)).toEqual([2, 2, 1]);
  });

  it.each([
    ['the upload', 'POST /v1/files'],
    ['the creation', 'POST /v1/batches'],
    ['a look at it', 'GET /v1/batches/batch_0'],
    ['the fetching', 'GET /v1/files/output-batch_0/content'],
  ])('goes on after a crash at %s, and pays nothing twice', async (_, lost) => {
    let isBroken = true;
    const server = await start({ loseAnswer: (call) => isBroken && call === lost });
    await expect(ask(server)).rejects.toThrow(
      /the batches that are under way go on; repeat the same command to fetch them$/,
    );
    isBroken = false;
    expect(await ask(server)).toEqual(whole);
    expect(server.batches).toHaveLength(1);
    expect(server.answered).toHaveLength(5);
  });

  const looks = ({ calls }: BatchServer): number => calls.filter((call) => call.startsWith('GET /v1/batches?')).length;

  it.each([
    { younger: 0, older: 0, first: 'newest', pages: 1 },
    { younger: 100, older: 0, first: 'newest', pages: 2 },
    { younger: 1234, older: 500, first: 'newest', pages: 13 },
    { younger: 20, older: 1234, first: 'oldest', pages: 13 },
  ] as const)(
    'finds a batch whose creation was not answered among $younger younger and $older older ones, $first first',
    async ({ first, pages, ...others }) => {
      let isBroken = true;
      const server = await start({
        ...{ first, others: () => others },
        loseAnswer: (call) => isBroken && call === 'POST /v1/batches',
      });
      await expect(ask(server)).rejects.toThrow(/repeat the same command to fetch them$/);
      isBroken = false;
      expect(await ask(server)).toEqual(whole);
      expect(server.batches).toHaveLength(1);
      expect(looks(server)).toBe(pages);
    },
  );

  it.each([
    ['last year', { others: () => ({ younger: 0, older: 5000 }) }, 1],
    ['the first page again', { others: () => ({ younger: 250, older: 0 }), ignoresCursor: true }, 2],
  ])('looks no further than %s for a batch that was never created', async (_, faults, pages) => {
    let isBroken = true;
    const server = await start({ ...faults, loseAnswer: (call) => isBroken && call === 'POST /v1/files' });
    await expect(ask(server)).rejects.toThrow(/repeat the same command/);
    isBroken = false;
    expect(await ask(server)).toEqual(whole);
    expect(server.batches).toHaveLength(1);
    expect(looks(server)).toBe(pages);
  });

  it('goes on after a kill while the results are handed over', async () => {
    const server = await start();
    const kept = await ask(server, { take: 3 });
    const isKept = ({ id }: GenerationRequest, sample: number) =>
      kept.some((completion) => completion.requestId === id && completion.sample === sample);
    const missing = requests.filter((request) => !isKept(request, 0) || !isKept(request, 1));
    expect(missing.length).toBeLessThan(5);
    const ids = new Set((await ask(server, { asked: missing })).map(({ requestId }) => requestId));
    expect([...ids]).toEqual(missing.map(({ id }) => id));
    expect(server.batches).toHaveLength(1);
  });

  it('stops waiting when it is cancelled, and finds the batch again', async () => {
    const server = await start();
    const controller = new AbortController();
    const status = { push: () => controller.abort() } as unknown as string[];
    await expect(ask(server, { options: { signal: controller.signal }, status })).rejects.toThrow(CancelledError);
    expect(await ask(server)).toEqual(whole);
    expect(server.batches).toHaveLength(1);
  });

  it('submits again what has expired, and that alone', async () => {
    const server = await start({ end: (number) => (number === 0 ? 'expired' : 'completed') });
    expect(await ask(server)).toEqual(whole);
    expect(server.batches.map(({ lines }) => lines.length)).toEqual([5, 2]);
    expect(new Set(server.answered).size).toBe(server.answered.length);
  });

  it('gives up what expires three times, with the reason', async () => {
    const server = await start({ end: () => 'expired' });
    const asked = Array.from({ length: 8 }, (_, n) => make(n));
    const failed = (await ask(server, { asked })).filter(({ finishReason }) => finishReason === 'error');
    expect(failed).toHaveLength(2);
    expect(failed[0]?.error).toMatch(/^The batch failed \(batch_expired\): This request could not be executed/);
    expect(server.batches).toHaveLength(3);
  });

  it.each<[string, object, RegExp, number]>([
    [
      'a refused request',
      { response: { status_code: 400, body: { error: { message: 'too\nlong' } } }, error: null },
      /^The batch failed \(400\): too long$/,
      1,
    ],
    [
      'a failing one',
      { response: { status_code: 500, body: {} }, error: null },
      /^The batch failed \(500\): no reason given$/,
      3,
    ],
  ])('reads the file of errors: %s', async (_, refusal, reason, batchCount) => {
    const server = await start({ refuse: (question) => (question === 'question 3' ? refusal : undefined) });
    const completions = await ask(server);
    expect(completions).toHaveLength(10);
    const failed = completions.filter(({ finishReason }) => finishReason === 'error');
    expect(failed.map(({ requestId, sample }) => `${requestId}/${sample}`)).toEqual(['item-3/0', 'item-3/1']);
    expect(failed[0]?.error).toMatch(reason);
    expect(server.batches).toHaveLength(batchCount);
  });

  it('says why a batch was refused, and submits another one the next time', async () => {
    const server = await start({ end: (number) => (number === 0 ? 'failed' : 'completed') });
    const refused = await ask(server).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ModelError);
    expect((refused as Error).message).toMatch(
      /^The batch batch_0 was refused: This line is wrong \(line 1 of .*\.jsonl\); mend it/,
    );
    expect(await ask(server)).toEqual(whole);
  });

  it('keeps what a cancelled batch has answered', async () => {
    const server = await start({ end: () => 'cancelled' });
    const completions = await ask(server);
    expect(completions.filter(({ finishReason }) => finishReason === 'stop')).toHaveLength(6);
    expect(completions.find(({ finishReason }) => finishReason === 'error')?.error).toBe(
      'The batch batch_0 ended (cancelled) without an answer',
    );
  });

  it('submits nothing more at a budget', async () => {
    const server = await start();
    let batches = 0;
    const completions = await ask(server, { maxRequests: 2, options: { mayStart: () => ++batches === 1 } });
    expect([server.batches.length, completions.length]).toEqual([1, 4]);
  });

  it('is refused for a model without it', async () => {
    await expect(openModel('pocket', { batch: { directory } })).rejects.toThrow(
      'Cannot use batch with pocket: only an endpoint has a Batch API; leave batch out',
    );
  });
});
