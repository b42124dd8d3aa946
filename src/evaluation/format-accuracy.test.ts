import { describe, expect, it } from 'vitest';
import { formatBreakdown, formatParts } from './format-accuracy.js';
import { summarize } from './summarize.js';

const right = { problem: 'a', correct: true, status: 'done' as const, answer: '1', rule: 'integer' };
const failed = { problem: 'b', correct: false, status: 'failed' as const, reason: 'HTTP 503' };
const declined = { ...failed, problem: 'c', reason: 'the filter ended it', failure: 'refusal' as const };

describe('formatBreakdown()', () => {
  it.each([
    ['nothing where all answered', [right], /^100\.0 % right \(1 of 1, .*\), graded by mathpie$/],
    ['who failed', [right, failed], /\(1 of 1, .*\), graded by mathpie; 1 failed, not counted as wrong$/],
    [
      'who declined',
      [right, declined, { ...declined, problem: 'd' }],
      /\(1 of 3, .*\), graded by mathpie; 2 declined by the model or a filter before it, counted as wrong$/,
    ],
    [
      'both',
      [right, failed, declined],
      /\(1 of 2, .*\), graded by mathpie; 1 failed, not counted as wrong; 1 declined by the model or a filter before it, counted as wrong$/,
    ],
  ])('tells %s', (_, rows, line) => {
    expect(formatBreakdown(summarize(rows as never, { grader: 'mathpie' }))[0]).toMatch(line);
  });

  it('says of rows without the field that it is not known', () => {
    const rows = [
      { ...right, steps: 2 },
      { ...right, problem: 'b' },
    ];
    const lines = formatParts(summarize(rows as never, { grader: 'mathpie', fields: ['steps'] }));
    expect(lines.filter((line) => line.startsWith('  steps')).map((line) => line.split(':')[0])).toEqual([
      '  steps 2',
      '  steps not known',
    ]);
  });
});
