import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../../errors.js';
import type { LanguageModel } from '../../models/language-model.js';
import { openRun, type Run } from '../../runs/open-run.js';
import { parseReply } from '../../steps/ask-json.js';
import { readCandidates } from '../rows/read-candidates.js';
import type { ScoredRow } from '../rows/score-fields.js';
import { combineScores } from './combine-scores.js';
import { rank } from './rank-candidates.js';
import { readGrade } from './score-by-grade.js';
import { scoreCandidates } from './score-candidates.js';
import { rewardRows, takeRewards } from './score-rewards.js';

const folder = mkdtempSync(join(tmpdir(), 'magpie-score-'));
afterAll(() => rmSync(folder, { recursive: true }));
let fileCount = 0;
const write = (text: string): string => {
  const file = join(folder, `${fileCount++}.jsonl`);
  writeFileSync(file, text);
  return file;
};

async function inRun<Result>(work: (run: Run) => Promise<Result>): Promise<Result> {
  const directory = join(folder, `run-${fileCount++}`);
  const run = await openRun({ directory, stage: 'score', config: { seed: 3 } });
  try {
    return await work(run);
  } finally {
    await run.close();
  }
}

/** `4:-6/3` answers 4, with log-probability -6 over 3 tokens. */
function toRow(id: number, answers: readonly string[], more: Partial<ScoredRow> = {}): ScoredRow {
  const candidates = answers.map((text, sample) => {
    const [answer = '', likelihood] = text.split(':');
    const [sum, tokens] = (likelihood ?? '').split('/').map(Number);
    const known = likelihood === undefined ? {} : { log_probability: sum ?? 0 };
    return {
      sample,
      temperature: 0.8,
      response: `${sample}. It is \\boxed{${answer}}.`,
      extracted: answer === '' ? null : answer,
      rule: 'boxed',
      tokens: tokens ?? 5,
      ...known,
    };
  });
  return {
    id,
    instruction: `What is 2 + ${id}?`,
    pre_query_template: null,
    response: null,
    created: 0,
    gen_input_configs: null,
    gen_response_configs: null,
    responses: candidates.map(({ response }) => response),
    candidates,
    failed_candidates: [],
    ...more,
  };
}

/** Says each text of `replies` once for each question, the last one for ever. */
function replyingModel(replies: readonly string[]): LanguageModel & { asked: string[] } {
  const asked: string[] = [];
  return {
    name: 'http://x/v1#judge',
    asked,
    capabilities: { chat: true, raw: false, topLogProbabilities: 0, seed: true },
    async *generate(requests) {
      for (const { id, prompt, sampling } of requests) {
        if (!('messages' in prompt)) continue;
        const content = prompt.messages[0]?.content ?? '';
        const start = content.split('Reply with')[0] ?? '';
        const before = asked.filter((text) => text.startsWith(start)).length;
        asked.push(content);
        expect(sampling.jsonSchema?.name).toBe('grade');
        const text = replies[Math.min(before, replies.length - 1)] ?? '';
        yield { requestId: id, sample: 0, text, finishReason: 'stop', promptTokens: 1, completionTokens: 1 };
      }
    },
    close: async () => undefined,
  };
}

describe('scoreCandidates()', () => {
  it('keeps each source in a field of its own and says who gave it', async () => {
    const rows = [toRow(2, ['4:-6/3', '4:-1/2', '5', ''])];
    const { rows: scored, counts } = await inRun((run) =>
      scoreCandidates({ rows, run, by: ['agreement', 'log-probability'] }),
    );
    expect(scored[0]).toMatchObject({
      agreement_scores: [0.5, 0.5, 0.25, null],
      log_probability_scores: [-2, -0.5, null, null],
      scored_by: { agreement: { of: 'equivalent answers' }, 'log-probability': { per: 'token' } },
    });
    expect(counts).toEqual({ agreement: { scored: 3, unscored: 1 }, 'log-probability': { scored: 2, unscored: 2 } });
  });

  it.each([
    ['a grade', ['{"fault": "", "points": 9}'], 0.9, {}, 0],
    ['a grade in words around it', ['<think>hm {</think>Here: ```json\n{"points": 7}\n```'], 0.7, {}, 0],
    ['no JSON at first', ['Nine of ten!', '{"points": 9}'], 0.9, {}, 1],
    ['never JSON', ['Nine of ten!'], null, { 'it is no JSON object': 1 }, 2],
    ['points out of range', ['{"points": 11}'], null, { '"points" is no whole number from 0 to 10': 1 }, 2],
  ])('a judge that gives %s', async (_, replies, score, failed, repairs) => {
    const model = replyingModel(replies);
    const result = await inRun((run) => scoreCandidates({ rows: [toRow(2, ['4'])], run, by: ['grade'], model }));
    expect(result.rows[0]).toMatchObject({ grade_scores: [score], scored_by: { grade: { model: model.name } } });
    expect(result.failed).toEqual(failed);
    expect(model.asked).toHaveLength(1 + repairs);
    if (repairs > 0) expect(model.asked[1]).toMatch(/An earlier reply could not be used \(/);
  });

  it.each([
    [['reward'] as const, /^Cannot score by reward: no reward model is named; give rewardModel/],
    [['judge'] as const, /^Cannot score by judge: no judge is named; give model/],
    [['agreement', 'grade'] as const, /^Cannot score by grade: no judge is named/],
    [['log-probability'] as const, /^Cannot score by log-probability: no candidate brings one/],
  ])('%j without what it needs is refused', async (by, message) => {
    const work = inRun((run) => scoreCandidates({ rows: [toRow(2, ['4', '5'])], run, by }));
    await expect(work).rejects.toThrow(message);
  });
});

describe('takeRewards()', () => {
  const rows = [toRow(2, ['4', '5']), toRow(3, ['5'])];
  const ids = [...rewardRows(rows)].map(({ id }) => id);
  const line = (id: string | undefined, more: object): string => JSON.stringify({ id, tokens: 9, ...more });
  const model = 'RLHFlow/ArmoRM-Llama3-8B-v0.1';

  it('puts each score beside its solution, whatever the order, and no score where there is none', async () => {
    const scores = [
      line(ids[2], { score: 0.3 }),
      line(ids[0], { score: 0.1 }),
      line(ids[1], { score: null, error: 'long' }),
    ];
    const scored = await takeRewards(rows, { file: write(scores.join('\n')), model });
    expect(scored.map((row) => row.reward_scores)).toEqual([[0.1, null], [0.3]]);
    expect(scored.map((row) => row.rewards_armorm)).toEqual([undefined, [{ score: 0.3 }]]);
  });

  it.each([
    [
      'another id',
      [line('9:abc#def', { score: 1 })],
      /:1: the id "9:abc#def" is of none of these candidates; score this/,
    ],
    ['a score without id', [JSON.stringify({ score: 1 })], /:1: the id null is of none/],
    ['no score', [line(ids[0], {})], /:1: it holds no score/],
    ['a null without a reason', [line(ids[0], { score: null })], /:1: it holds no score/],
    ['a part of the candidates', [line(ids[0], { score: 1 })], /it has scores of 1 of 3 candidates; let the same/],
  ])('a file with %s is refused in one line', async (_, lines, message) => {
    const taking = takeRewards(rows, { file: write(lines.join('\n')), model });
    await expect(taking).rejects.toThrow(InputError);
    await expect(taking).rejects.toThrow(message);
  });
});

describe('rank({ by })', () => {
  const rewards = (scores: readonly (number | null)[]): Partial<ScoredRow> => ({ reward_scores: scores });

  it('brings several scores to one scale and keeps what was given', () => {
    const row = toRow(2, ['4', '5', '6'], { ...rewards([-4, 6, 6]), grade_scores: [1, 0.5, null] });
    expect(combineScores([row], { by: ['reward', 'grade'] })[0]).toEqual([
      { score: (1 / 6 + 1) / 2, given: { reward: -4, grade: 1 } },
      { score: (2 / 3 + 0.5) / 2, given: { reward: 6, grade: 0.5 } },
      { score: null, given: { reward: 6, grade: null } },
    ]);
  });

  it.each([
    ['the best of the majority and the worst of the wrong', ['4', '4', '5', '6'], [1, 3, 2, 0], {}, [1, 3, 'wrong']],
    [
      'a wrong one that the reward model likes best',
      ['4', '4', '4', '5'],
      [1, 2, 0, 9],
      { margin: 0 },
      [1, 3, 'wrong'],
    ],
    [
      'a right one scored much lower, where asked for',
      ['4', '4', '5'],
      [0, 9, null],
      { lowerMargin: 0.4 },
      [1, 0, 'lower'],
    ],
  ])('pairs %s', async (_, answers, scores, settings, [chosen, rejected, because]) => {
    const { pairs } = await inRun((run) =>
      rank({ rows: [toRow(2, answers, rewards(scores))], run, by: ['reward'], ...settings }),
    );
    expect(pairs[0]).toMatchObject({
      rejected_because: because,
      preferred_scores: { given: { reward: scores[Number(chosen)] } },
    });
    expect([pairs[0]?.preferred_response[0], pairs[0]?.rejected_response[0]]).toEqual([
      String(chosen),
      String(rejected),
    ]);
  });

  it.each([
    ['unanimous', ['4', '4.0'], [1, 9], { lowerMargin: 0 }],
    ['tie', ['4', '5'], [1, 9], {}],
    ['no-judge-score', ['4', '4', '5'], [1, 2, null], {}],
    ['small-margin', ['4', '4', '5', '5', '4'], [0, 0, 9, 9, 0], {}],
  ])('drops and counts: %s', async (reason, answers, scores, settings) => {
    const { pairs, dropped } = await inRun((run) =>
      rank({ rows: [toRow(2, answers, rewards(scores))], run, by: ['reward'], ...settings }),
    );
    expect([pairs, dropped]).toEqual([[], { [reason]: 1 }]);
  });

  it('refuses scores that nobody gave', async () => {
    const work = inRun((run) => rank({ rows: [toRow(2, ['4', '5'])], run, by: ['reward'] }));
    await expect(work).rejects.toThrow(
      /^Cannot rank by reward: no candidate has such a score; score them by reward first/,
    );
  });
});

describe('readGrade() and parseReply()', () => {
  it.each([
    ['{"points": 3}', { value: 0.3 }],
    ['{"points": "3"}', { fault: expect.any(String) }],
    ['{"points": 2.5}', { fault: expect.any(String) }],
    ['{"fault": ""}', { fault: 'it lacks "points"' }],
    ['[3]', undefined],
    ['{"points": 3', undefined],
    [`{"fault": "${'x'.repeat(30_000)}", "points": 3}`, undefined],
  ])('%.40s', (text, expected) => {
    const reply = parseReply(text);
    expect(reply && readGrade(reply)).toEqual(expected);
  });
});

const upstream = join(import.meta.dirname, '../../../shared/data/magpie/qwen2.5-3b-seven-responses-armorm.json');

describe.skipIf(!existsSync(upstream))('200 real problems with seven responses', () => {
  it('are read with their rewards, and rank by reward and agreement', async () => {
    const rows = await readCandidates([upstream]);
    expect([rows.length, rows[0]?.candidates.length, rows[0]?.reward_scores?.length]).toEqual([200, 7, 7]);
    const { pairs, dropped, verdicts } = await inRun((run) => rank({ rows, run, by: ['reward'] }));
    expect(pairs.length + Object.values(dropped).reduce((sum, count) => sum + count, 0)).toBe(200);
    expect(verdicts).toHaveLength(200);
    for (const pair of pairs) expect(pair.preferred_response).not.toBe(pair.rejected_response);
  });

  it('a file that was cut is refused', async () => {
    const cut = write(readFileSync(upstream, 'utf8').slice(0, 40_000));
    await expect(readCandidates([cut])).rejects.toThrow(/may have been cut/);
  });
});
