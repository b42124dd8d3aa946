import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runInProcess as mathpie } from './__fixtures__/run-in-process.js';
import { serveEndpoint } from './__fixtures__/serve-endpoint.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-score-'));
afterAll(() => rmSync(directory, { recursive: true }));
const path = (name: string): string => join(directory, name);

/** A file of the original: three responses a problem, the last one missing. */
const upstream = [
  {
    id: 7,
    instruction: 'What is 2 + 2?',
    gen_response_configs: { temperature: 0.8, output_generator: 'x' },
    responses: ['It is \\boxed{4}.', 'It is \\boxed{5}.', 'So \\boxed{4}.', ''],
    rewards_armorm: [{ score: 0.1 }, { score: 0.05 }, { score: 0.2 }, { score: 0.3 }],
  },
];
const file = path('a_4res_armorm.json');
writeFileSync(file, JSON.stringify(upstream));
const rowsOf = (run: string, type: string) => {
  const name = readdirSync(run).find((candidate) => candidate.endsWith(`_${type}.json`)) ?? '';
  return JSON.parse(readFileSync(join(run, name), 'utf8'));
};

describe('mathpie magpie score and rank', () => {
  it("read the original's candidates, keep each score apart and rank by several", async () => {
    const run = path('run');
    const judge = await serveEndpoint((response) => {
      const message = { content: '{"fault": "", "points": 8}' };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }] }));
    });
    try {
      const words = ['--data', file, '--run', run, '--by', 'agreement,grade', '--model', judge.model, '--no-cache'];
      const scored = await mathpie('magpie', 'score', ...words);
      expect(JSON.parse(scored.stdout)).toMatchObject({ counts: { grade: { scored: 3 }, agreement: { scored: 3 } } });
    } finally {
      await judge.close();
    }
    expect(rowsOf(run, 'ins_4res_scored')[0]).toMatchObject({
      reward_scores: [0.1, 0.05, 0.2],
      grade_scores: [0.8, 0.8, 0.8],
      agreement_scores: [0.5, 0.25, 0.5],
      failed_candidates: [{ sample: 3, reason: 'empty' }],
    });
    const ranked = await mathpie('magpie', 'rank', '--run', run, '--by', 'reward,grade');
    expect(JSON.parse(ranked.stdout)).toMatchObject({ pairs: 1, dropped: {} });
    expect(rowsOf(run, 'Align')[0]).toMatchObject({
      preferred_response: 'So \\boxed{4}.',
      rejected_response: 'It is \\boxed{5}.',
      rejected_because: 'wrong',
      preferred_scores: { given: { reward: 0.2, grade: 0.8 } },
    });
  });

  it('take rewards of another machine, and refuse those of other candidates', async () => {
    const run = path('rewards');
    const scores = path('scores.jsonl');
    writeFileSync(scores, JSON.stringify({ id: '7:aaaa#bbbb', score: 1, tokens: 3 }));
    const words = ['--data', file, '--run', run, '--by', 'reward', '--reward-model', 'rm', '--scores', scores];
    const refused = await mathpie('magpie', 'score', ...words);
    expect([refused.exitCode, refused.stderr.trimEnd().split('\n')]).toEqual([
      2,
      [expect.stringMatching(/scores\.jsonl:1: the id "7:aaaa#bbbb" is of none of these candidates/)],
    ]);
    // What the refused command left says what to score.
    const input = readFileSync(join(run, 'reward-input.jsonl'), 'utf8').trim().split('\n');
    const lines = input.map((line, index) => JSON.stringify({ id: JSON.parse(line).id, score: index, tokens: 3 }));
    writeFileSync(scores, lines.reverse().join('\n'));
    expect((await mathpie('magpie', 'score', ...words)).exitCode).toBe(0);
    expect(rowsOf(run, 'ins_4res_scored')[0]).toMatchObject({ reward_scores: [0, 1, 2] });
  });

  it.each([
    [['score', '--by', 'reward'], /^Cannot score by reward: no reward model is named/],
    [['score', '--by', 'agreement,judge'], /^Cannot score by judge: no judge is named/],
    [
      ['score', '--by', 'grade', '--model', 'pocket'],
      /^Cannot score by grade with pocket: .* writes no JSON; score by judge/,
    ],
    [['score', '--by', 'rewards'], /^Cannot use --by "rewards": choose one of .*nearest: reward/],
    [
      ['score'],
      /^Cannot score: no finished step left candidates in .*; run magpie candidates there, or give files by --data$/,
    ],
    [['rank', '--by', 'reward', '--data', path('plain.json')], /^Cannot rank by reward: no candidate has such a score/],
    [['rank', '--by', 'reward', '--data', path('none.json')], /row 1 as candidates: it holds no "responses"/],
    [
      ['respond', '--model', 'pocket', '--preset', 'r1'],
      /^Cannot use --preset "r1": choose one of deepseek-r1, magpie/,
    ],
    [['extend', '--model', 'pocket', '--turns', '1'], /^Cannot use --turns "1"/],
  ])('%j is refused in one line', async (words, message) => {
    const [{ rewards_armorm: _, responses, ...plain }] = upstream as [(typeof upstream)[0]];
    writeFileSync(path('plain.json'), JSON.stringify([{ ...plain, responses }]));
    writeFileSync(path('none.json'), JSON.stringify([plain]));
    mkdirSync(path('empty'), { recursive: true });
    const { exitCode, stderr } = await mathpie('magpie', ...words, '--run', path('empty'));
    expect([exitCode, stderr.trimEnd().split('\n')]).toEqual([2, [expect.stringMatching(message)]]);
  });
});
