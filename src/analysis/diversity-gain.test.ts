import { describe, expect, it } from 'vitest';
import { diversityGain, diversityGainOf } from './diversity-gain.js';

const matrix = (...values: number[]) => ({
  rowCount: values.length / 2,
  columnCount: 2,
  data: Float32Array.from(values),
});

describe('diversityGain(rows)', () => {
  it('is the mean of the distances, over all and by type, with intervals', () => {
    const rows = [
      { distance: 0, type: 'GSM_AnsAug' },
      { distance: 2, type: 'GSM_SV' },
      { distance: 4, type: 'GSM_SV' },
      { distance: 2 },
    ];
    const gains = diversityGain(rows);
    expect(gains.map(({ type, n, gain, repeated }) => [type, n, gain, repeated])).toEqual([
      ['all', 4, 2, 0.25],
      ['GSM_AnsAug', 1, 0, 1],
      ['GSM_SV', 2, 3, 0],
    ]);
    for (const { gain, interval } of gains) {
      expect(interval[0]).toBeLessThanOrEqual(gain);
      expect(interval[1]).toBeGreaterThanOrEqual(gain);
    }
  });

  it('is empty without rows', () => {
    expect(diversityGain([])).toEqual([]);
  });

  it.each([Number.POSITIVE_INFINITY, Number.NaN, -1])('refuses the distance %d', (distance) => {
    expect(() => diversityGain([{ distance }])).toThrow('Cannot measure the diversity gain');
  });
});

describe('diversityGainOf({ base, added })', () => {
  it.each([
    { title: 'the base itself', added: [0, 0, 1, 0], gain: 0 },
    { title: 'one point at squared distance 4', added: [3, 0], gain: 4 },
    { title: 'a copy and that point', added: [1, 0, 3, 0], gain: 2 },
    { title: 'the nearest of two', added: [0.75, 0], gain: 0.0625 },
  ])('of $title is $gain', async ({ added, gain }) => {
    const [all] = await diversityGainOf({ base: matrix(0, 0, 1, 0), added: matrix(...added) });
    expect(all?.gain).toBeCloseTo(gain, 9);
  });
});
