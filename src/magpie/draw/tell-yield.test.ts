import { describe, expect, it } from 'vitest';
import { tellNames } from '../../name-setting.js';
import type { JudgedInstruction } from './judge-instructions.js';
import { describeYield } from './tell-yield.js';

/** `40 kept, 10 mixed-scripts` as judged texts. */
function judge(words: string, likelihood: object = {}) {
  const candidates = words.split(', ').flatMap((part): JudgedInstruction[] => {
    const [count, reason = ''] = part.split(' ');
    const verdict = reason === 'kept' ? 'accepted' : 'rejected';
    const one = { candidate: 'c', verdict, reason: verdict === 'accepted' ? null : reason, instruction: 'x' } as const;
    return Array.from({ length: Number(count) }, () => one);
  });
  return {
    judged: { accepted: [], candidates },
    records: candidates.map(() => ({ completionTokens: 60, ...likelihood })),
  };
}
const tell = (words: string, { count = 100, maxCandidates = 850, likelihood = {} } = {}): string => {
  const { judged, records } = judge(words, likelihood);
  const lines = describeYield(records, { judged, count, maxCandidates, seconds: 100 });
  return lines.map((line) => tellNames(line, (setting) => `--${setting}`)).join('\n');
};

describe('describeYield()', () => {
  it('tells the yield by reason, and what a kept problem costs', () => {
    expect(tell('40 kept, 6 not-a-problem, 4 duplicate')).toBe(
      'Of the first 50 texts 40 are problems (rejected: not-a-problem 6, duplicate 4); a kept problem takes 75 tokens and 2.5 s',
    );
  });

  it.each([
    [
      '10 kept, 15 mixed-scripts, 20 not-a-problem, 5 length',
      /--temperature is above what this model bears; lower it, or .* --minP 0\.05$/,
    ],
    ['10 kept, 30 assistant-voice, 10 not-a-problem', /mathpie magpie template MODEL shows it$/],
    ['10 kept, 40 length', /--maxTokens, or use a model that was tuned to chat$/],
    ['10 kept, 40 duplicate', /raise the --temperature, or ask for several domains by --domain$/],
    ['10 kept, 25 code, 15 not-a-problem', /steer it by --domain or --task, or use a model for mathematics$/],
  ])('of %s names the likely cause', (words, line) => {
    expect(tell(words)).toMatch(line);
  });

  it.each([
    [
      -3.5,
      0.4,
      /The texts are unlikely to the model itself \(greedy drawing would take 40 % of .* probability of 3 % .*: the --temperature/,
    ],
    [-0.9, 0.8, /speaks of other things than mathematics/],
  ])('of texts with a mean log-probability of %d names what it tells', (meanLogProbability, greedyShare, line) => {
    expect(tell('5 kept, 30 not-a-problem, 15 length', { likelihood: { meanLogProbability, greedyShare } })).toMatch(
      line,
    );
  });

  it.each([
    [
      '5 kept, 45 length',
      { count: 100, maxCandidates: 850 },
      /about 85 of the 100 problems come before 850 texts are drawn.*--maxCandidates/,
    ],
    ['50 length', { count: 100, maxCandidates: 850 }, /At this yield none of the 100 problems come/],
  ])('of %s says that the end is out of reach', (words, options, line) => {
    expect(tell(words, options)).toMatch(line);
  });

  it.each(['40 kept, 10 length', '10 kept, 40 length'])('%s: nothing is said of an end that is in reach', (words) => {
    expect(tell(words)).not.toMatch(/At this yield/);
  });
});
