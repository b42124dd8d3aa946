import { describe, expect, it } from 'vitest';
import { type FakeEngine, fakeEngine } from './__fixtures__/fake-engine.js';
import type { FinishedSample, Job } from './active-sample.js';
import { startBatchLoop } from './batch-loop.js';
import type { ContextOptions } from './llama-engine.js';

const loop = (
  engine: FakeEngine,
  {
    laneCount = 1,
    rowsTogether = 1,
    maxSequences = 4,
    cacheBytes = 1 << 20,
    window = undefined as number | undefined,
    forgets = true,
    freeBytes = () => Number.POSITIVE_INFINITY,
  } = {},
) =>
  startBatchLoop({
    engine,
    layout: { laneCount, threads: 1, rowsTogether },
    maxSequences,
    bytesPerToken: 1,
    window,
    cacheBytes,
    forgets,
    freeBytes,
  });

type Run = { readonly job: Job; readonly done: Promise<FinishedSample[]> };

function makeJob({
  samples = 1,
  prompt = 3,
  tokens = undefined as Uint32Array | undefined,
  limit = 10,
  stop = [] as string[],
  forbidden = [] as number[],
  forbiddenFirst = [] as number[],
  firstTemperature = undefined as number | undefined,
} = {}): Run {
  const finished: FinishedSample[] = [];
  let job: Job | undefined;
  const done = new Promise<FinishedSample[]>((resolve, reject) => {
    job = {
      prompt: tokens ?? new Uint32Array(prompt).fill(97),
      samples,
      tokens: (tokens?.length ?? prompt) + limit,
      limit,
      temperature: 1,
      firstTemperature,
      topP: 1,
      minP: 0,
      seed: 1,
      stop,
      stopTokens: new Set(),
      topLogProbabilities: 0,
      forbidden,
      forbiddenFirst,
      onSample: (sample) => {
        finished.push(sample);
        if (finished.length === samples) resolve(finished);
      },
      onFailure: reject,
      cancelled: false,
    };
  });
  return { job: job as Job, done };
}

describe('startBatchLoop()', () => {
  it('runs over a prompt once and copies it for the other samples', async () => {
    const engine = fakeEngine({ length: 2 });
    const { job, done } = makeJob({ samples: 3, prompt: 10 });
    loop(engine).submit(job);
    expect((await done).map(({ text }) => text)).toEqual(['ab', 'ab', 'ab']);
    expect(engine.calls).toEqual([
      'context 0: open 4 x 256',
      'context 0: 0:0+9',
      'context 0: copy 0 to 1 (9)',
      'context 0: copy 0 to 2 (9)',
      'context 0: 0:9+1 1:9+1 2:9+1',
      'context 0: 0:10+1 1:10+1 2:10+1',
      'context 0: 0:11+1 1:11+1 2:11+1',
    ]);
  });

  it('refills a sequence as soon as it is free', async () => {
    const engine = fakeEngine({ length: 3 });
    const runs = Array.from({ length: 9 }, (_, index) => makeJob({ prompt: 1, limit: 1 + (index % 4) }));
    const batches = loop(engine, { maxSequences: 2 });
    for (const { job } of runs) batches.submit(job);
    const finished = (await Promise.all(runs.map((run) => run.done))).flat();
    expect(finished.map(({ finishReason }) => finishReason)).toEqual(
      runs.map(({ job }) => (job.limit > 3 ? 'stop' : 'length')),
    );
    expect(engine.calls.filter((call) => call.includes('open'))).toHaveLength(1);
  });

  it('spreads few samples over the contexts', async () => {
    const engine = fakeEngine();
    const { job, done } = makeJob({ samples: 4 });
    loop(engine, { laneCount: 2 }).submit(job);
    await done;
    expect(engine.calls.filter((call) => call.includes('open'))).toHaveLength(2);
    expect(engine.calls.some((call) => call.includes(' 2:'))).toBe(false);
  });

  it('makes a larger context for a longer request that comes later, when the running ones are done', async () => {
    const engine = fakeEngine();
    const [short, long] = [makeJob(), makeJob({ prompt: 290, limit: 60 })];
    const batches = loop(engine);
    batches.submit(short.job);
    for (let tick = 0; tick < 20; tick++) await undefined;
    batches.submit(long.job);
    await Promise.all([short.done, long.done]);
    expect(engine.calls.filter((call) => /open|close/.test(call))).toEqual([
      'context 0: open 4 x 256',
      'context 0: close',
      'context 1: open 4 x 512',
    ]);
  });

  // Each request: tokens of its prompt; 10 more are drawn. One byte a token.
  it.each([
    ['the longest that waits', [10, 300, 600, 20], {}, ['open 4 x 768']],
    ['of those that are looked at', [10, ...Array<number>(40).fill(20), 300], {}, ['open 4 x 256', 'open 4 x 512']],
    [
      'as far as memory reaches for as many',
      [10, 600, 300, 20],
      { cacheBytes: 4 * 512 },
      ['open 4 x 512', 'open 2 x 768'],
    ],
    ['fewer need less', [10, 300], { cacheBytes: 2 * 512 }, ['open 2 x 512']],
    ['the first has its room in any case', [600], { cacheBytes: 100 }, ['open 1 x 768']],
    ['idle rows stand beside', [10], { rowsTogether: 4 }, ['open 4 x 256']],
    ['whole groups of rows', [10], { rowsTogether: 4, cacheBytes: 7 * 256, maxSequences: 32 }, ['open 4 x 256']],
    ['idle tokens behind, where memory is short', [600], { rowsTogether: 4, cacheBytes: 768 }, ['open 1 x 768']],
    ['which need room too', [766], { rowsTogether: 4, cacheBytes: 768 }, ['open 1 x 1000']],
    ['or beside and behind', [600], { rowsTogether: 4, cacheBytes: 3 * 768 }, ['open 2 x 768']],
    [
      'but for a model that cannot forget what stood behind: it has its idle rows in any case',
      [600],
      { rowsTogether: 4, cacheBytes: 768, forgets: false },
      ['open 4 x 768'],
    ],
    // Idle tokens behind a text take cells of the window's ring, and the text goes on in others
    ['nor for one with a sliding window', [600], { rowsTogether: 4, cacheBytes: 768, window: 512 }, ['open 4 x 768']],
  ])('a new context fits %s', async (_, prompts, options, expected) => {
    const engine = fakeEngine();
    const runs = prompts.map((prompt) => makeJob({ prompt }));
    const batches = loop(engine, options);
    for (const { job } of runs) batches.submit(job);
    await Promise.all(runs.map((run) => run.done));
    const opened = engine.calls.flatMap((call) => /open \d+ x \d+/.exec(call)?.[0] ?? []);
    expect(opened).toEqual(expected);
  });

  it('lets the last text move into a gap, and fills rows up with idle ones', async () => {
    const engine = fakeEngine({ length: 9 });
    const runs = [1, 3, 3].map((limit) => makeJob({ prompt: 1, limit }));
    const batches = loop(engine, { rowsTogether: 2 });
    for (const { job } of runs) batches.submit(job);
    await Promise.all(runs.map((run) => run.done));
    expect(engine.calls).toEqual([
      'context 0: open 4 x 256',
      'context 0: 0:0+1 1:0+1 2:0+1 3:0+1',
      'context 0: copy 2 to 0 (1)',
      'context 0: 0:1+1 1:1+1',
      'context 0: 0:2+1 1:2+1',
    ]);
  });

  it('does not copy what has left the window of some layers: idle rows fill the gap', async () => {
    const engine = fakeEngine({ length: 9 });
    const runs = [1, 3, 2].map((limit, index) => makeJob({ prompt: index === 2 ? 600 : 1, limit }));
    const batches = loop(engine, { window: 10 });
    for (const { job } of runs) batches.submit(job);
    await Promise.all(runs.map((run) => run.done));
    expect(engine.calls.slice(-4)).toEqual([
      'context 0: 0:0+1 1:0+1 2:599+1',
      'context 0: 0:0+1 1:1+1 2:600+1', // the first is idle
      'context 0: copy 1 to 0 (2)',
      'context 0: 0:2+1',
    ]);
  });

  it('runs over a long prompt again for each sample once its start has left the window', async () => {
    const engine = fakeEngine({ length: 9 });
    const { job, done } = makeJob({ samples: 2, prompt: 601, limit: 1 });
    loop(engine, { window: 10 }).submit(job);
    await done;
    expect(engine.calls.some((call) => call.includes('copy'))).toBe(false);
  });

  it('never reads a single token behind others', async () => {
    const engine = fakeEngine({ length: 1 });
    const { job, done } = makeJob({ prompt: 514, limit: 1 });
    loop(engine).submit(job);
    await done;
    expect(engine.calls.slice(1)).toEqual(['context 0: 0:0+511', 'context 0: 0:511+2', 'context 0: 0:513+1']);
  });

  it('keeps a text company by idle tokens where it has its context for itself', async () => {
    const engine = fakeEngine({ length: 1 });
    const { job, done } = makeJob({ prompt: 3, limit: 1 });
    loop(engine, { rowsTogether: 4, maxSequences: 1 }).submit(job);
    await done;
    expect(engine.calls.slice(1)).toEqual(['context 0: 0:0+2', 'context 0: 0:2+1+3 idle']);
  });

  it('copies a prompt that another text has read too, and of examples that both begin with what is computed alike', async () => {
    const engine = fakeEngine({ length: 1 });
    const prompts = [
      new Uint32Array(700).fill(97),
      new Uint32Array(700).fill(97),
      Uint32Array.from({ length: 700 }, (_, at) => (at < 600 ? 97 : 98)),
      Uint32Array.from({ length: 700 }, (_, at) => (at < 500 ? 97 : 98)),
    ];
    const runs = prompts.map((tokens) => makeJob({ tokens, limit: 1 }));
    const batches = loop(engine);
    for (const { job } of runs) batches.submit(job);
    await Promise.all(runs.map((run) => run.done));
    expect(engine.calls.slice(1)).toEqual([
      'context 0: 0:0+512',
      'context 0: 0:512+187',
      'context 0: copy 0 to 1 (699)',
      'context 0: copy 0 to 2 (576)',
      'context 0: 2:576+123',
      'context 0: copy 0 to 3 (448)',
      'context 0: 3:448+64',
      'context 0: 3:512+187',
      'context 0: 0:699+1 1:699+1 2:699+1 3:699+1',
    ]);
  });

  it('copies nothing that it would have to cut where the model cannot forget', async () => {
    const engine = fakeEngine({ length: 2 });
    const { job, done } = makeJob({ samples: 3, prompt: 10 });
    const batches = loop(engine, { maxSequences: 2, forgets: false });
    batches.submit(job);
    await done;
    expect(engine.calls.filter((call) => /copy|\+9$/.test(call))).toEqual([
      'context 0: 0:0+9',
      'context 0: copy 0 to 1 (9)',
      'context 0: 0:0+9',
    ]);
  });

  it('a context that was made for a long text does not keep many short ones waiting', async () => {
    const engine = fakeEngine();
    const long = makeJob({ prompt: 600 });
    const batches = loop(engine, { maxSequences: 8, cacheBytes: 8 * 256 });
    batches.submit(long.job);
    await long.done;
    const short = Array.from({ length: 20 }, () => makeJob());
    for (const { job } of short) batches.submit(job);
    await Promise.all(short.map((run) => run.done));
    expect(engine.calls.flatMap((call) => /open \d+ x \d+/.exec(call)?.[0] ?? [])).toEqual([
      'open 2 x 768',
      'open 8 x 256',
    ]);
  });

  it('but is not made anew for few, nor where another long one comes soon', async () => {
    const engine = fakeEngine();
    const batches = loop(engine, { maxSequences: 8, cacheBytes: 8 * 256 });
    for (const prompts of [[600], [3, 3], [3, 3, 3, 3, 3, 600, 3, 3]]) {
      const runs = prompts.map((prompt) => makeJob({ prompt }));
      for (const { job } of runs) batches.submit(job);
      await Promise.all(runs.map((run) => run.done));
    }
    expect(engine.calls.flatMap((call) => /open \d+ x \d+/.exec(call)?.[0] ?? [])).toEqual(['open 2 x 768']);
  });

  it('asks for half as many where memory is not there, and refuses what has no room at all; others go on', async () => {
    const engine = fakeEngine({ mostCells: 1000 });
    const runs = [600, 3, 3, 1100, 3].map((prompt) => makeJob({ prompt, samples: prompt === 1100 ? 2 : 1 }));
    const batches = loop(engine, { maxSequences: 8 });
    for (const { job } of runs) batches.submit(job);
    const finished = await Promise.all(runs.map((run) => run.done));
    expect(finished.map((each) => each.map(({ finishReason, error }) => error ?? finishReason))).toEqual([
      ['stop'],
      ['stop'],
      ['stop'],
      ['Cannot make room for 1110 tokens', 'Cannot make room for 1110 tokens'],
      ['stop'],
    ]);
  });

  it('does not take memory that is not there', async () => {
    const engine = fakeEngine();
    const runs = [3, 900, 3].map((prompt) => makeJob({ prompt }));
    const batches = loop(engine, { maxSequences: 8, freeBytes: () => 800 });
    for (const { job } of runs) batches.submit(job);
    const [first, long, last] = await Promise.all(runs.map((run) => run.done));
    expect([first, last]).toMatchObject([[{ finishReason: 'stop' }], [{ finishReason: 'stop' }]]);
    expect(long).toMatchObject([
      { finishReason: 'error', error: expect.stringMatching(/0\.0 GB of memory are needed/) },
    ]);
    expect(engine.calls.flatMap((call) => /open \d+ x \d+/.exec(call)?.[0] ?? [])).toEqual([
      'open 2 x 256',
      'open 2 x 256',
    ]);
  });

  it('nor does one lane take what another is about to take', async () => {
    const fake = fakeEngine();
    let free = 1500;
    const engine = {
      ...fake,
      openContext: async (options: ContextOptions) => {
        await new Promise(setImmediate);
        free -= options.sequences * options.tokensPerSequence;
        return fake.openContext(options);
      },
    };
    const runs = [900, 901].map((prompt) => makeJob({ prompt }));
    const batches = loop(engine, { laneCount: 2, maxSequences: 1, freeBytes: () => free });
    for (const { job } of runs) batches.submit(job);
    const finished = await Promise.all(runs.map((run) => run.done));
    expect(finished.flat().map(({ finishReason }) => finishReason)).toEqual(['stop', 'error']);
  });

  it('frees nothing while a thread still draws with it', async () => {
    const engine = fakeEngine();
    const runs = [makeJob(), makeJob()];
    const batches = loop(engine);
    engine.brokenSequence = 0; // the other is drawn for a while longer
    for (const { job } of runs) batches.submit(job);
    await Promise.all(runs.map((run) => expect(run.done).rejects.toThrow('no such row')));
    for (let tick = 0; tick < 20; tick++) await new Promise(setImmediate);
    expect(engine.calls.filter((call) => call.startsWith('drawn with a sampler'))).toEqual([]);
    expect(engine.calls.at(-1)).toBe('context 0: close');
  });

  it('opens fewer sequences where memory is short', async () => {
    const engine = fakeEngine();
    const { job, done } = makeJob();
    loop(engine, { cacheBytes: 600 }).submit(job);
    await done;
    expect(engine.calls[0]).toBe('context 0: open 2 x 256');
  });

  it('forbids the first tokens at the first token alone', async () => {
    const engine = fakeEngine({ length: 3 });
    const { job, done } = makeJob({ prompt: 1, forbidden: [5], forbiddenFirst: [6, 7] });
    loop(engine).submit(job);
    await done;
    expect(engine.calls.filter((call) => !call.includes('open'))).toEqual([
      'forbid 5,6,7',
      'context 0: 0:0+1',
      'forbid 5 at 1',
      'context 0: 0:1+1',
      'context 0: 0:2+1',
      'context 0: 0:3+1',
    ]);
  });

  it('draws the first token alone at a temperature of its own', async () => {
    const engine = fakeEngine({ length: 2 });
    const { job, done } = makeJob({ prompt: 1, firstTemperature: 1.2 });
    loop(engine).submit(job);
    await done;
    expect(engine.calls.filter((call) => !call.includes('open'))).toEqual([
      'temperature 1.2',
      'context 0: 0:0+1',
      'forbid  at 1',
      'context 0: 0:1+1',
      'context 0: 0:2+1',
    ]);
  });

  it('cuts at a stop string', async () => {
    const { job, done } = makeJob({ stop: ['cd', 'zz'] });
    loop(fakeEngine()).submit(job);
    expect(await done).toMatchObject([{ text: 'ab', finishReason: 'stop', completionTokens: 4 }]);
  });

  it('drops a cancelled job and goes on with the next', async () => {
    const engine = fakeEngine({ length: 50 });
    const [first, second] = [makeJob({ samples: 20, limit: 50 }), makeJob({ limit: 2 })];
    const batches = loop(engine);
    batches.submit(first.job);
    batches.cancel(first.job);
    batches.submit(second.job);
    expect(await second.done).toMatchObject([{ finishReason: 'length' }]);
  });

  it('work that comes in at the last moment is not forgotten', async () => {
    const batches = loop(fakeEngine({ length: 1 }));
    for (let round = 0; round < 50; round++) {
      const { job, done } = makeJob();
      batches.submit(job);
      await done;
      for (let tick = 0; tick < round; tick++) await undefined;
    }
  });

  it('a broken engine fails its jobs, and the next one is tried', async () => {
    const engine = fakeEngine();
    const [first, second] = [makeJob(), makeJob()];
    const batches = loop(engine);
    engine.failNext = true;
    batches.submit(first.job);
    await expect(first.done).rejects.toThrow('The embedded engine failed: Error: no slot');
    engine.failNext = false;
    batches.submit(second.job);
    expect(await second.done).toHaveLength(1);
  });

  it('closing fails what is unfinished and closes the contexts', async () => {
    const engine = fakeEngine({ length: 50 });
    const { job, done } = makeJob({ samples: 20, limit: 50 });
    const batches = loop(engine);
    batches.submit(job);
    await Promise.all([expect(done).rejects.toThrow('was closed while it was generating'), batches.close()]);
  });
});
