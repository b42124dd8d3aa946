import { describe, expect, it } from 'vitest';
import { judgeLessons } from './judge-lessons.js';
import { recognizePocket } from './recognize.js';

const prompt = (task: string, values: Readonly<Record<string, string>>): string =>
  [task, ...Object.values(values)].join('|');
const take = (first: number, count: number) => [...judgeLessons({ first, count, seed: 7, prompt })];

describe('the lessons of the judge', () => {
  it('hold a problem, the line that ends its right solutions, and a place for the own solution', () => {
    for (const { user, conclusion, judge } of take(0, 60)) {
      const [task, question = ''] = user.split('|');
      const problem = recognizePocket(question);
      expect(task).toBe('solve');
      expect(problem?.solution.split('\n').at(-1)).toBe(conclusion);
      expect(judge).toBe(`judge|${question}|{solution}`);
    }
  });

  it('are all different, and shards put together are the whole', () => {
    const whole = take(0, 30);
    expect(new Set(whole.map(({ user }) => user)).size).toBe(30);
    expect([...take(0, 11), ...take(11, 19)]).toEqual(whole);
  });
});
