import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import type { GenerationRequest, LanguageModel } from '../models/language-model.js';
import { openRun } from '../runs/open-run.js';
import { withRun } from '../runs/with-run.js';
import { createGrader } from './create-grader.js';
import { type EvaluateOptions, evaluate, evaluationConfig } from './evaluate-problems.js';
import { formatBreakdown } from './format-accuracy.js';
import { metamathPreset } from './metamath-preset.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-evaluate-'));
const directory = join(root, 'run');
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => rmSync(directory, { recursive: true, force: true }));

const problems = [
  { id: 'p1', question: 'What is 1 + 1?', answer: '2', level: 1, subject: 'algebra', steps: 1 },
  { id: 'p2', question: 'What is 2 + 1?', answer: '3', level: 2, subject: 'algebra', steps: 2 },
  { id: 'p3', question: 'What is 2 + 2?', answer: '4', level: 2, subject: 'geometry', steps: 2 },
  { id: 'p4', question: 'What is 3 + 2?', answer: '5', level: 3, type: 'rephrased' },
];
const promptSet = { name: 'plain', solve: 'Solve: {question}' };

/** Answers 2 to everything, is cut at p3, fails on p4. */
const model = (): LanguageModel & { readonly prompts: GenerationRequest[] } => {
  const prompts: GenerationRequest[] = [];
  return {
    name: 'stub',
    prompts,
    capabilities: { chat: true, raw: false, topLogProbabilities: 0, seed: true },
    async *generate(requests) {
      prompts.push(...requests);
      for (const request of requests)
        for (let sample = 0; sample < (request.samples ?? 1); sample += 1) {
          const usage = { requestId: request.id, sample, promptTokens: 10, completionTokens: 20 };
          if (request.id === 'p4') yield { ...usage, text: '', finishReason: 'error', error: 'HTTP 500' };
          else if (request.id === 'p3') yield { ...usage, text: 'It is \\boxed{4', finishReason: 'length' };
          else yield { ...usage, text: `Thus \\boxed{${2 + (sample % 2)}}`, finishReason: 'stop' };
        }
    },
    close: async () => undefined,
  };
};

const evaluateOnce = async (more: Partial<EvaluateOptions> = {}) => {
  const options = { model: model(), problems, promptSet, ...more };
  const run = await openRun({ directory, stage: 'evaluate', config: evaluationConfig({ ...options, seed: 7 }) });
  try {
    return { ...(await evaluate({ ...options, run })), model: options.model as ReturnType<typeof model> };
  } finally {
    await run.close();
  }
};

describe('evaluate({ model, problems, run, promptSet })', () => {
  it('asks with the prompt set, grades, and gives a row a problem in the order of the problems', async () => {
    const { rows, model: asked } = await evaluateOnce();
    expect(asked.prompts[1]?.prompt).toEqual({ messages: [{ role: 'user', content: 'Solve: What is 2 + 1?' }] });
    expect(asked.prompts[1]?.sampling).toMatchObject({ temperature: 0, maxTokens: 2048 });
    expect(rows.map(({ problem, correct, status, answer }) => [problem, correct, status, answer])).toEqual([
      ['p1', true, 'done', '2'],
      ['p2', false, 'done', '2'],
      ['p3', false, 'done', undefined],
      ['p4', false, 'failed', undefined],
    ]);
    expect(rows[3]).toMatchObject({ reason: 'HTTP 500', type: 'rephrased', gold: '5' });
  });

  it('writes graded.jsonl and a summary that counts unanswered items as wrong, and failed calls as neither', async () => {
    const { summary, rows, files } = await evaluateOnce();
    expect(files).toEqual([join(directory, 'graded.jsonl'), join(directory, 'summary.json')]);
    expect(JSON.parse(readFileSync(join(directory, 'summary.json'), 'utf8'))).toEqual(summary);
    const lines = readFileSync(join(directory, 'graded.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(rows);
    expect(summary).toMatchObject({ n: 3, correct: 1, accuracy: 1 / 3, failed: 1, unanswered: 1, truncated: 1 });
    expect(summary.grader).toMatch(/mathpie/);
    expect(summary.by.level?.map(({ value, n, correct }) => [value, n, correct])).toEqual([
      [1, 1, 1],
      [2, 2, 0],
    ]);
  });

  it('asks nothing the second time, and leaves the same bytes', async () => {
    await evaluateOnce();
    const before = readFileSync(join(directory, 'summary.json'), 'utf8');
    const { model: again } = await evaluateOnce();
    expect(again.prompts).toEqual([]);
    expect(readFileSync(join(directory, 'summary.json'), 'utf8')).toBe(before);
  });

  it('votes over several samples, which are drawn warm', async () => {
    const { summary, model: asked } = await evaluateOnce({ samples: 3 });
    expect(asked.prompts[0]?.sampling.temperature).toBe(0.7);
    expect(summary).toMatchObject({ n: 9, problems: 4, samples: 3, majority: { k: 3, n: 3, correct: 1 } });
  });

  it('asks raw, with the stops of the published evaluation, and lets a second grader judge the same responses', async () => {
    const { prompt } = metamathPreset('metamath-gsm8k', { isRaw: true });
    const grader = createGrader({ preset: 'metamath-gsm8k' });
    const {
      summary,
      disagreements,
      files,
      model: asked,
    } = await evaluateOnce({ promptSet: prompt, grader, secondGrader: createGrader() });
    expect(asked.prompts[0]?.prompt).toEqual({ raw: expect.stringMatching(/What is 1 \+ 1\?\n\n### Response: Let/) });
    expect(asked.prompts[0]?.sampling.stop).toContain('Question');
    // The published grader looks for "The answer is: " and finds no box
    expect(summary).toMatchObject({ grader: 'metamath-gsm8k', correct: 0, unanswered: 3 });
    expect(summary.second).toMatchObject({ grader: 'mathpie', correct: 1, onlySecond: 1, disagreements: 1 });
    expect(disagreements).toMatchObject([{ problem: 'p1', a: { grader: 'metamath-gsm8k' }, b: { extracted: '2' } }]);
    expect(files.at(-1)).toBe(join(directory, 'disagreements.jsonl'));
    expect(JSON.parse(readFileSync(files.at(-1) ?? '', 'utf8'))).toMatchObject({ problem: 'p1' });
  });

  it('breaks down by thirds of question length and by the type of the nearest training row', async () => {
    const lengths = ['What is 1 + 1?', 'And what is 2 + 1?', 'And, at last, what is 2 + 2?'];
    const different = lengths.map((question, place) => ({
      ...problems[place],
      id: `p${place + 1}`,
      question,
      answer: '2',
    }));
    const nearest = new Map([['p1', { nearestType: 'GSM_SV', nearestRow: 't9', nearness: 0.5 }]]);
    const { rows, summary } = await evaluateOnce({ nearest, problems: different });
    expect(rows[0]).toMatchObject({ questionThird: 'short', questionLength: 14, nearestType: 'GSM_SV' });
    expect(summary.by.nearestType?.map(({ value, n }) => [value, n])).toEqual([
      ['GSM_SV', 1],
      [null, 2],
    ]);
    expect(summary.questionThirds).toHaveLength(3);
  });

  it('names broken gold answers before the model is asked, and goes on', async () => {
    const given = [...problems, { id: 'p5', question: 'What is nothing?', answer: '$$' }];
    const asking = model();
    const seen: [string[], number][] = [];
    const { golds, summary } = await evaluateOnce({
      model: asking,
      problems: given,
      onGolds: ({ broken }) => seen.push([broken.map(({ id }) => id), asking.prompts.length]),
    });
    expect(seen).toEqual([[['p5'], 0]]);
    expect(golds).toMatchObject({ count: 5, broken: [{ id: 'p5', gold: '$$', problem: 'empty' }] });
    expect(summary.n).toBe(4);
  });

  it.each([
    { title: 'a broken gold answer when strict', given: [...problems, { id: 'x', question: 'q', answer: '$$' }] },
    {
      title: 'one that does not parse when strict',
      given: [...problems, { id: 'x', question: 'q', answer: '\\frac{1}{' }],
    },
    { title: 'none but broken gold answers', given: [{ id: 'x', question: 'q', answer: '$$' }], strictGolds: false },
  ])('refuses $title, before the model is asked', async ({ given, strictGolds = true }) => {
    const asking = model();
    const evaluation = evaluateOnce({ model: asking, problems: given, strictGolds });
    await expect(evaluation).rejects.toThrow(InputError);
    await expect(evaluation).rejects.toThrow('"x"');
    expect(asking.prompts).toEqual([]);
  });

  it('refuses to go on in the same directory with other problems', async () => {
    await evaluateOnce();
    await expect(evaluateOnce({ problems: problems.slice(1) })).rejects.toThrow('problems');
  });

  it.each([
    { title: 'no problems', given: [], message: 'there is no problem' },
    {
      title: 'problems without a gold answer',
      given: [{ id: 'a', question: 'x' }, { id: 'b', question: 'y', answer: ' ' }, ...problems],
      message: '2 of 6 problems have no gold answer ("a", "b")',
    },
    {
      title: 'two problems with one id',
      given: [...problems, ...problems.slice(0, 1)],
      message: 'two items have the id "p1"',
    },
  ])('refuses $title', async ({ given, message }) => {
    await expect(evaluateOnce({ problems: given })).rejects.toThrow(InputError);
    await expect(evaluateOnce({ problems: given })).rejects.toThrow(message);
  });
});

describe('evaluate() of a model that thinks', () => {
  /** By problem: said at last, thought alone, cut in its thought, said beside a wrong thought. */
  const replies: Readonly<Record<string, [string, 'stop' | 'length']>> = {
    p1: ['<think>Is it 3?</think>It is \\boxed{2}.', 'stop'],
    p2: ['<think>So \\boxed{3}.</think>I do not know.', 'stop'],
    p3: ['<think>So \\boxed{4}. But', 'length'],
    p4: ['<think>So \\boxed{9}.</think>5', 'stop'],
  };
  const thinker = (): LanguageModel => ({
    ...model(),
    async *generate(requests) {
      for (const { id: requestId } of requests) {
        const [text = '', finishReason = 'stop' as const] = replies[requestId] ?? [];
        yield { requestId, sample: 0, text, finishReason, promptTokens: 10, completionTokens: 20 };
      }
    },
  });

  it('leaves a directory alone that holds an import', async () => {
    await withRun({ directory, stage: 'import', config: { seed: 0 } }, async (run) => {
      await run.leave({ name: 'graded', file: 'graded.jsonl' }, [{ problem: 'kept', correct: true }]);
      await run.writeFile('summary.json', '{"n":1}\n');
      await run.finish({});
    });
    const asked = model();
    await expect(evaluateOnce({ model: asked })).rejects.toThrow('it holds results that were imported');
    expect(asked.prompts).toEqual([]);
    expect(readFileSync(join(directory, 'summary.json'), 'utf8')).toBe('{"n":1}\n');
  });

  it('grades what is said alone, and says what the thought would have changed', async () => {
    const { rows, summary } = await evaluateOnce({ model: thinker() });
    expect(
      rows.map(({ correct, correctWithThinking, rule }) => [correct, correctWithThinking, rule?.split('/')[0]]),
    ).toEqual([
      [true, true, 'boxed'],
      [false, true, 'short-text'],
      [false, true, 'none'],
      [true, false, 'whole-text'],
    ]);
    expect(rows[2]).toMatchObject({ rule: 'none/cut-while-thinking', response: '', thinking: 'So \\boxed{4}. But' });
    expect(summary).toMatchObject({
      correct: 2,
      unanswered: 1,
      truncated: 1,
      thinking: { answers: 4, cut: 1, rightOnlyWithout: 1, rightOnlyWith: 2 },
    });
    expect(formatBreakdown(summary).at(-1)).toMatch(
      /^Thinking in 4 of 4 answers: \d+ tokens each, \d+ % of all; 1 cut while thinking; taking the thought out of the text changed 3 verdicts \(1 to right, 2 to wrong\)$/,
    );
  });

  it('a policy that falls back reads the thought where nothing is said', async () => {
    const grader = createGrader({ policy: { thinking: 'fallback' } });
    const silent: LanguageModel = {
      ...thinker(),
      async *generate([request]) {
        if (request === undefined) return;
        const text = '<think>So \\boxed{2}.</think>';
        yield { requestId: request.id, sample: 0, text, finishReason: 'stop', promptTokens: 1, completionTokens: 1 };
      },
    };
    const { rows } = await evaluateOnce({ model: silent, problems: problems.slice(0, 1), grader });
    expect(rows.map(({ correct }) => correct)).toEqual([true]);
  });
});
