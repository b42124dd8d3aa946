import { describe, expect, it } from 'vitest';
import { checkResponses } from './check-responses.js';
import type { RankVerdict } from './rank-candidates.js';

const verdict = (majority_answer: string | null, majority_share: number): RankVerdict => ({
  id: 1,
  verdict: 'dropped',
  reason: 'unanimous',
  majority_answer,
  majority_share,
});

describe('checkResponses(rows, {verdicts})', () => {
  it.each([
    ['7', verdict('7', 1), 'agrees'],
    ['7.0', verdict('7', 0.5), 'agrees'],
    ['8', verdict('7', 0.75), 'disagrees'],
    [null, verdict('7', 0.75), 'disagrees'],
    ['7', verdict('7', 0.4), 'unchecked'],
    ['7', verdict(null, 0.5), 'unchecked'],
    ['7', { ...verdict('7', 1), id: 2 }, 'unchecked'],
  ])('the answer %j under %j is %s', (extracted, one, check) => {
    const [checked] = checkResponses([{ id: 1, extracted }], { verdicts: [one] });
    expect(checked?.check).toBe(check);
    expect(checked?.check_rule === null).toBe(check === 'unchecked');
  });
});
