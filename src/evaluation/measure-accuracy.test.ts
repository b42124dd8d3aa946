import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../wilson-interval.js';
import { measureAccuracy } from './measure-accuracy.js';

const rows = (verdicts: string) =>
  [...verdicts].flatMap((symbol, index) => (symbol === ' ' ? [] : [{ problem: `p${index}`, correct: symbol === '1' }]));
const clusters = (text: string) =>
  text
    .split(' ')
    .flatMap((cluster, index) => [...cluster].map((symbol) => ({ problem: `p${index}`, correct: symbol === '1' })));
const width = ([low, high]: readonly [number, number]) => high - low;

describe('measureAccuracy(rows)', () => {
  it('gives the Wilson interval when each question was asked once', () => {
    expect(measureAccuracy(rows('1110'))).toEqual({ n: 4, correct: 3, accuracy: 0.75, interval: wilsonInterval(3, 4) });
  });

  it('of nothing is 0 of 0 with the interval [0, 1]', () => {
    expect(measureAccuracy([])).toEqual({ n: 0, correct: 0, accuracy: 0, interval: [0, 1] });
  });

  it('is as wide as for the questions alone when the samples of a question always agree', () => {
    const { interval } = measureAccuracy(clusters('1111 1111 0000 1111'));
    // The design effect of four identical samples is 4 * 4 / 3, with the small-sample factor of the clusters
    expect(interval).toEqual(wilsonInterval(0.75 * 3, 3));
  });

  it('is as narrow as for independent rows when the samples of a question are spread evenly', () => {
    expect(measureAccuracy(clusters('10 10 10 10')).interval).toEqual(wilsonInterval(4, 8));
  });

  it.each(['1111 1111', '0000 0000 0000', '1010'])(
    'counts questions, not samples, where nothing varies: %s',
    (text) => {
      const { interval, n } = measureAccuracy(clusters(text));
      expect(width(interval)).toBeGreaterThan(width(wilsonInterval(n / 2, n)) * 0.99);
    },
  );

  it('does not depend on the order of the rows', () => {
    const some = clusters('110 1 0001 11');
    expect(measureAccuracy([...some].reverse())).toEqual(measureAccuracy(some));
  });
});
