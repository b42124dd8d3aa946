import { describe, expect, it } from 'vitest';
import { liveRun } from './live-run.js';

async function readAll<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const all: Event[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 1));

async function count(tell: (event: number) => void, to: number): Promise<string> {
  for (let event = 1; event <= to; event += 1) {
    tell(event);
    if (event < 5) await pause();
  }
  return 'done';
}

describe('liveRun()', () => {
  it('is a promise, and its events come as they are told', async () => {
    const run = liveRun<string, number>((tell) => count(tell, 3));
    const heard: number[] = [];
    for await (const event of run.events) heard.push(event);
    expect([heard, await run]).toEqual([[1, 2, 3], 'done']);
  });

  it('lets several read, and one that comes late', async () => {
    const run = liveRun<string, number>((tell) => count(tell, 4));
    const both = await Promise.all([readAll(run.events), readAll(run.events)]);
    expect([...both, await readAll(run.events)]).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
  });

  it('keeps the last 10,000 for one that comes late', async () => {
    const run = liveRun<string, number>((tell) => count(tell, 35_000));
    await run;
    const late = await readAll(run.events);
    expect([late.length, late[0], late.at(-1)]).toEqual([10_000, 25_001, 35_000]);
  });

  it('goes on when the loop is left', async () => {
    const run = liveRun<string, number>((tell) => count(tell, 4));
    for await (const event of run.events) if (event === 2) break;
    expect(await run).toBe('done');
  });

  it('throws what the work threw, behind its last event, and the promise needs no reader then', async () => {
    const run = liveRun<string, number>(async (tell) => {
      await count(tell, 2);
      throw new RangeError('no');
    });
    const heard: number[] = [];
    const reading = (async () => {
      for await (const event of run.events) heard.push(event);
    })();
    await expect(reading).rejects.toThrow('no');
    expect(heard).toEqual([1, 2]);
    await expect(run).rejects.toThrow(RangeError);
  });
});
