import { describe, expect, it } from 'vitest';
import { meanVerdicts, readVerdictRecord, verdictSampling, verdictSource } from './ask-verdict.js';

const model = (topLogProbabilities: number) => ({ capabilities: { topLogProbabilities } as never });
const told = [
  { token: 'Yes', logProbability: Math.log(0.6) },
  { token: ' no', logProbability: Math.log(0.2) },
];

describe('asking for yes or no', () => {
  it.each([
    [20, 'first-token', { samples: 1, sampling: { temperature: 0, maxTokens: 1, topLogProbabilities: 20 } }],
    [50, 'first-token', { samples: 1, sampling: { temperature: 0, maxTokens: 1, topLogProbabilities: 20 } }],
    [1, 'sampled', { samples: 8, sampling: { temperature: 1, maxTokens: 8, seed: 3 } }],
  ])('%d probabilities told', (most, source, asked) => {
    expect(verdictSource(model(most))).toBe(source);
    expect(verdictSampling(model(most), { seed: 3 })).toEqual(asked);
  });

  it.each([
    ['the probability of yes', 'first-token', { text: 'No', firstToken: told }, { score: 0.75, source: 'first-token' }],
    [
      'neither word',
      'first-token',
      { text: 'Well', firstToken: [{ token: 'Well', logProbability: 0 }] },
      { failed: 'no-verdict', source: 'first-token' },
    ],
    ['an endpoint that refuses to tell them', 'first-token', { text: 'Yes' }, { score: 1, source: 'sampled' }],
    ['one that tells an empty list', 'first-token', { text: '**No', firstToken: [] }, { score: 0, source: 'sampled' }],
    ['a verdict', 'sampled', { text: 'Yes, it is' }, { score: 1, source: 'sampled' }],
    ['no verdict', 'sampled', { text: 'Perhaps' }, { failed: 'no-verdict', source: 'sampled' }],
  ] as const)('reads %s', (_, source, completion, fields) => {
    expect(readVerdictRecord(completion, source)).toEqual(fields);
  });

  it('takes the mean of the verdicts on each', () => {
    const record = (input: string, score?: number) => ({
      input,
      score,
      status: score === undefined ? 'failed' : 'done',
    });
    const records = [record('a', 1), record('a', 0), record('a'), record('b', 0.25), record('c')];
    expect([...meanVerdicts(records as never)]).toEqual([
      ['a', 0.5],
      ['b', 0.25],
    ]);
  });
});
