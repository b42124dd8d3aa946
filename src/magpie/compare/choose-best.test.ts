import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extractAnswer } from '../../answers/extract/extract-answer.js';
import { readJsonl } from '../../storage/read-jsonl.js';
import type { ScoredRow } from '../rows/score-fields.js';
import { chooseBest } from './choose-best.js';

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

const answers = join(import.meta.dirname, '../../../shared/data/math/eight-answers-each.jsonl');
type Answer = { id: string; pred: string; expect: boolean; rm_score: number };

describe.skipIf(!existsSync(answers))('100 problems with eight real answers and rewards', () => {
  it.each([
    [['reward'] as const, 95],
    [['agreement'] as const, 93],
    [['reward', 'agreement'] as const, 94],
  ])('by %j the best is right on %i, as docs/magpie.md says', async (by, rightCount) => {
    const { rows } = await readJsonl<Answer>({ file: answers });
    const problems = groupByProblem(rows);
    const scored = problems.map((eight) =>
      toRow(
        eight.map(({ pred }) => extractAnswer(pred)?.answer ?? null),
        eight.map(({ rm_score }) => rm_score),
      ),
    );
    const right = chooseBest(scored, { by }).filter((best, place) => problems[place]?.[best ?? -1]?.expect);
    expect([problems.length, right.length]).toEqual([100, rightCount]);
  });
});

function groupByProblem(rows: readonly Answer[]): Answer[][] {
  const groups = new Map<string, Answer[]>();
  for (const row of rows) {
    const problem = row.id.replace(/-[0-9]+$/, '');
    groups.set(problem, [...(groups.get(problem) ?? []), row]);
  }
  return [...groups.values()];
}
