import { describe, expect, it } from 'vitest';
import { checkExercise } from './check-exercise.js';
import type { Output } from './kernel.js';

function check<Answer extends number | string | boolean>(mine: Answer | undefined, right: Answer, within?: number) {
  const outputs: Output[] = [];
  const screen = { isNotebook: true, show: (output: Output) => void outputs.push(output) };
  const exercise = { name: 'Exercise 1', mine, answer: () => right, hint: 'count <them>', ...(within && { within }) };
  checkExercise<Answer>(exercise, screen);
  const data = outputs[0]?.data ?? {};
  const sign = String(data['text/plain']).slice(0, 1);
  return { verdict: { '…': 'open', '✓': 'right', '✗': 'wrong' }[sign], data };
}

describe('checkExercise()', () => {
  it.each<[number | string | boolean | undefined, number | string | boolean, number | undefined, string]>([
    [undefined, 3, undefined, 'open'],
    [3, 3, undefined, 'right'],
    [0.1 + 0.2, 0.3, undefined, 'right'],
    [3.4, 3, 0.5, 'right'],
    [3.6, 3, 0.5, 'wrong'],
    [Number.NaN, 3, 0.5, 'wrong'],
    [' AnsAug ', 'ansaug', undefined, 'right'],
    ['none', 'AnsAug', undefined, 'wrong'],
    ['cannot tell', 'cannot-tell', undefined, 'right'],
    ['Cannot - tell', 'cannot-tell', undefined, 'right'],
    ['-3', 3, undefined, 'wrong'],
    [false, true, undefined, 'wrong'],
    [true, true, undefined, 'right'],
    ['3', 3, undefined, 'right'],
  ])('%j for %j within %j is %s', (mine, right, within, verdict) => {
    expect(check(mine, right, within).verdict).toBe(verdict);
  });

  it('gives a hint and never the answer', () => {
    expect(check(4, 37).data['text/plain']).toBe('✗ Exercise 1: not yet. Hint: count <them>');
    expect(check<number>(undefined, 37).data['text/plain']).toBe('… Exercise 1: not answered yet. Hint: count <them>');
    expect(String(check(4, 37).data['text/html'])).not.toMatch(/37|<them>/);
    expect(check(37, 37).data['text/plain']).toBe('✓ Exercise 1: right');
  });
});
