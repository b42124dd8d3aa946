import { expect, it } from 'vitest';
import { compareRuns } from '../evaluation/compare-runs.js';
import { summarize } from '../evaluation/summarize.js';
import { summarizeProduction } from './production-summary.js';

const rows = [
  { problem: 'a', correct: true, level: 1, completionTokens: 10 },
  { problem: 'b', correct: false, level: 5, completionTokens: 20 },
];

it('summarizeProduction() counts what was kept and what was right, and adds up tokens', () => {
  const stage = { done: 2, leftOut: 0, promptTokens: 7, completionTokens: 30 };
  const summary = summarizeProduction({
    model: 'pocket',
    startedAt: '2025-01-01T00:00:00.000Z',
    seedCount: 1,
    grown: [
      { technique: 'answers', status: 'kept', problem: 'p' },
      { technique: 'answers', status: 'duplicate', problem: 'p' },
      { technique: 'fobar', status: 'wrong', problem: 'p' },
      { technique: 'fobar', status: 'failed', problem: 'p' },
    ],
    magpie: { drawn: 3, problems: 2 },
    evaluation: summarize(rows, { grader: 'mathpie' }),
    vote: { k: 3, comparison: compareRuns(rows, rows) },
    stages: [
      { stage: 'a', ...stage, seconds: 1.5 },
      { stage: 'b', ...stage, seconds: null },
    ],
    files: { Report: 'report.html' },
  });
  expect(summary.grown).toMatchObject({ seeds: 1, asked: 4, kept: 1, n: 3, correct: 2 });
  expect(summary.grown.byTechnique.map(({ asked }) => asked)).toEqual([2, 2]);
  expect(summary.tokens).toEqual({ prompt: 14, completion: 60, seconds: 1.5 });
  expect(summary.vote).toMatchObject({ k: 3, n: 2, difference: 0, onlyLeft: 0 });
  expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
});
