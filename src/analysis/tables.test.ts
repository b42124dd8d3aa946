import { describe, expect, it } from 'vitest';
import { accuracyTable } from './accuracy-table.js';
import { diversityTable } from './diversity-table.js';
import { failureTable } from './failure-table.js';
import { lengthTable, quantile } from './length-table.js';
import { tokensAndTime } from './tokens-and-time.js';
import { yieldTable } from './yield-table.js';

describe('accuracyTable(rows, by)', () => {
  const rows = [
    { problem: 'a', correct: true, level: 2, subject: 'algebra' },
    { problem: 'b', correct: false, level: 1, subject: 'algebra' },
    { problem: 'c', correct: true, level: 1, subject: 'geometry' },
    { problem: 'd', correct: true, level: 1, subject: 'algebra' },
  ];

  it('has a sorted row for each value, with the interval', () => {
    expect(accuracyTable(rows, 'level')).toEqual([
      { level: 1, n: 3, correct: 2, accuracy: 2 / 3, low: expect.closeTo(0.2077, 3), high: expect.closeTo(0.9385, 3) },
      { level: 2, n: 1, correct: 1, accuracy: 1, low: expect.closeTo(0.2065, 3), high: 1 },
    ]);
  });

  it('crosses several fields', () => {
    const found = accuracyTable(rows, ['subject', 'level']).map(({ subject, level, n }) => [subject, level, n]);
    expect(found).toEqual([['algebra', 1, 2], ['algebra', 2, 1], ['geometry', 1, 1]]); // biome-ignore format: a table
  });
});

describe('yieldTable(items)', () => {
  it('counts each status and measures the graded ones', () => {
    const statuses = ['kept', 'kept', 'kept', 'wrong', 'duplicate', 'failed'] as const;
    const items = statuses.map((status) => ({ technique: 'fobar', status }));
    expect(yieldTable([...items, { technique: 'answers', status: 'failed' }])).toEqual([
      {
        technique: 'fobar',
        asked: 6,
        kept: 3,
        wrong: 1,
        duplicate: 1,
        leftOut: 1,
        yield: 0.5,
        accuracy: 0.8,
        low: expect.closeTo(0.3755, 3),
        high: expect.closeTo(0.9638, 3),
      },
      expect.objectContaining({ technique: 'answers', asked: 1, leftOut: 1, yield: 0, accuracy: 0, low: 0, high: 1 }),
    ]);
  });
});

describe('yieldTable(items) of what was not asked again', () => {
  it('counts it as a duplicate, and as no answer', () => {
    const items = [
      { technique: 'rephrase', status: 'kept' as const, equivalent: true },
      { technique: 'rephrase', status: 'wrong' as const, equivalent: false },
      { technique: 'rephrase', status: 'duplicate' as const, equivalent: null },
    ];
    expect(yieldTable(items)[0]).toMatchObject({
      asked: 3,
      kept: 1,
      wrong: 1,
      duplicate: 1,
      leftOut: 0,
      accuracy: 0.5,
    });
  });
});

describe('lengthTable(rows)', () => {
  it('describes each group', () => {
    const rows = [1, 2, 3, 4, 10].map((length) => ({ length, group: 'right' }));
    expect(lengthTable([...rows, { length: 7 }])).toEqual([
      { group: 'right', n: 5, mean: 4, min: 1, median: 3, p90: expect.closeTo(7.6, 9), max: 10 },
      { group: 'all', n: 1, mean: 7, min: 7, median: 7, p90: 7, max: 7 },
    ]);
  });

  it.each([
    [[1, 2], 0.5, 1.5],
    [[5], 0.9, 5],
    [[], 0.5, 0],
  ])('quantile(%j, %s) is %s', (sorted, share, expected) => {
    expect(quantile(sorted, share)).toBe(expected);
  });
});

describe('diversityTable(rows)', () => {
  it('sees through case, spaces and, for patterns, numbers', () => {
    const texts = ['Tom has 3 pens.', 'tom  has 3 pens.', 'Tom has 1,450 pens.', 'Ann has 2 cats.'];
    expect(diversityTable(texts.map((text) => ({ text })))).toEqual([
      {
        group: 'all',
        n: 4,
        distinct: 3,
        patterns: 2,
        vocabulary: 8,
        distinct1: 8 / 16,
        distinct2: 8 / 12,
        distinct3: 6 / 8,
      },
    ]);
  });

  it.each([[''], ['one']])('of %j has shares without a division by 0', (text) => {
    expect(diversityTable([{ text }])[0]).toMatchObject({ n: 1, distinct3: 0 });
  });
});

describe('tokensAndTime(manifest)', () => {
  it('has a row a stage; an unfinished one has no time', () => {
    const tokens = { promptTokens: 40, completionTokens: 90 };
    const counts = { done: 3, failed: 1, ...tokens };
    const row = { done: 3, leftOut: 1, ...tokens };
    const finished = { evaluate: { finishedAt: '2026-01-01T00:00:00Z', elapsedMs: 1500, summary: {} } };
    expect(tokensAndTime({ stages: { evaluate: counts, judge: counts }, finished })).toEqual([
      { stage: 'evaluate', ...row, seconds: 1.5 },
      { stage: 'judge', ...row, seconds: null },
    ]);
  });

  it('has no time where the clock stood still, and then no row more', () => {
    const tokens = { promptTokens: 40, completionTokens: 90 };
    const counts = { done: 3, failed: 1, ...tokens };
    const row = { done: 3, leftOut: 1, ...tokens };
    const finished = { judge: { finishedAt: '2026-01-01T00:00:00Z', elapsedMs: 0, summary: {} } };
    expect(tokensAndTime({ stages: { judge: counts }, finished })).toEqual([{ stage: 'judge', ...row, seconds: null }]);
  });

  it('keeps the time of a session whose steps have other names', () => {
    const tokens = { promptTokens: 40, completionTokens: 90 };
    const counts = { done: 3, failed: 1, ...tokens };
    const finished = { augment: { finishedAt: '2026-01-01T00:00:00Z', elapsedMs: 2500, summary: {} } };
    const rows = tokensAndTime({ stages: { answers: counts, fobar: counts }, finished });
    expect(rows.map(({ stage, done, seconds }) => [stage, done, seconds])).toEqual([
      ['answers', 3, null],
      ['fobar', 3, null],
      ['augment', 0, 2.5],
    ]);
  });
});

describe('failureTable(records)', () => {
  it('joins reasons that differ in digits, most frequent first', () => {
    const failed = (reason: string) => ({ stage: 'solve', status: 'failed', reason });
    const records = [
      failed('no answer'),
      failed('cut at 512 tokens'),
      failed('cut at 256 tokens'),
      { stage: 'solve', status: 'done' },
      failed('HTTP 503'),
    ];
    expect(failureTable(records)).toEqual([
      { stage: 'solve', reason: 'cut at … tokens', count: 2 },
      { stage: 'solve', reason: 'HTTP 503', count: 1 },
      { stage: 'solve', reason: 'no answer', count: 1 },
    ]);
  });
});
