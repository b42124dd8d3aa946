import { describe, expect, it } from 'vitest';
import { toDataFrame } from './to-data-frame.js';

describe('toDataFrame(rows)', () => {
  it('holds the scalar fields of all rows, null where one is missing', async () => {
    const frame = await toDataFrame([
      { level: 1, n: 4, by: { subject: 1 } },
      { level: 2, n: 6, name: 'x' },
    ]);
    expect(frame.columns).toEqual(['level', 'n', 'name']);
    expect(frame.shape).toEqual([2, 3]);
    expect(frame.values).toEqual([
      [1, 4, null],
      [2, 6, 'x'],
    ]);
  });

  it('makes columns of an interval, and shares of verdicts', async () => {
    const frame = await toDataFrame([
      { level: 1, correct: true, interval: [0.2, 0.4] },
      { level: 1, correct: false, interval: [0.5, 1] },
    ]);
    expect(frame.columns).toEqual(['level', 'correct', 'low', 'high']);
    expect(frame.groupby(['level']).col(['correct']).mean().values).toEqual([[1, 0.5]]);
  });

  it('gives the rows and columns that are chosen', async () => {
    const frame = await toDataFrame([
      { level: 1, type: 'a' },
      { level: 2, type: 'b' },
      { level: 3, type: 'a' },
    ]);
    const chosen = frame.column('level').gt(1).and(frame.column('type').eq('a'));
    expect(frame.query(chosen).values).toEqual([[3, 'a']]);
    expect(frame.loc({ rows: chosen, columns: ['type'] }).values).toEqual([['a']]);
  });

  it('groups, sorts and prints', async () => {
    const frame = await toDataFrame([
      { level: 2, accuracy: 0.5 },
      { level: 1, accuracy: 1 },
      { level: 2, accuracy: 0.7 },
    ]);
    const mean = frame.groupby(['level']).col(['accuracy']).mean().sortValues('level');
    expect(mean.values).toEqual([
      [1, 1],
      [2, 0.6],
    ]);
    expect(frame.toString()).toContain('accuracy');
  });

  it.each([[[]], [[{}]], [[{ nested: {} }]]])('refuses %j, which has no columns', async (rows) => {
    await expect(toDataFrame(rows)).rejects.toThrow('no rows with scalar fields');
  });
});
