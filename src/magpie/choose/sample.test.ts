import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { leaveRows } from '../../runs/__fixtures__/leave-rows.js';
import { listArtifacts, readArtifact } from '../../runs/artifacts.js';
import { runChain } from '../../steps/run-chain.js';
import { settle } from '../../steps/setting.js';
import { sample } from './sample.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-sample-'));
afterAll(() => rmSync(root, { recursive: true }));

/** Ten easy problems, three hard ones and one that nobody measured. */
const rows = Array.from({ length: 14 }, (_, id) => ({
  id,
  instruction: `Problem ${id}`,
  response: 'x',
  ...(id === 13 ? {} : { measured: { level: id < 10 ? 'easy' : 'hard' } }),
}));

async function draw(name: string, values: object, given: readonly object[] = rows) {
  const directory = join(root, name);
  await leaveRows(directory, { stage: 'respond', rows: { solutions: given } });
  const chain = [{ step: sample, values: settle(sample.settings, { ...values }), models: {} }];
  const { steps } = await runChain({ chain, directory });
  const left = (await listArtifacts(directory)).find(({ stage }) => stage === 'sample');
  const kept = left === undefined ? [] : await readArtifact<(typeof rows)[number]>(directory, left);
  return { ids: kept.map(({ id }) => id), summary: steps[0]?.summary as { kinds?: object } };
}

describe('magpie sample', () => {
  it.each([
    ['a few', { count: 5 }, 5],
    ['more than there are', { count: 50 }, 14],
    ['by kinds', { count: 6, by: 'measured.level' }, 6],
    ['as the rows have them', { count: 6, by: 'measured.level', shares: 'proportional' }, 6],
  ])('draws %s, each once and in order', async (name, values, count) => {
    const { ids } = await draw(name, values);
    expect(ids).toHaveLength(count);
    expect(new Set(ids).size).toBe(count);
    expect([...ids].sort((left, right) => left - right)).toEqual(ids);
  });

  it.each([
    [3, { easy: 1, hard: 1, none: 1 }],
    [8, { easy: 4, hard: 3, none: 1 }],
    [14, { easy: 10, hard: 3, none: 1 }],
  ])('%d rows of three kinds are %j', async (count, kinds) => {
    expect((await draw(`kinds-${count}`, { count, by: 'measured.level' })).summary.kinds).toEqual(kinds);
  });

  it('is done again with other settings on what it left, and with the same ones not at all', async () => {
    const directory = join(root, 'twice');
    await leaveRows(directory, { stage: 'respond', rows: { solutions: rows } });
    const again = async (count: number) => {
      const chain = [{ step: sample, values: settle(sample.settings, { count }), models: {} }];
      const [step] = (await runChain({ chain, directory })).steps;
      return [step?.input, step?.output];
    };
    expect([await again(8), await again(3), await again(8), await again(3)]).toEqual([[14, 8], [8, 3], [14, 8], [8, 3]]); // biome-ignore format: a table
    const left = (await listArtifacts(directory)).filter(({ name }) => name === 'solutions');
    expect(left.map(({ stage, rows: count }) => [stage, count])).toEqual([
      ['respond', 14],
      ['sample', 8],
      ['sample-2', 3],
    ]);
    expect(new Set(left.map(({ file }) => file)).size).toBe(3);
  });

  it.each([
    ['a row of Magpie was made', 'created', [1_767_323_045, 1_767_409_445]],
    ['grading took', 'ms', [0.043, 0.612]],
  ])('draws the same rows whenever or however long %s', async (_, clock, times) => {
    const [first, second] = await Promise.all(
      times.map((time) => {
        const clocked = rows.map((row, index) => ({ ...row, [clock]: time + index * (time % 1) }));
        return draw(`${clock}-${time}`, { count: 5 }, clocked);
      }),
    );
    expect(first?.ids).toEqual(second?.ids);
  });

  it('draws the same rows whatever their order, and others by another seed', async () => {
    const { ids } = await draw('one', { count: 5 });
    const turned = await draw('turned', { count: 5 }, [...rows].reverse());
    expect([...turned.ids].sort()).toEqual([...ids].sort());
    expect((await draw('other', { count: 5, drawSeed: 1 })).ids).not.toEqual(ids);
  });
});
