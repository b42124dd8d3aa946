import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInProcess as run } from './__fixtures__/run-in-process.js';
import { type Endpoint, serveEndpoint, solve } from './__fixtures__/serve-endpoint.js';
import { writeEmbeddings } from './__fixtures__/write-embeddings.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-evaluate-'));
const path = (...parts: string[]) => join(root, ...parts);
const file = path('gsm8k.jsonl');
const asked: string[] = [];
let endpoint: Endpoint;
let runCount = 0;

beforeAll(async () => {
  endpoint = await serveEndpoint((response, body) => {
    asked.push(body);
    if (JSON.parse(body).prompt === undefined) return solve(response, body);
    // Raw text goes to another route, which answers in another field
    const choices = [{ index: 0, text: 'It is \\boxed{4}.', finish_reason: 'stop' }];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ choices, usage: { prompt_tokens: 9, completion_tokens: 20 } }));
  });
  const rows = [
    { question: 'Tom has 2 pens and buys 2 more. How many has he?', answer: '2 + 2 = 4\n#### 4' },
    { question: 'Ann has 9 cats and gives 3 of them away. How many are left?', answer: '9 - 3 = 6\n#### 6' },
    { question: 'Half of a rope of 8 m?', answer: '4\n#### 4' },
  ];
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const train = [
    { query: 'Tom has 5 pens and buys 2 more. How many?', response: 'The answer is: 7', type: 'GSM_AnsAug' },
    { query: 'A rope of x m is cut.', response: 'The answer is: 7', type: 'GSM_FOBAR' },
    { query: 'Ann has 4 cats and gives x of them away.', response: 'The answer is: 7', type: 'GSM_SV' },
  ];
  writeFileSync(path('train.jsonl'), train.map((row) => `${JSON.stringify(row)}\n`).join(''));
});
afterAll(async () => {
  await endpoint.close();
  rmSync(root, { recursive: true });
});

async function evaluate(...words: string[]) {
  const directory = path(`run-${runCount++}`);
  const result = await run('evaluate', '--model', endpoint.model, '--data', file, '--run', directory, ...words);
  return { ...result, directory };
}

describe('mathpie evaluate', () => {
  it('--preset asks with the template of MetaMath, grades as published, and puts ours beside it', async () => {
    asked.length = 0;
    const { exitCode, stdout, stderr, directory } = await evaluate('--preset', 'metamath-gsm8k');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const body = JSON.parse(asked[0] ?? '');
    expect(body.prompt).toMatch(/### Response: Let's think step by step\.$/);
    expect(body.stop).toContain('Question');
    // The published extraction needs "The answer is: "
    expect(JSON.parse(stdout)).toMatchObject({
      grader: 'metamath-gsm8k',
      n: 3,
      correct: 0,
      second: { grader: 'mathpie', correct: 2, onlySecond: 2, disagreements: 2 },
    });
    expect(stderr).toContain('The two graders differ on 2 of 3 answers: 0 right by metamath-gsm8k alone, 2 by mathpie');
    const rows = readFileSync(join(directory, 'disagreements.jsonl'), 'utf8').trimEnd().split('\n');
    expect(JSON.parse(rows[0] ?? '')).toMatchObject({
      gold: '4',
      a: { grader: 'metamath-gsm8k', equivalent: false, reason: 'no answer found' },
      b: { grader: 'mathpie', equivalent: true, extracted: '4' },
    });
  });

  it('--policy and --compare choose the graders, and the summary names them', async () => {
    const { stdout } = await evaluate('--policy', 'percent=number', '--compare', 'strict');
    expect(JSON.parse(stdout)).toMatchObject({
      grader: 'mathpie (percent: number)',
      correct: 2,
      second: { grader: 'strict', correct: 2, disagreements: 0 },
    });
  });

  it('--by breaks down by a field of the rows, and refuses one that none has before anything is asked', async () => {
    const tagged = path('tagged.jsonl');
    const rows = ['easy', 'hard', 'hard'].map((difficulty, index) => ({
      question: `What is ${index} + 4?`,
      answer: '4',
      difficulty,
      id: `t${index}`,
    }));
    writeFileSync(tagged, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const { stdout, stderr } = await evaluate('--data', tagged, '--by', 'difficulty');
    expect(JSON.parse(stdout).by.difficulty).toMatchObject([
      { value: 'easy', n: 1 },
      { value: 'hard', n: 2 },
    ]);
    expect(stderr).toContain('difficulty hard: 100.0 % right (2 of 2');
    asked.length = 0;
    const refused = await evaluate('--data', tagged, '--by', 'dificulty');
    expect([refused.exitCode, asked.length]).toEqual([2, 0]);
    expect(refused.stderr).toMatch(
      /Cannot break accuracy down by dificulty: no row of .* has a field .*; correct --by/,
    );
  });

  it('--preset deepseek-r1 asks as its authors do, and what is said beside it goes before it', async () => {
    asked.length = 0;
    await evaluate('--preset', 'deepseek-r1', '--top-p', '0.9');
    const body = JSON.parse(asked[0] ?? '{}');
    expect(body).toMatchObject({ temperature: 0.6, top_p: 0.9, max_tokens: 32_768 });
    expect(body.messages).toHaveLength(1);
    expect(body.messages[0].content).toContain('\\boxed{}');
  });

  it('--backward asks for masked numbers', async () => {
    const { stdout, stderr, directory } = await evaluate('--backward', '--dataset', 'gsm8k');
    expect(stderr).toContain('Made 3 backward questions of 3 problems');
    expect(JSON.parse(stdout)).toMatchObject({ n: 3, by: { type: [{ value: 'fobar', n: 3 }] } });
    expect(readFileSync(join(directory, 'graded.jsonl'), 'utf8')).toMatch(/What is the value of x\?/);
  });

  it('--train breaks down by the type of the nearest row, and thirds by length stand beside', async () => {
    const { stdout, stderr } = await evaluate('--train', path('train.jsonl'));
    const { by, questionThirds } = JSON.parse(stdout);
    expect(by.nearestType.map(({ value, n }: { value: string; n: number }) => [value, n])).toEqual([
      ['GSM_AnsAug', 1],
      ['GSM_FOBAR', 1],
      ['GSM_SV', 1],
    ]);
    expect(by.questionThird.map(({ value }: { value: string }) => value)).toEqual(['short', 'medium', 'long']);
    expect(questionThirds).toHaveLength(3);
    expect(stderr).toContain('Nearest of 3 training rows found by words');
    expect(stderr).toMatch(/ {2}question length short \(22 to 22 characters\): 100\.0 % right/);
  });

  it('--train-embeddings finds the nearest by meaning', async () => {
    const rows = writeEmbeddings(path('rows'), {
      ids: ['train.jsonl:1', 'train.jsonl:2', 'train.jsonl:3'],
      vectors: [0, 0, 1, 1, 5, 5],
    });
    const asking = writeEmbeddings(path('asked'), {
      ids: ['gsm8k.jsonl:1', 'gsm8k.jsonl:2', 'gsm8k.jsonl:3'],
      vectors: [5, 4, 0, 0, 1, 0.9],
    });
    const words = ['--train', path('train.jsonl'), '--train-embeddings', rows, '--data-embeddings', asking];
    const { directory } = await evaluate(...words);
    const graded = readFileSync(join(directory, 'graded.jsonl'), 'utf8').trimEnd().split('\n');
    expect(graded.map((line) => JSON.parse(line).nearestType)).toEqual(['GSM_SV', 'GSM_AnsAug', 'GSM_FOBAR']);
  });

  it('--repeat adds pass@k and maj@k with intervals', async () => {
    const { stdout, stderr } = await evaluate('--repeat', '4');
    const { passAt, majorityAt } = JSON.parse(stdout);
    expect(passAt.map(({ k }: { k: number }) => k)).toEqual([1, 2, 4]);
    expect(majorityAt[2]).toMatchObject({
      k: 4,
      value: expect.closeTo(2 / 3),
      interval: [expect.closeTo(0.208, 3), expect.closeTo(0.939, 3)],
    });
    expect(stderr).toMatch(/ {2}pass@4: 66\.7 % \(95 % interval \d/);
  });

  it.each([
    [['--preset', 'metamath-math', '--prompts', 'pocket'], /: preset metamath-math has its own template; /],
    [['--compare', 'mathpie'], /: --compare mathpie is the grader itself; name another one$/],
    [['--preset', 'metamath-math', '--compare', 'strict', '--policy', 'percent=number'], /has policies; leave out/],
    [['--train-embeddings', 'x'], /belong together; give both$/],
    [['--train-embeddings', 'x', '--data-embeddings', 'y'], /lack the types of their rows; give --train FILE/],
    [['--train', 'absent.jsonl'], /^Cannot read absent\.jsonl: no such file; check the path of --train$/],
    [['--preset', 'metamth-gsm8k'], /^Cannot use --preset "metamth-gsm8k": choose one of .*nearest: metamath-gsm8k\)$/],
  ])('refuses %j in one line', async (words, line) => {
    const { exitCode, stdout, stderr } = await evaluate(...words);
    const lines = stderr.trimEnd().split('\n');
    expect(lines.at(-1)).toMatch(line);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  it.each([
    ['GSM8K', { question: 'Q', answer: '1\n#### 1' }],
    ['MATH, which have subjects', { problem: 'Q', solution: '\\boxed{1}', level: 'Level 1', type: 'Algebra' }],
  ])('refuses training rows of %s: they have no types', async (_, row) => {
    writeFileSync(path('untyped.jsonl'), JSON.stringify(row));
    const { exitCode, stderr } = await evaluate('--train', path('untyped.jsonl'));
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
      /^Cannot use .*: none of its rows \(1\) has a type; give rows \{query/,
    );
    expect(exitCode).toBe(2);
  });
});

describe('mathpie evaluate --best-by', () => {
  it('chooses the best of k by the scores of a reward model, beside the vote, with intervals', async () => {
    const scores = path('scores.jsonl');
    writeFileSync(scores, '');
    const directory = path('best');
    const words = ['--repeat', '3', '--best-by', 'reward', '--reward-model', 'OWNER/RM', '--scores', scores];
    const again = () => run('evaluate', '--model', endpoint.model, '--data', file, '--run', directory, ...words);
    // The texts to score lie in the run directory, for another machine
    expect((await again()).stderr).toMatch(/it has scores of 0 of 3 candidates/);
    const input = readFileSync(join(directory, 'reward-input.jsonl'), 'utf8').trim().split('\n');
    const scored = input.map((line, index) => JSON.stringify({ id: JSON.parse(line).id, score: index - 1.5 }));
    writeFileSync(scores, `${scored.join('\n')}\n`);
    asked.length = 0;
    const { exitCode, stdout, stderr } = await again();
    expect({ exitCode, asked }).toEqual({ exitCode: 0, asked: [] });
    expect(stderr).toMatch(/Best of 3 by vote: 66\.7 % right \(2 of 3, 95 % interval/);
    expect(stderr).toMatch(
      /Best of 3 by reward \(OWNER\/RM\): 66\.7 % right \(2 of 3, 95 % interval .*\nOne answer: .*\nAny of 3: /,
    );
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ by }) => by).slice(1)).toEqual(['vote', 'reward']);
    const summary = JSON.parse(readFileSync(join(directory, 'summary.json'), 'utf8'));
    expect(summary.best[1]).toMatchObject({ by: 'reward', scoredBy: 'OWNER/RM', k: 3, n: 3, correct: 2, unscored: 0 });
    expect(summary.passAt.at(-1)).toMatchObject({ k: 3 });
    expect(readFileSync(join(directory, 'best_scores.jsonl'), 'utf8').trim().split('\n')).toHaveLength(9);
  });

  it.each([
    [['--best-by', 'judge', '--judge', 'pocket'], /the best of one answer is that answer; give --repeat K/],
    [['--repeat', '2', '--best-by', 'judge'], /nobody judges; give --judge MODEL/],
    [['--repeat', '2', '--best-by', 'reward'], /no reward model is named; give --reward-model MODEL/],
  ])('refuses %j before anything is asked', async (words, line) => {
    asked.length = 0;
    const { exitCode, stderr } = await evaluate(...words);
    expect({ exitCode, asked }).toEqual({ exitCode: 2, asked: [] });
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(line);
  });
});

describe('mathpie compare', () => {
  it('shows McNemar and the bootstrap, and names the graders', async () => {
    const [left, right] = [await evaluate(), await evaluate('--preset', 'metamath-gsm8k')];
    const { exitCode, stdout, stderr } = await run('compare', left.directory, right.directory, '--by', 'questionThird');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      onlyLeft: 2,
      graders: ['mathpie', 'metamath-gsm8k'],
      bootstrap: { difference: expect.closeTo(2 / 3), resamples: 2000 },
    });
    expect(stderr).toMatch(/exact McNemar/);
    expect(stderr).toMatch(/ {2}questionThird short \(n = 1\): \+100\.0 points, /);
    expect(stderr).toMatch(/Bootstrap of 3 questions, 2000 resamples: \+66\.7 points, 95 % interval/);
    expect(stderr).toContain('The graders differ, mathpie and metamath-gsm8k: a part of the difference may be theirs');
  });
});
