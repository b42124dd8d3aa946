import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runInProcess } from './__fixtures__/run-in-process.js';
import { serveEndpoint } from './__fixtures__/serve-endpoint.js';
import { runCommandLine } from './run-command-line.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-tag-'));
afterAll(() => rmSync(directory, { recursive: true }));
const path = (name: string): string => join(directory, name);

async function tag(...words: string[]) {
  const text = { stdout: '', stderr: '' };
  const writer = (name: keyof typeof text) => ({ write: (part: string) => (text[name] += part) });
  const all = ['magpie', 'tag', ...words];
  const signal = new AbortController().signal;
  const exitCode = await runCommandLine({ words: all, stdout: writer('stdout'), stderr: writer('stderr'), signal });
  return { exitCode, ...text };
}

/** Rows of the original: a solved problem, one with several responses, and one that nobody solved. */
const rows = [
  {
    id: 0,
    instruction: 'What is 2 plus 2 apples?',
    response: 'So \\boxed{4}.',
    gen_input_configs: { input_generator: 'x' },
  },
  { id: 1, instruction: '方程式 $x^2=4$ を解け。', responses: ['\\boxed{2}', '\\boxed{3}', '\\boxed{2}', ''] },
  { id: 2, instruction: 'Prove the claim that is not JSON.', response: null },
];
const file = path('Magpie_x_3_1_ins_res.json');
writeFileSync(file, JSON.stringify(rows));

const tagged = (run: string) => {
  const name = readdirSync(run).find((candidate) => candidate.endsWith('_ins_res_tagged.json')) ?? '';
  return JSON.parse(readFileSync(join(run, name), 'utf8'));
};

/** Answers what `say` makes of the prompt, and counts. */
async function serve(say: (prompt: string) => string) {
  let calls = 0;
  const endpoint = await serveEndpoint((response, body) => {
    calls += 1;
    const message = { content: say(JSON.parse(body).messages.at(-1).content) };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }] }));
  });
  return { ...endpoint, calls: () => calls };
}

describe('mathpie magpie tag of a plain set', { timeout: 120_000 }, () => {
  const plain = [
    { question: 'What is 2 plus 2 apples?', answer: 'So 2 + 2 = 4.\n#### 4' },
    { question: 'りんごが3個とみかんが1個あります。全部で何個ですか。', answer: '#### 4' },
  ];
  const write = (name: string, rows: readonly object[]): string => {
    writeFileSync(path(name), rows.map((row) => JSON.stringify(row)).join('\n'));
    return path(name);
  };

  it.each([
    ['GSM8K', plain],
    [
      'MetaMathQA',
      plain.map(({ question, answer }) => ({
        query: question,
        response: `${answer}\nThe answer is: 4`,
        type: 'GSM_AnsAug',
      })),
    ],
    [
      'MATH',
      plain.map(({ question }) => ({ problem: question, solution: '\\boxed{4}', level: 'Level 1', type: 'Algebra' })),
    ],
  ])('keeps the fields of %s, and accuracy is broken down by the tags', async (name, rows) => {
    const [run, evaluated] = [path(`tags-${name}`), path(`evaluated-${name}`)];
    const { exitCode, stdout } = await tag(
      '--data',
      write(`${name}.jsonl`, rows),
      '--missions',
      'language',
      '--run',
      run,
    );
    expect(exitCode).toBe(0);
    const made = JSON.parse(readFileSync(join(run, JSON.parse(stdout).file), 'utf8'));
    expect(made).toMatchObject(rows.map((row, at) => ({ ...row, language: ['en', 'ja'][at] })));
    const endpoint = await serve(() => 'The answer is \\boxed{4}.');
    try {
      const words = ['--model', endpoint.model, '--data', join(run, JSON.parse(stdout).file), '--run', evaluated];
      const result = await runInProcess('evaluate', ...words, '--by', 'language');
      expect(result.exitCode).toBe(0);
      const { by } = JSON.parse(result.stdout);
      expect(by.language.map(({ value, n }: { value: string; n: number }) => [value, n])).toEqual([
        ['en', 1],
        ['ja', 1],
      ]);
    } finally {
      await endpoint.close();
    }
  });

  it('measured difficulty of an evaluation is a field to break another one down by', async () => {
    const data = write('easy.jsonl', plain);
    const graded = path('graded');
    const endpoint = await serve((prompt) => (prompt.includes('apples') ? '\\boxed{4}' : '\\boxed{5}'));
    try {
      const evaluate = (file: string, run: string, ...more: string[]) =>
        runInProcess('evaluate', '--model', endpoint.model, '--data', file, '--run', run, ...more);
      expect((await evaluate(data, graded, '--repeat', '2')).exitCode).toBe(0);
      const { stdout } = await tag(
        '--data',
        data,
        '--missions',
        'solve-rate',
        '--graded',
        graded,
        '--run',
        path('rates'),
      );
      const tagged = join(path('rates'), JSON.parse(stdout).file);
      const { stdout: summary } = await evaluate(tagged, path('by-rate'), '--by', 'measured_difficulty.solve_rate');
      expect(JSON.parse(summary).by['measured_difficulty.solve_rate']).toMatchObject([
        { value: 0, n: 1, correct: 0 },
        { value: 1, n: 1, correct: 1 },
      ]);
    } finally {
      await endpoint.close();
    }
  });
});

describe('mathpie magpie tag', { timeout: 120_000 }, () => {
  it('measures difficulty and detects language without a model', async () => {
    const run = path('plain');
    const { exitCode, stdout, stderr } = await tag('--data', file, '--run', run);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('language: 3 rows tagged: en 2, ja 1')]);
    expect(JSON.parse(stdout)).toMatchObject({
      rows: 3,
      missions: { 'solve-rate': { tagged: 1, failed: { 'no candidates': 2 }, words: { '2 of 4': 1 } } },
    });
    expect(tagged(run)).toMatchObject([
      { measured_difficulty: null, language: 'en', tag_failed: { 'solve-rate': 'no candidates' } },
      { measured_difficulty: { solve_rate: 0.5, right: 2, k: 4, against: 'majority' }, language: 'ja' },
      { response: null, language: 'en' },
    ]);
  });

  it("fills the original's fields from JSON, counts what is none, and asks nothing twice", async () => {
    const run = path('asked');
    const endpoint = await serve((prompt) => {
      if (prompt.includes('not JSON')) return 'I would rather not.';
      if (prompt.includes('"difficulty"')) {
        return '{"intent": "a sum", "knowledge": "\\frac and \\sqrt", "difficulty": "Very Easy"}';
      }
      if (prompt.includes('"explanation"')) return 'Sure: {"explanation": "clear", "input_quality": "good"}';
      return '{"primary": "Math", "others": ["Other", "Math", "Poetry"]}';
    });
    const words = [
      '--data',
      file,
      '--run',
      run,
      '--missions',
      'difficulty,quality,category',
      '--model',
      endpoint.model,
    ];
    try {
      const planned = await tag(...words, '--dry-run', '--no-cache');
      expect(JSON.parse(planned.stdout)).toMatchObject({ dryRun: 'tag-category-difficulty-quality', requests: 9 });
      // A server of one's own is asked a few requests to measure its time
      const probed = endpoint.calls();
      const { stdout, stderr } = await tag(...words, '--no-cache');
      expect(stderr).toContain('difficulty: 2 rows tagged: very easy 2 (not: it is no JSON object 1)');
      expect(JSON.parse(stdout).missions.quality).toEqual({
        tagged: 2,
        failed: { 'it is no JSON object': 1 },
        words: { good: 2 },
      });
      // Three missions of three rows, and two repairs of each that failed
      expect(endpoint.calls() - probed).toBe(15);
      await tag(...words, '--no-cache');
      expect(endpoint.calls() - probed).toBe(15);
    } finally {
      await endpoint.close();
    }
    const [first, , last] = tagged(run);
    expect(first).toMatchObject({
      intent: 'a sum',
      knowledge: '\\frac and \\sqrt',
      difficulty: 'very easy',
      difficulty_generator: endpoint.model,
      input_quality: 'good',
      quality_explanation: 'clear',
      quality_generator: endpoint.model,
      task_category: 'Math',
      other_task_category: ['Others'],
      task_category_generator: endpoint.model,
    });
    expect(last).toMatchObject({
      intent: null,
      difficulty: null,
      difficulty_generator: null,
      input_quality: null,
      task_category: null,
      tag_failed: { difficulty: 'it is no JSON object' },
    });
    // Another mission adds to the rows as the last one left them
    const { file: added } = JSON.parse((await tag('--run', run, '--missions', 'language')).stdout);
    expect(JSON.parse(readFileSync(join(run, added), 'utf8'))[0]).toMatchObject({
      difficulty: 'very easy',
      language: 'en',
    });
  });

  it("keeps a guard's own words, and says which rows it could not see", async () => {
    const run = path('safety');
    const guard = await serve(() => 'unsafe\nS1');
    try {
      const words = ['--data', file, '--run', run, '--missions', 'safety', '--guard-model', guard.model, '--no-cache'];
      const { stdout } = await tag(...words);
      expect(JSON.parse(stdout).missions.safety).toEqual({
        tagged: 1,
        failed: { 'no response to look at': 2 },
        words: { false: 1 },
      });
    } finally {
      await guard.close();
    }
    expect(tagged(run)[0]).toMatchObject({ llama_guard_2: 'unsafe\nS1', is_safe: false, guard_model: guard.model });
  });

  it('has made something where one of several tags was found, or an earlier one was not', async () => {
    const failed = path('failed-before.jsonl');
    const rows = ['What is 2 + 2?', 'What is 3 + 3?'].map((question, id) =>
      JSON.stringify({ id, instruction: question, tag_failed: { difficulty: 'it is no JSON object' } }),
    );
    writeFileSync(failed, `${rows.join('\n')}\n`);
    for (const missions of ['language', 'solve-rate,language']) {
      const { exitCode, stderr } = await tag('--data', failed, '--run', path(missions), '--missions', missions);
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      expect(stderr).not.toContain('Nothing was made');
    }
    const none = await tag('--data', failed, '--run', path('nothing-tagged'), '--missions', 'solve-rate');
    expect([none.exitCode, none.stderr]).toEqual([1, expect.stringContaining('Nothing was made')]);
  });

  it('takes rewards of another machine, and refuses those of other rows', async () => {
    const run = path('reward');
    const scores = path('scores.jsonl');
    const words = ['--data', file, '--run', run, '--missions', 'reward', '--reward-model', 'rm', '--scores', scores];
    writeFileSync(scores, '{"id": "9:aaaa", "score": 1, "tokens": 3}\n');
    const refused = await tag(...words);
    expect([refused.exitCode, refused.stderr.trimEnd().split('\n')]).toEqual([
      2,
      [expect.stringMatching(/scores\.jsonl:1: the id "9:aaaa" is of none of .*tag-reward-input\.jsonl with mathpie/)],
    ]);
    const [input = ''] = readFileSync(join(run, 'tag-reward-input.jsonl'), 'utf8').trim().split('\n');
    writeFileSync(scores, JSON.stringify({ id: JSON.parse(input).id, score: -1.5, tokens: 3 }));
    expect((await tag(...words)).exitCode).toBe(0);
    expect(tagged(run)[0]).toMatchObject({ instruct_reward: -1.5, reward_model: 'rm' });
  });

  it.each([
    [
      ['--missions', 'difficulty', '--model', 'pocket'],
      /^Cannot tag difficulty with pocket: .* no JSON; give another --model/,
    ],
    [['--missions', 'quality'], /^Cannot tag quality: no model is named; give --model/],
    [['--missions', 'safety', '--model', 'pocket'], /^Cannot tag safety: no guard is named; give --guard-model/],
    [['--missions', 'safety', '--guard-model', 'pocket'], /^Cannot tag safety: pocket knows nothing of safety/],
    [['--missions', 'reward'], /^Cannot tag reward: no reward model is named/],
    [['--missions', 'dificulty'], /^Cannot use --missions "dificulty": choose one of .*nearest: difficulty/],
    [['--data', path('cut.json')], /cut\.json/],
    [['--graded', path('none')], /none: no such file; check the path of --graded$/],
    [[], /^Cannot tag: no finished step left problems in /],
  ])('%j is refused in one line', async (words, message) => {
    writeFileSync(path('cut.json'), JSON.stringify(rows).slice(0, 200));
    mkdirSync(path('empty'), { recursive: true });
    const data = words.includes('--data') || words.length === 0 ? [] : ['--data', file];
    const { exitCode, stderr } = await tag(...words, ...data, '--run', path('empty'));
    expect([exitCode, stderr.trimEnd().split('\n')]).toEqual([2, [expect.stringMatching(message)]]);
  });
});
