import { describe, expect, it } from 'vitest';
import { measureAccuracy } from '../../../evaluation/measure-accuracy.js';
import { createCounter } from './count-accuracy.js';

const rows = Array.from({ length: 400 }, (_, index) => ({
  problem: index < 200 ? `p${index}` : `q${Math.floor(index / 4)}`,
  group: index % 3,
  correct: (index * 7919) % 11 < 6,
}));

describe('createCounter(groups)', () => {
  it.each([0, 1, 2])('counts as measureAccuracy does, samples of one question included (group %i)', (group) => {
    const counter = createCounter(3);
    const numbers = new Map([...new Set(rows.map(({ problem }) => problem))].map((problem, index) => [problem, index]));
    for (const row of rows) counter.add(row.group, numbers.get(row.problem) ?? 0, row.correct);
    const wanted = measureAccuracy(rows.filter((row) => row.group === group));
    const found = counter.read(group);
    expect([found.n, found.correct, found.accuracy]).toEqual([wanted.n, wanted.correct, wanted.accuracy]);
    expect(found.interval[0]).toBeCloseTo(wanted.interval[0], 12);
    expect(found.interval[1]).toBeCloseTo(wanted.interval[1], 12);
  });

  it('has an interval for no row, and for rows that are all right', () => {
    const counter = createCounter(2);
    expect(counter.read(0)).toEqual({ n: 0, correct: 0, accuracy: 0, interval: measureAccuracy([]).interval });
    for (const question of [1, 1, 2, 2]) counter.add(1, question, true);
    const all = ['a', 'a', 'b', 'b'].map((problem) => ({ problem, correct: true }));
    expect(counter.read(1)).toEqual(measureAccuracy(all));
  });
});
