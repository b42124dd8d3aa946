import { describe, expect, it } from 'vitest';
import { gradeResponse } from '../answers/grade/grade-response.js';
import { pocketProblems } from '../problems/pocket/generate.js';
import { checkAnswers, type PoolRow } from './check-answers.js';
import { plantWrongAnswer } from './plant-wrong-answer.js';

const row = (id: string, query: string, answer: string): PoolRow => ({
  ...{
    id,
    query,
    type: 'POCKET_AnsAug',
    original_question: query,
    problem: query,
    subject: null,
    level: 1,
    gold: '12',
  },
  response: `3 * 4 = ${answer}\nThe answer is: ${answer}`,
});

describe('plantWrongAnswer()', () => {
  it.each([
    ['3 * 4 = 12\nThe answer is: 12', '12', /^3 \* 4 = (\d\d)\nThe answer is: \1$/],
    ['12 + 0 = 12\nThe answer is: 12', '12', /^12 \+ 0 = (\d\d)\nThe answer is: \1$/],
    ['112 - 100 = 12\nThe answer is: 12', '12', /^112 - 100 = (\d\d)\nThe answer is: \1$/],
  ])('changes the result of %j alone, everywhere it stands', (response, answer, expected) => {
    const wrong = plantWrongAnswer(response, { answer, seed: 'a' });
    expect(wrong).toMatch(expected);
    expect(gradeResponse({ gold: answer, response: wrong ?? '' }).equivalent).toBe(false);
  });

  it('has nothing to change in an answer without a number', () => {
    expect(plantWrongAnswer('So it is even.', { answer: 'even', seed: 'a' })).toBeUndefined();
  });

  it('makes nearly every solution of the grammar wrong, the same for the same seed', () => {
    const problems = pocketProblems({ count: 200, seed: 3, split: 'train' });
    const planted = problems.map(({ id, solution, answer }) => plantWrongAnswer(solution, { answer, seed: id }));
    const wrong = problems.filter(
      ({ answer }, place) =>
        !gradeResponse({ gold: answer, response: planted[place] ?? `\\boxed{${answer}}` }).equivalent,
    );
    expect(wrong.length).toBeGreaterThanOrEqual(195);
    expect(problems.map(({ id, solution, answer }) => plantWrongAnswer(solution, { answer, seed: id }))).toEqual(
      planted,
    );
  });
});

describe('checkAnswers()', () => {
  const rows = [row('1', 'q', '12'), row('2', 'q', '12'), row('3', 'q', '13'), row('4', 'r', '15')];
  const kept = (check: 'graded' | 'majority' | 'ungraded') =>
    checkAnswers(rows, { check, planted: 0, seed: 1 }).map(({ id }) => id);

  it('keeps what equals gold, what most answers say, or all', () => {
    expect(kept('graded')).toEqual(['1', '2']);
    expect(kept('majority')).toEqual(['1', '2', '4']);
    expect(kept('ungraded')).toEqual(['1', '2', '3', '4']);
  });

  it('tells nothing of gold where nothing was graded', () => {
    for (const check of ['majority', 'ungraded'] as const)
      for (const each of checkAnswers(rows, { check, planted: 0, seed: 1 })) {
        expect(each).not.toHaveProperty('gold');
        expect(each).not.toHaveProperty('equivalent');
      }
  });

  it('makes a share of the answers wrong, those of a smaller share among them; grading finds all', () => {
    const many = Array.from({ length: 500 }, (_, place) => row(String(place), `q${place}`, '12'));
    const wrongAt = (planted: number) =>
      checkAnswers(many, { check: 'ungraded', planted, seed: 1 }).flatMap(({ id, response }) =>
        response.includes('12') ? [] : [id],
      );
    const [few, more] = [wrongAt(0.1), wrongAt(0.4)];
    expect(few.length).toBeGreaterThan(30);
    expect(few.length).toBeLessThan(70);
    expect(more.length).toBeGreaterThan(160);
    expect(few.every((id) => more.includes(id))).toBe(true);
    expect(checkAnswers(many, { check: 'graded', planted: 0.4, seed: 1 })).toHaveLength(500 - more.length);
  });
});
