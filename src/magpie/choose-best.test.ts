import { describe, expect, it } from 'vitest';
import { chooseBest } from './choose-best.js';
import type { ScoredRow } from './score-fields.js';

const toRow = (answers: readonly (string | null)[], reward_scores: readonly (number | null)[]): ScoredRow => ({
  id: 0,
  instruction: 'What is 2 + 2?',
  pre_query_template: null,
  response: null,
  created: 0,
  gen_input_configs: null,
  gen_response_configs: null,
  responses: [],
  candidates: answers.map((extracted, sample) => ({
    sample,
    temperature: 1,
    response: String(extracted),
    extracted,
    rule: null,
    tokens: 1,
  })),
  failed_candidates: [],
  reward_scores,
});

describe('chooseBest(rows)', () => {
  it.each([
    [['reward'] as const, ['4', '4.0', '5', '6'], [1, 2, 9, 3], 2],
    [['agreement'] as const, ['5', '4', '4.0', '6'], [1, 2, 9, 3], 1],
    [['reward', 'agreement'] as const, ['4', '4.0', '5', '6'], [1, 8, 9, 3], 1],
    [['agreement'] as const, ['5', '4'], [0, 1], 0],
    [['agreement'] as const, [null, null], [0, 1], undefined],
    [['reward'] as const, ['5', '4'], [0, null], 0],
  ])('by %j of %j with rewards %j is %s', (by, answers, rewards, best) => {
    expect(chooseBest([toRow(answers, rewards)], { by })).toEqual([best]);
  });
});
