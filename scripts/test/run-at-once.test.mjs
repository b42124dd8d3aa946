import { describe, expect, it } from 'vitest';
import { runAtOnce } from './run-at-once.mjs';

/** Steps that note when they begin and end, each after a turn of the event loop. */
function noting(names, { after = {} } = {}) {
  const notes = [];
  const steps = names.map((name) => ({
    title: name,
    after: after[name],
    run: async () => {
      notes.push(`${name} begins`);
      await new Promise((done) => setImmediate(done));
      notes.push(`${name} ends`);
      return { title: name, passed: 1, failed: 0 };
    },
  }));
  return { notes, steps };
}

describe('runAtOnce(steps, { atOnce })', () => {
  it('starts no more than so many, in their order, and gives results in that order', async () => {
    const { notes, steps } = noting(['a', 'b', 'c']);
    const results = await runAtOnce(steps, { atOnce: 2 });
    expect(results.map(({ title }) => title)).toEqual(['a', 'b', 'c']);
    expect(notes.slice(0, 2)).toEqual(['a begins', 'b begins']);
    expect(notes.indexOf('c begins')).toBeGreaterThan(notes.indexOf('a ends'));
  });

  it('lets a step that waits be overtaken', async () => {
    const { notes, steps } = noting(['a', 'b'], { after: { a: new Promise((done) => setTimeout(done, 20)) } });
    await runAtOnce(steps, { atOnce: 1 });
    expect(notes).toEqual(['b begins', 'b ends', 'a begins', 'a ends']);
  });

  it('counts a step as failed whose ground is missing, and runs the others', async () => {
    const error = new Error('no Python');
    const { steps } = noting(['a', 'b'], { after: { a: Promise.reject(error) } });
    expect(await runAtOnce(steps, { atOnce: 1 })).toEqual([
      { title: 'a', passed: 0, failed: 1, error },
      { title: 'b', passed: 1, failed: 0 },
    ]);
  });
});
