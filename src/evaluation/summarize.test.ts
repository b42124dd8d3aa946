import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../wilson-interval.js';
import { summarize } from './summarize.js';

const row = (problem: string, correct: boolean, more: object = {}) => ({
  problem,
  correct,
  status: 'done' as const,
  answer: correct ? '1' : '2',
  rule: 'integer',
  level: 1,
  subject: 'algebra',
  steps: 2,
  promptTokens: 10,
  completionTokens: 20,
  ...more,
});

describe('summarize(rows, { grader })', () => {
  const rows = [
    row('a', true),
    row('b', false),
    row('c', false, { answer: undefined, rule: undefined, finishReason: 'length' }),
    row('d', false, {
      status: 'failed',
      reason: 'HTTP 503',
      answer: undefined,
      rule: undefined,
      completionTokens: undefined,
    }),
  ];

  it('counts unanswered items as wrong, and calls that failed neither as right nor as wrong', () => {
    expect(summarize(rows, { grader: 'mathpie' })).toMatchObject({
      n: 3,
      correct: 1,
      accuracy: 1 / 3,
      interval: wilsonInterval(1, 3),
      grader: 'mathpie',
      problems: 4,
      samples: 1,
      failed: 1,
      failedForGood: 1,
      unanswered: 1,
      truncated: 1,
      failures: [{ reason: 'HTTP 503', count: 1 }],
      rules: [{ rule: 'integer', count: 2 }],
      promptTokens: 40,
      completionTokens: 60,
    });
  });

  it('breaks the accuracy down by level, subject, steps, length and type', () => {
    const { by } = summarize(rows, { grader: 'mathpie' });
    expect(Object.keys(by)).toEqual([
      ...['level', 'subject', 'steps', 'length', 'type', 'questionThird', 'nearestType'],
    ]);
    expect(by.level).toEqual([{ value: 1, n: 3, correct: 1, accuracy: 1 / 3, interval: wilsonInterval(1, 3) }]);
  });

  it('adds the majority vote and pass@k only when there are several samples', () => {
    expect(summarize(rows, { grader: 'mathpie' })).not.toHaveProperty('majority');
    const sampled = ['aab', 'abb', 'abc'].flatMap((answers, index) =>
      [...answers].map((answer, sample) => row(`p${index}`, answer === 'a', { sample, answer })),
    );
    const summary = summarize(sampled, { grader: 'mathpie' });
    expect(summary).toMatchObject({ n: 9, problems: 3, samples: 3, correct: 4 });
    // p0 elects a, p1 elects b, p2 is a tie that the first answer wins
    expect(summary.majority).toMatchObject({ k: 3, n: 3, correct: 2, ties: 1 });
    expect(summary.passAt?.map(({ k }) => k)).toEqual([1, 2, 3]);
    expect(summary.passAt?.at(-1)).toMatchObject({ value: 1, interval: wilsonInterval(3, 3) });
    expect(summary.majorityAt?.at(-1)?.value).toBe(summary.majority?.accuracy);
  });

  it('says what the thirds by length of the question hold', () => {
    const lengths = [9, 40, 12, 25].map((questionLength, index) =>
      row(`p${index}`, true, { questionLength, questionThird: ['short', 'long', 'short', 'medium'][index] }),
    );
    const { by, questionThirds } = summarize(lengths, { grader: 'mathpie' });
    expect(by.questionThird?.map(({ value, n }) => [value, n])).toEqual([['short', 2], ['medium', 1], ['long', 1]]); // biome-ignore format: a table
    expect(questionThirds?.[0]).toEqual({ third: 'short', from: 9, to: 12 });
  });

  it('is plain JSON', () => {
    const summary = summarize(rows, { grader: 'mathpie' });
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  });
});
